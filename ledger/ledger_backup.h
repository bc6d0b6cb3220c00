#pragma once

#include "ledger/store/backup_facts.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"

#include <filesystem>

namespace wsoa {

// What a copy is made of, and where.
struct BackupJob {
    LedgerFolder ledger;
    FolderFacts about;
    std::filesystem::path to;
    std::filesystem::path scratch;  // a reader's own; must not exist yet
    Instant now;
    RocksSizes sizes = {};
};
struct BackupMade {
    BackupFacts facts;
    std::uint64_t files_copied = 0;
    std::uint64_t bytes_copied = 0;
};

// Copies the ledger's truth and documents, and what others gave (ledger/store/beside.h), without
// its keys, beside a writer too; what an earlier backup in the same place has already is not copied
// again.
//
// The store's files get second names in the ledger's folder for as long as it takes, so that the
// writer may go on and delete its own. The copy is opened and compared with the guard before
// backup.txt names it, and the earlier one is removed after that: at every moment the newest whole
// one is named. `busy` while another backup is made, `conflict` if the place holds anything else.
Result<BackupMade> make_backup(const BackupJob& job);

}  // namespace wsoa
