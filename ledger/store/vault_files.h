#pragma once

#include "ledger/evidence/vault_format.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The files of a vault in its folder: one for each generation, "vault-N.wsoa".

namespace wsoa {

std::string vault_file_name(std::uint64_t generation);
// Null for a name that is not a vault file's.
std::optional<std::uint64_t> vault_generation_in(std::string_view name);
// Whether a write that was cut short has left a file of that name.
bool is_vault_leftover(std::string_view name);

// The generations that have a file, from the newest to the oldest.
Result<std::vector<std::uint64_t>> vault_generations_in(const std::filesystem::path& folder);

// A vault as its file was found.
struct FoundVault {
    VaultFile file;
    Hash digest;  // SHA-256 of the file's bytes
};

// One generation's file. Fault::corrupt where its own hash says that it is not what was written,
// Fault::distrusted where it bears another generation's name.
Result<FoundVault> read_vault_generation(const std::filesystem::path& folder,
                                         std::uint64_t generation);

// The newest generation that is a whole file.
//
// Older seeds must never take the place of newer ones, or what was erased would come back. A newer
// file is passed over only if its own hash says that it is not what was written. Then no forgetting
// was ever reported from it: it is read back before the older file is destroyed, and success is
// reported after that, so that beside a generation on which anyone relies there is no older one
// left to fall back on. A whole file that the passphrase does not open, or of another ledger or
// version, is an error instead: it may be the only one that forgot. (An older file that somebody
// puts beside a damaged newer one is for the ledger to find out, by its last erasure.)
Result<FoundVault> find_newest_vault(const std::filesystem::path& folder);

}  // namespace wsoa
