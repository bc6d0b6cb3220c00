// An erasure in which every operation on the disk goes wrong once, in every way; then the power is
// cut or the program restarted, and the same command is given again.

#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"
#include "tests/support/disk/machine.h"
#include "tests/support/erasure_stage.h"

#include "ledger/store/store_source.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa::test {
namespace {

const std::string request = "TH-ER1";

// What `wsoa erase` does. One that finds it done says so, and that is as good.
Result<void> erase(Machine& machine, ErasureStage& stage, std::unique_ptr<OpenLedger>& open) {
    open = TRY(OpenLedger::open(machine.place(), stage.people()));
    const auto erasure = TRY(stage.erasure_named(open->ledger(), request));
    if (!erasure.erased) {
        TRY(stage.carry_out(open->ledger(), open->vault(), request));
    }
    return done();
}

class FaultyErasure : public testing::TestWithParam<DiskFaultKind> {
protected:
    FaultyErasure() {
        Machine machine;
        must(found_ledger_with(machine.place(), stage_.people()));
        {
            const auto open = must(OpenLedger::open(machine.place(), stage_.people()));
            must(stage_.draft(open->ledger()));
            must(stage_.grant(open->ledger(), "TH-1", request));
            meant_ = must(stage_.added(open->ledger(), "TH-1"));
        }
        start_ = machine.disk().cut_power();
    }

    // Verification with the vault that is there: nothing that it says is a breach, whether the
    // erasure was not begun, was cut short, or is done.
    static Result<void> look(OpenLedger& open) {
        const auto snapshot = TRY(open.store().snapshot());
        const auto size = TRY(History::newest_size(*snapshot));
        const StoreSource source(*snapshot, size, size);
        const auto verdict = TRY(verify_ledger(source, {.word_keys = &open.vault().words()}));
        for (const auto& finding : verdict.findings) {
            if (finding.is != Finding::Class::noted) {
                return error(Fault::corrupt, "verification found: {}", finding.what);
            }
        }
        return done();
    }

    Result<void> go_on(const DiskImage& image) {
        Machine machine(image);
        std::unique_ptr<OpenLedger> open;
        {
            const auto before = TRY(OpenLedger::open(machine.place(), stage_.people()));
            TRY(look(*before));
        }
        TRY(erase(machine, stage_, open));
        TRY(look(*open));
        const auto node = must(word_node(meant_));
        if (open->vault().words().covers_any(node)) {
            return Error{Fault::corrupt, "the vault still opens the words"};
        }
        const auto history = TRY(open->ledger().history());
        const auto mark = TRY(history->vault_mark());
        const auto by = TRY(history->erasure_of(meant_));
        if (!by || !mark || mark->event != *by || mark->digest != open->vault().digest() ||
            by->value + 1 != history->size().value) {
            return Error{Fault::corrupt, "the erasure is not recorded once, as the last event"};
        }
        const auto names = TRY(list_folder(ledger_folder().keys()));
        const auto vaults = std::ranges::count_if(
            names, [](const std::string& name) { return name.find("vault-") != name.npos; });
        return vaults == 1 ? done() : Error{Fault::corrupt, "an older vault is still there"};
    }

    ErasureStage stage_;
    EventIndex meant_;
    DiskImage start_;
};

TEST_P(FaultyErasure, is_finished_by_the_same_command_wherever_it_was_cut_short) {
    unsigned failed = 0;
    for (std::uint64_t at = 0;; ++at) {
        std::string hit;
        std::array<DiskImage, afters.size()> left;
        {
            Machine machine(start_);
            machine.disk().start(Disk::Fault{.at = at, .kind = GetParam(), .seed = at});
            std::unique_ptr<OpenLedger> open;
            const auto erased = erase(machine, stage_, open);
            // Whatever is still open is cut off before its destructor can set anything right.
            left = {machine.disk().cut_power(), machine.disk().cut_power(Disk::Keeps::parts, at),
                    machine.disk().cut_power(Disk::Keeps::all)};
            hit = machine.disk().hit();
            failed += erased.ok() ? 0U : 1U;
            ASSERT_TRUE(erased.ok() || !hit.empty()) << erased.error().message;
        }
        if (hit.empty()) {
            EXPECT_GT(at, 20U);
            EXPECT_GT(failed, 10U);
            return;
        }
        for (const auto after : afters) {
            // In turn, beside the power cut that drops all that it may.
            if (!are_all_to_be_tried() && after == afters.at(1 + at % 2)) {
                continue;
            }
            const auto gone_on = go_on(left.at(static_cast<std::size_t>(after)));
            EXPECT_TRUE(gone_on.ok())
                << name_of(GetParam()) << " of operation " << at << ", " << hit << "; "
                << name_of(after) << ": " << gone_on.error().message;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyErasure, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
