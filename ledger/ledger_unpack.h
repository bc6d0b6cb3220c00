#pragma once

#include "ledger/base/workers.h"
#include "ledger/history.h"
#include "ledger/store/backup_facts.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace wsoa {

// What is made of a backup, and where.
struct RestoreJob {
    std::filesystem::path backup;
    LedgerFolder to;                            // must not exist yet
    std::optional<std::filesystem::path> keys;  // the folder that holds vault and ledger's keys
    std::filesystem::path scratch;
    Workers* workers = nullptr;
    // What else is known of the ledger, asked once the copy is proved: an error keeps it from being
    // put in its place.
    std::function<Result<void>(const FolderFacts&, const History&)> judge = {};
    RocksSizes sizes = {};
};
struct RestoreMade {
    BackupFacts facts;
    FolderFacts about;
};

// Makes a ledger's folder of a backup. It stands under another name until the copy is proved: every
// leaf hashed again, the tree rebuilt, the checkpoint's signature and root, every index. `conflict`
// if anything stands where it is to be; `distrusted` with the first thing found if the copy is not
// what was backed up, or the vault older than the last erasure in it, and nothing is left there.
Result<RestoreMade> restore_backup(const RestoreJob& job);

}  // namespace wsoa
