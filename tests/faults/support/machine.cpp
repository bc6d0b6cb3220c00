#include "tests/faults/support/machine.h"

#include "tests/support/changes.h"
#include "tests/support/disk/rocks_disk.h"

#include <rocksdb/env.h>

namespace wsoa::test {

Machine::Machine(DiskImage image)
    : disk_(std::move(image)), mount_(disk_), engine_(rocks_env_on(disk_)) {
    // Later than anything that was recorded on it before.
    clock().set(Instant{1'700'000'000'000});
}

Machine::~Machine() = default;

RocksSizes Machine::sizes() {
    return {.buffer_bytes = 64 << 10,
            .file_bytes = 64 << 10,
            .cache_bytes = 1 << 20,
            .machine = engine()};
}

LedgerFolder ledger_folder() { return LedgerFolder(std::filesystem::path(mount_point) / "ledger"); }

std::filesystem::path guard_path() {
    return std::filesystem::path(mount_point) / "state" / "guard";
}

FolderFacts folder_facts(const Hash& ledger) {
    return {.ledger = ledger,
            .origin = must(Origin::parse("ledger.example.gov.uk/test")),
            .guard = guard_path()};
}

Result<void> found_ledger(Machine& machine, LedgerBuilder& people) {
    const auto folder = ledger_folder();
    const auto first = must(people.history(TreeSize{1})->entry(EventIndex{0}));
    const auto view = must(read_entry(first));
    TRY(folder.create());
    const auto store = TRY(RocksStore::create(folder.truth(), machine.sizes()));
    machine.clock().set(view.recorded_at);
    const auto checkpoint = TRY(
        Ledger::found(*store, people.ledger_signer(), machine.environment(),
                      {.change = {.change = copy_of(view.change), .signature = view.signature}}));
    TRY(Vault::create(folder.keys(), people.ledger(), Unsealed{}, machine.environment().random));
    TRY(create_folder(guard_path().parent_path(), Access::owner));
    TRY(Guard::create(guard_path(), people.ledger(),
                      {.size = TreeSize{1}, .root = checkpoint.checkpoint.root}));
    const auto text = folder_facts(people.ledger()).str();
    return write_durably(folder.facts(), bytes_of(text), Access::owner);
}

Result<std::unique_ptr<OpenLedger>> OpenLedger::open(Machine& machine, LedgerBuilder& people,
                                                     const LedgerFolder& folder) {
    std::unique_ptr<OpenLedger> opened(new OpenLedger);
    opened->facts_ = TRY(FolderFacts::read(folder));
    const auto now = machine.environment().clock.now();
    opened->lock_ = TRY(WriterLock::acquire(folder.lock(), LockHolder::here("record", now),
                                            std::chrono::milliseconds{0}));
    TRY(folder.sync());
    opened->vault_ = TRY(Vault::open(folder.keys(), opened->facts_->ledger, std::nullopt,
                                     machine.environment().random));
    opened->guard_ = TRY(Guard::open(opened->facts_->guard, opened->facts_->ledger));
    opened->store_ = TRY(RocksStore::open_writer(folder.truth(), machine.sizes()));
    opened->ledger_ = TRY(Ledger::open({.store = *opened->store_,
                                        .guard = *opened->guard_,
                                        .signer = people.ledger_signer(),
                                        .next_signer = nullptr,
                                        .word_keys = opened->vault_->words(),
                                        .environment = machine.environment()}));
    return opened;
}

}  // namespace wsoa::test
