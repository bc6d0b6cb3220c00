#pragma once

#include "ledger/ledger.h"
#include "ledger/store/folder.h"
#include "ledger/store/lock.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/vault.h"
#include "tests/support/disk/mount.h"
#include "tests/support/environment.h"
#include "tests/support/ledger_builder.h"

#include <memory>
#include <optional>

namespace wsoa::test {

// A machine that was switched on with what its disk held: clock, chance and disk. The disk is
// mounted as long as it lives; one at a time.
class Machine {
public:
    explicit Machine(DiskImage image = {});
    ~Machine();

    Disk& disk() { return disk_; }
    rocksdb::Env* engine() { return engine_.get(); }
    Environment environment() { return environment_.environment(); }
    ManualClock& clock() { return environment_.clock(); }
    RocksSizes sizes();

private:
    Disk disk_;
    Mount mount_;
    std::unique_ptr<rocksdb::Env> engine_;
    TestEnvironment environment_;
};

// Where the ledger and its guard lie on every machine here.
LedgerFolder ledger_folder();
std::filesystem::path guard_path();
FolderFacts folder_facts(const Hash& ledger);

// Makes the ledger as `wsoa init` does, in the same order: event 0 is the builder's, and so is the
// ledger's key.
Result<void> found_ledger(Machine& machine, LedgerBuilder& people);

// A ledger that is open for writing, as the commands open it, in the same order.
class OpenLedger {
public:
    static Result<std::unique_ptr<OpenLedger>> open(Machine& machine, LedgerBuilder& people,
                                                    const LedgerFolder& folder = ledger_folder());

    Ledger& ledger() { return *ledger_; }
    Vault& vault() { return *vault_; }
    const Guard& guard() const { return *guard_; }
    const RocksStore& store() const { return *store_; }
    const FolderFacts& facts() const { return *facts_; }

private:
    OpenLedger() = default;

    std::optional<FolderFacts> facts_;
    std::unique_ptr<WriterLock> lock_;
    std::unique_ptr<Vault> vault_;
    std::unique_ptr<Guard> guard_;
    std::unique_ptr<RocksStore> store_;
    std::unique_ptr<Ledger> ledger_;
};

}  // namespace wsoa::test
