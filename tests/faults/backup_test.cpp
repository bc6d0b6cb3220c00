// Backups and what is made of them, in which every operation on the disk goes wrong once, in every
// way. Whatever then claims to be whole is whole.

#include "tests/faults/support/each_fault.h"
#include "tests/support/changes.h"
#include "tests/support/erasure_stage.h"

#include "ledger/ledger_backup.h"
#include "ledger/ledger_unpack.h"
#include "ledger/store/copies.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

namespace fs = std::filesystem;

const fs::path backups = fs::path(mount_point) / "backups";
const LedgerFolder restored{fs::path(mount_point) / "restored"};

class FaultyBackup : public testing::TestWithParam<DiskFaultKind> {
protected:
    // A ledger with one backup, which has gone on since.
    FaultyBackup() {
        Machine machine;
        must(found_ledger_with(machine.place(), stage_.people()));
        must(go_on(machine, [&](Ledger& ledger) { return stage_.draft(ledger); }));
        earlier_ = must(back_up(machine)).facts.size;
        must(let_witness_speak());
        must(go_on(machine, [&](Ledger& ledger) { return stage_.ask(ledger, "TH-1", "TH-ER1"); }));
        start_ = machine.disk().cut_power();
    }

    template <typename Record>
    Result<void> go_on(Machine& machine, Record record) {
        const auto open = TRY(OpenLedger::open(machine.place(), stage_.people()));
        return record(open->ledger());
    }
    static fs::path scratch() {
        static int count = 0;
        return fs::path(mount_point) / fmt::format("scratch-{}", count++);
    }
    Result<BackupMade> back_up(Machine& machine) {
        const auto about = TRY(FolderFacts::read(ledger_folder()));
        return make_backup({.ledger = ledger_folder(),
                            .about = about,
                            .to = backups,
                            .scratch = scratch(),
                            .now = machine.clock().now(),
                            .sizes = machine.sizes()});
    }
    static Result<RestoreMade> put_back(Machine& machine) {
        return restore_backup({.backup = backups,
                               .to = restored,
                               .keys = ledger_folder().keys(),
                               .scratch = scratch(),
                               .workers = nullptr,
                               .judge = {},
                               .sizes = machine.sizes()});
    }
    static std::size_t size_of_restored(Machine& machine) {
        const auto store = must(RocksReader::open(restored.truth(), scratch(), machine.sizes()));
        const auto snapshot = must(store->snapshot());
        return must(History::newest_size(*snapshot)).value;
    }

    // What a witness says lies beside the store.
    static Result<void> let_witness_speak() {
        const auto folder = ledger_folder().root() / "cosigned";
        TRY(create_folder(folder, Access::owner));
        return write_durably(folder / "1", bytes_of(said), Access::owner);
    }
    static Result<void> expect_said(const fs::path& root) {
        const auto bytes = TRY(read_file(root / "cosigned" / "1", 100));
        return text_of(bytes) == said ? done() : Error{Fault::corrupt, "something else was said"};
    }

    static constexpr std::string_view said = "as a witness says";
    template <typename Act, typename Look>
    void try_all(const DiskImage& start, Act act, Look look) {
        try_each_fault(GetParam(), start, act, look);
    }

    ErasureStage stage_;
    TreeSize earlier_;
    DiskImage start_;
};

TEST_P(FaultyBackup, names_a_whole_copy_at_every_moment) {
    try_all(
        start_, [&](Machine& machine) { return back_up(machine); },
        [&](Machine& machine) -> Result<void> {
            const auto facts = TRY(BackupFacts::read(backups));
            TRY(put_back(machine));
            if (facts.size < earlier_ || size_of_restored(machine) != facts.size.value) {
                return Error{Fault::corrupt, "it is not the one that is named"};
            }
            if (facts.size > earlier_) {
                TRY(expect_said(restored.root()));
            }
            // The next one finishes what this one left.
            const auto next = TRY(back_up(machine));
            return next.facts.size.value == earlier_.value + 1
                       ? done()
                       : Error{Fault::corrupt, "the next one is not whole"};
        });
}

TEST_P(FaultyBackup, gains_what_was_said_since_of_the_same_events) {
    DiskImage start;
    {
        Machine machine(start_);
        must(remove_tree(ledger_folder().root() / "cosigned"));
        must(back_up(machine));
        must(let_witness_speak());
        start = machine.disk().cut_power();
    }
    try_all(
        start, [&](Machine& machine) { return back_up(machine); },
        [&](Machine& machine) -> Result<void> {
            TRY(put_back(machine));
            if (size_of_restored(machine) != earlier_.value + 1) {
                return Error{Fault::corrupt, "it is not the whole one that was there"};
            }
            const auto next = TRY(back_up(machine));
            return expect_said(backups / next.facts.folder());
        });
}

TEST_P(FaultyBackup, makes_a_folder_of_it_that_is_whole_or_none) {
    DiskImage start;
    {
        Machine machine(start_);
        must(back_up(machine));
        start = machine.disk().cut_power();
    }
    try_all(
        start, [&](Machine& machine) { return put_back(machine); },
        [&](Machine& machine) -> Result<void> {
            const auto stands = TRY(is_there(restored.root()));
            if (!stands) {
                TRY(put_back(machine));
            }
            if (size_of_restored(machine) != earlier_.value + 1) {
                return Error{Fault::corrupt, "what stands there is not the ledger"};
            }
            TRY(expect_said(restored.root()));
            auto place = machine.place();
            place.folder = restored;
            TRY(OpenLedger::open(place, stage_.people()));
            return done();
        });
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyBackup, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
