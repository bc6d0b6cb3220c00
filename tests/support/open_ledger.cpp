#include "tests/support/open_ledger.h"

#include "tests/support/changes.h"
#include "tests/support/faulty_store.h"

namespace wsoa::test {
namespace {

// All of a ledger's folder but its store, and the guard.
Result<void> furnish(const LedgerPlace& place, const Hash& ledger, const GuardedHead& head) {
    TRY(Vault::create(place.folder.keys(), ledger, Unsealed{}, place.environment.random));
    TRY(create_folder(place.guard.parent_path(), Access::owner));
    TRY(Guard::create(place.guard, ledger, head));
    const auto text = place.facts(ledger).str();
    return write_durably(place.folder.facts(), bytes_of(text), Access::owner);
}

}  // namespace

Origin LedgerPlace::origin() { return must(Origin::parse("ledger.example.gov.uk/test")); }

FolderFacts LedgerPlace::facts(const Hash& ledger) const {
    return {.ledger = ledger, .origin = origin(), .guard = guard};
}

Result<void> found_ledger(const LedgerPlace& place, ManualClock& clock, LedgerBuilder& people) {
    const auto first = must(people.history(TreeSize{1})->entry(EventIndex{0}));
    const auto view = must(read_entry(first));
    TRY(place.folder.create());
    const auto store = TRY(RocksStore::create(place.folder.truth(), place.sizes));
    clock.set(view.recorded_at);
    const auto checkpoint = TRY(
        Ledger::found(*store, people.ledger_signer(), place.environment,
                      {.change = {.change = copy_of(view.change), .signature = view.signature}}));
    return furnish(place, people.ledger(),
                   {.size = TreeSize{1}, .root = checkpoint.checkpoint.root});
}

Result<void> found_ledger_with(const LedgerPlace& place, LedgerBuilder& people) {
    TRY(place.folder.create());
    const auto store = TRY(RocksStore::create(place.folder.truth(), place.sizes));
    Batch batch;
    for (const auto& [key, value] : rows_of(people.store())) {
        batch.put(key, value);
    }
    TRY(store->write(batch));
    return furnish(place, people.ledger(),
                   {.size = people.size(), .root = people.history()->root()});
}

Result<std::unique_ptr<OpenLedger>> OpenLedger::open(const LedgerPlace& place,
                                                     LedgerBuilder& people) {
    std::unique_ptr<OpenLedger> opened(new OpenLedger);
    opened->facts_ = TRY(FolderFacts::read(place.folder));
    const auto now = place.environment.clock.now();
    opened->lock_ = TRY(WriterLock::acquire(place.folder.lock(), LockHolder::here("record", now),
                                            std::chrono::milliseconds{0}));
    TRY(place.folder.sync());
    opened->vault_ = TRY(Vault::open(place.folder.keys(), opened->facts_->ledger, std::nullopt,
                                     place.environment.random));
    opened->guard_ = TRY(Guard::open(opened->facts_->guard, opened->facts_->ledger));
    opened->store_ = TRY(RocksStore::open_writer(place.folder.truth(), place.sizes));
    opened->ledger_ = TRY(Ledger::open({.store = *opened->store_,
                                        .guard = *opened->guard_,
                                        .signer = people.ledger_signer(),
                                        .next_signer = nullptr,
                                        .word_keys = opened->vault_->words(),
                                        .environment = place.environment,
                                        .vault = opened->vault_.get()}));
    return opened;
}

}  // namespace wsoa::test
