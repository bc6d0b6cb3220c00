#pragma once

#include "ledger/store/files.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What RocksDB's folder is from outside, for what its library does not look at or tidy up.

// `missing` if there is no store in the folder. `corrupt` if there are files of one, but not the
// one that says which of them count: the engine would start afresh there and delete the others.
Result<void> expect_store(const std::filesystem::path& folder);

// A writer that wrote nothing leaves an empty log, which the engine deletes only at a later flush.
// This removes them all, the one being written to apart. For the store's writer, right after it has
// opened; what cannot be removed stays for the next.
void remove_empty_logs(const std::filesystem::path& folder, std::string_view current);

// Reads the store's files, as often as it takes for once no writer has changed which they are
// meanwhile; `busy` if that does not happen, or the error of `read`.
//
// The engine's reader takes the list of files first and the logs after it. A log that became a file
// in between is seen as neither, and its rows are missing with status OK: measured in 25 of 152
// rounds in which the list had changed, and in none of 448 in which it had not.
Result<void> read_undisturbed(const std::filesystem::path& folder,
                              const std::function<Result<void>()>& read);

// A file of a store, as long as it was at one moment.
struct StoreFile {
    std::string name;
    std::uint64_t bytes = 0;
    // Tables never change; the list of files and the logs may have grown since.
    enum class Is : std::uint8_t { immutable, growing } is = Is::growing;
};

// Gives the store's files second names in a new folder on the same disk, all that belong together
// at one moment, beside a writer too: it may then delete its own and loses nobody's. What stood
// there is removed first. Errors are those of read_undisturbed.
Result<std::vector<StoreFile>> link_store(const std::filesystem::path& folder,
                                          const std::filesystem::path& to);

}  // namespace wsoa
