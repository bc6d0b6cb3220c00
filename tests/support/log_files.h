#pragma once

#include "ledger/inspection/tile_check.h"
#include "tests/support/note_keys.h"
#include "tests/support/reference_tree.h"

#include <map>
#include <string>

namespace wsoa {

// A log as files in memory, by path, each as the specification's recursion gives it.
class MemoryLog {
public:
    static constexpr std::string_view origin = "example.org/wsoa";

    explicit MemoryLog(std::uint64_t size) : MemoryLog(ReferenceTree(size)) {}
    explicit MemoryLog(const ReferenceTree& tree) {
        const TreeSize size{tree.size()};
        for (const auto& tile : tiles_between(TreeSize{0}, size)) {
            files[path_of(tile)] = make_tile(tile, tree.nodes()).value();
        }
        for (const auto& bundle : bundles_between(TreeSize{0}, size)) {
            std::vector<Bytes> entries;
            for (std::uint32_t i = 0; i < bundle.width; ++i) {
                entries.push_back(tree.entry(bundle.index * tile_width_max + i));
            }
            files[path_of(bundle)] = make_bundle(entries).value();
        }
        const Checkpoint checkpoint{std::string(origin), size, tree.root(), {}};
        const auto note = sign_checkpoint(checkpoint, *fixed_signer(7)).value().note;
        files["checkpoint"] = copy_of(bytes_of(note));
    }

    LogFiles reader() const {
        return [this](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
            const auto found = files.find(path);
            if (found == files.end()) {
                return Error{Fault::missing, path + " is not there"};
            }
            if (found->second.size() > bytes_max) {
                return Error{Fault::invalid, path + " is too large"};
            }
            return found->second;
        };
    }
    void remove_bundles() {
        std::erase_if(files,
                      [](const auto& file) { return file.first.starts_with("tile/entries/"); });
    }

    std::map<std::string, Bytes> files;
};

}  // namespace wsoa
