#pragma once

#include "ledger/store/files.h"

#include <string_view>

namespace wsoa {

// What RocksDB's folder is from outside, for what its library does not look at or tidy up.

// `missing` if there is no store in the folder. `corrupt` if there are files of one, but not the
// one that says which of them count: the engine would start afresh there and delete the others.
Result<void> expect_store(const std::filesystem::path& folder);

// A writer that wrote nothing leaves an empty log, which the engine deletes only at a later flush.
// This removes them all, the one being written to apart. For the store's writer, right after it has
// opened; what cannot be removed stays for the next.
void remove_empty_logs(const std::filesystem::path& folder, std::string_view current);

}  // namespace wsoa
