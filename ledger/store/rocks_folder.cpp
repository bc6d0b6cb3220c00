#include "ledger/store/rocks_folder.h"

#include "ledger/store/copies.h"

#include <string>
#include <utility>

namespace wsoa {
namespace {

constexpr int rounds_max = 50;
constexpr std::size_t entry_bytes_max = 256;

// The engine's list of files only grows, until CURRENT names another one: its name and length say
// whether it has changed.
Result<std::pair<std::string, std::uint64_t>> list_of_files(const std::filesystem::path& folder) {
    const auto entry = TRY(read_file(folder / "CURRENT", entry_bytes_max));
    const std::string line(text_of(entry));
    const auto name = line.substr(0, line.find('\n'));
    // A list that has just been replaced is gone: that is a change, and no size of one.
    const auto bytes = size_of_file(folder / name);
    return std::pair(name, bytes.ok() ? bytes.value() : std::uint64_t{0});
}

bool is_table(std::string_view name) { return name.ends_with(".sst"); }

// The engine's own log, its lock and what is being written are of no use in a copy.
bool is_of_the_store(std::string_view name) {
    return name == "CURRENT" || name.starts_with("MANIFEST-") || name.ends_with(".log") ||
           is_table(name);
}

Result<std::vector<StoreFile>> link_files(const std::filesystem::path& folder,
                                          const std::filesystem::path& to) {
    const auto names = TRY(list_folder(folder));
    std::vector<StoreFile> files;
    for (const auto& name : names) {
        if (!is_of_the_store(name)) {
            continue;
        }
        auto linked = link_file(folder / name, to / name);
        if (!linked.ok() && linked.error().fault == Fault::missing) {
            continue;  // obsolete when it was listed, or the list has changed and tells
        }
        TRY(linked);
        const auto bytes = TRY(size_of_file(to / name));
        files.push_back({.name = name,
                         .bytes = bytes,
                         .is = is_table(name) ? StoreFile::Is::immutable : StoreFile::Is::growing});
    }
    return files;
}

}  // namespace

Result<std::vector<StoreFile>> link_store(const std::filesystem::path& folder,
                                          const std::filesystem::path& to) {
    TRY(expect_store(folder));
    std::vector<StoreFile> files;
    TRY(read_undisturbed(folder, [&]() -> Result<void> {
        TRY(remove_tree(to));
        TRY(create_folder(to, Access::owner));
        files = TRY(link_files(folder, to));
        return done();
    }));
    return files;
}

Result<void> expect_store(const std::filesystem::path& folder) {
    const auto has_current = TRY(is_there(folder / "CURRENT"));
    if (has_current) {
        return done();
    }
    const auto names = list_folder(folder);
    if (!names.ok() || names.value().empty()) {
        return error(Fault::missing, "there is no store in {}", folder.string());
    }
    return error(Fault::corrupt, "the store {} has lost its file CURRENT", folder.string())
        .advise("leave the folder as it is and work from a backup or a mirror");
}

void remove_empty_logs(const std::filesystem::path& folder, std::string_view current) {
    const auto names = list_folder(folder);
    if (!names.ok()) {
        return;
    }
    for (const auto& name : names.value()) {
        if (!name.ends_with(".log") || name == current) {
            continue;
        }
        const auto bytes = size_of_file(folder / name);
        if (bytes.ok() && bytes.value() == 0) {
            static_cast<void>(remove_file(folder / name).ok());
        }
    }
}

Result<void> read_undisturbed(const std::filesystem::path& folder,
                              const std::function<Result<void>()>& read) {
    auto before = TRY(list_of_files(folder));
    for (int round = 0; round < rounds_max; ++round) {
        TRY(read());
        auto after = TRY(list_of_files(folder));
        if (after == before) {
            return done();
        }
        before = std::move(after);
    }
    return error(Fault::busy, "the store {} changes faster than it can be read", folder.string())
        .advise("try again when less is being written");
}

}  // namespace wsoa
