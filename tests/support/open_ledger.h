#pragma once

#include "ledger/ledger.h"
#include "ledger/store/folder.h"
#include "ledger/store/lock.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/vault.h"
#include "tests/support/environment.h"
#include "tests/support/ledger_builder.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace wsoa::test {

// Where a ledger lies, and what is around it.
struct LedgerPlace {
    LedgerFolder folder;
    std::filesystem::path guard;
    RocksSizes sizes;
    Environment environment;

    // The builder's.
    static Origin origin();
    FolderFacts facts(const Hash& ledger) const;
};

// Makes the ledger as `wsoa init` does, in the same order: event 0 is the builder's, and so is the
// ledger's key. The clock of the place is a test's own.
Result<void> found_ledger(const LedgerPlace& place, ManualClock& clock, LedgerBuilder& people);

// The same with all that the builder has written. The words of those events are sealed under keys
// that this ledger's vault does not have.
Result<void> found_ledger_with(const LedgerPlace& place, LedgerBuilder& people);

// A ledger that is open for writing, as the commands open it, in the same order.
class OpenLedger {
public:
    static Result<std::unique_ptr<OpenLedger>> open(const LedgerPlace& place,
                                                    LedgerBuilder& people);

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
