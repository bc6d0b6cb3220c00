#pragma once

#include "ledger/base/bytes.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <variant>

namespace wsoa {

// The members of a pack on their way into a file of the form that inspection/archive.h reads:
// stored, in the order of their names, all of the same date, so that the same members are the same
// bytes on every machine.
class ArchiveWriter {
public:
    // What is too large for memory is asked for part by part, in order, as the file is written.
    struct Parts {
        std::uint64_t size = 0;
        std::uint64_t count = 0;
        std::function<Result<Bytes>(std::uint64_t part)> part;
    };

    // A name once.
    void add(std::string name, Bytes content) { add(std::move(name), Content(std::move(content))); }
    void add(std::string name, std::string_view text) {
        add(std::move(name), copy_of(bytes_of(text)));
    }
    void add(std::string name, Parts parts) { add(std::move(name), Content(std::move(parts))); }

    // Writes the file under that name, which nothing may have. `conflict` if something has,
    // `unavailable` if the machine failed, `invalid` for more than a zip file of this form can
    // hold; nothing is left then.
    Result<void> write(const std::filesystem::path& path) const;
    // The same in memory, of the members whose name is wanted; without Parts among them.
    Result<Bytes> bytes(const std::function<bool(const std::string& name)>& is_wanted) const;

private:
    using Content = std::variant<Bytes, Parts>;
    void add(std::string name, Content content);

    std::map<std::string, Content> members_;
};

}  // namespace wsoa
