#pragma once

#include "cli/desk.h"
#include "ledger/store/spares.h"

#include <optional>

namespace wsoa {

// What the commands have in common that write a spare of the vault or open one.

// --spare-passphrase-file.
OptionSpec spare_passphrase_option();

// A spare's passphrase; and one to be set, asked twice at a terminal.
Result<Secret> spare_passphrase(Desk& desk);
// `refused` if it is the ledger's own too: a spare is for when that one is forgotten.
Result<Secret> fresh_spare_passphrase(Desk& desk, const std::optional<Secret>& ledgers_own);

// The file that is to be a spare, as it was typed, as far as can be told beforehand that it can be:
// `conflict` if it is there, `invalid` or `missing` if its place is none.
Result<std::filesystem::path> place_for_spare(const LedgerFolder& folder, const std::string& typed);

// Writes it and says so; both passphrases must be known. The vault's folder is open for writing.
struct SpareToMake {
    LedgerFolder folder;
    Hash ledger;
    std::filesystem::path path;
    const MemorySigner& key;  // the ledger's own
    Secret passphrase;
};
Result<KnownSpare> make_spare(Desk& desk, const Vault& vault, SpareToMake what);
void show_spare(Output& output, const KnownSpare& spare);

}  // namespace wsoa
