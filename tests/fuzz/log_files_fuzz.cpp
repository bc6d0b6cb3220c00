// A log in somebody's folder: whatever lies under its names, verification ends, says the same
// twice, and finds nothing wrong only where the entries have the root that the checkpoint gives.

#include "ledger/inspection/tile_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/reference_tree.h"

using namespace wsoa;

namespace {

// The entries of a bundle that verification has found whole.
std::vector<Bytes> entries_in(ByteView bundle, std::size_t count) {
    std::vector<Bytes> entries;
    const auto width = static_cast<std::uint32_t>(count);
    for (const auto entry : read_bundle({.index = 0, .width = width}, bundle).value()) {
        entries.push_back(copy_of(entry));
    }
    return entries;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    const auto note = cutter.sized(2);
    const auto tile = cutter.sized(2);
    const auto bundle = cutter.rest();
    std::size_t asked = 0;
    const LogFiles files = [&](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
        ++asked;
        const auto file = path == "checkpoint"                ? note
                          : path.starts_with("tile/entries/") ? bundle
                          : path.starts_with("tile/0/000")    ? tile
                                                              : ByteView{};
        if (file.empty()) {
            return Error{Fault::missing, path + " is not there"};
        }
        if (file.size() > bytes_max) {
            return Error{Fault::invalid, path + " is too large"};
        }
        return copy_of(file);
    };
    const auto verdict = verify_tiles(files, {});
    CHECK(verdict.ok() == !note.empty());
    if (!verdict.ok()) {
        return 0;
    }
    const auto again = verify_tiles(files, {});
    CHECK(again.value().findings == verdict.value().findings);
    CHECK(again.value().checked == verdict.value().checked);
    if (verdict.value().has_breach()) {
        return 0;
    }
    const auto& checkpoint = verdict.value().checkpoint.value();
    CHECK(checkpoint.size.value <= tile_width_max);
    if (checkpoint.size.value > 0 && !bundle.empty()) {
        const ReferenceTree tree(entries_in(bundle, checkpoint.size.value));
        CHECK(tree.root() == checkpoint.root);
    }
    return 0;
}
