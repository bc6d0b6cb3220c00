#include "projections/plan_state.h"

#include "projections/runner.h"
#include "tests/support/changes.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::LedgerBuilder;
using test::must;
using test::RandomHistory;

const PlanRef th = must(PlanRef::parse("TH"));

// Every event of the log, folded in order.
State folded(const History& history) {
    State state;
    must(history.each_event(EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
        fold(state, event);
        return Snapshot::Step::next;
    }));
    return state;
}

LedgerBuilder& draft(LedgerBuilder& ledger) {
    ledger.draft_plan("TH");
    ledger.add_area("TH-1");
    return ledger;
}

void change_row(Store& store, std::string_view key, std::optional<Bytes> value) {
    auto whole = view_layout::rows_prefix(PlanState::view);
    append(whole, key);
    Batch batch;
    if (value) {
        batch.put(whole, *value);
    } else {
        batch.erase(whole);
    }
    must(store.write(batch));
}

TEST(PlanState, is_the_fold_of_the_log_wherever_the_view_ends) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        LedgerBuilder ledger;
        ledger.draft_plan("TH");
        RandomHistory random(ledger, seed);
        MemoryStore views;
        random.append(seed);
        must(Runner(views).catch_up(*ledger.history()));
        const auto behind = must(views.snapshot());
        random.append(15);
        const auto history = ledger.history();
        must(Runner(views).catch_up(*history));
        const auto present = must(views.snapshot());
        const auto plan = *folded(*history).plan(th);
        for (const Snapshot* snapshot :
             {present.get(), behind.get(), static_cast<Snapshot*>(nullptr)}) {
            const auto now = must(plan_now(snapshot, *history, th));
            ASSERT_EQ(now.plan, plan) << "seed " << seed;
            EXPECT_EQ(now.digest, digest_of(plan));
        }
    }
}

TEST(PlanState, misses_a_plan_that_nobody_drafted) {
    LedgerBuilder ledger;
    ledger.add_area("TH-1");
    const auto history = ledger.history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    const auto followed = must(views.snapshot());
    for (const Snapshot* snapshot : {followed.get(), static_cast<Snapshot*>(nullptr)}) {
        const auto now = plan_now(snapshot, *history, th);
        ASSERT_FALSE(now.ok());
        EXPECT_EQ(now.error().fault, Fault::missing);
    }
}

TEST(PlanState, passes_over_a_view_that_is_ahead_of_the_history) {
    LedgerBuilder ledger;
    draft(ledger);
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    const auto restored = ledger.history(TreeSize{2});
    const auto now = must(plan_now(must(views.snapshot()).get(), *restored, th));
    EXPECT_TRUE(now.plan.areas.empty());
}

TEST(PlanState, is_corrupt_where_a_part_is_gone) {
    LedgerBuilder ledger;
    draft(ledger);
    const auto history = ledger.history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    change_row(views, std::string_view("pTH\0TH-1", 8), std::nullopt);
    const auto now = plan_now(must(views.snapshot()).get(), *history, th);
    ASSERT_FALSE(now.ok());
    EXPECT_EQ(now.error().fault, Fault::corrupt);
}

TEST(PlanState, is_corrupt_where_the_parts_do_not_give_the_digest) {
    LedgerBuilder ledger;
    draft(ledger);
    const auto history = ledger.history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    change_row(views, "dTH", Bytes(32, 7));
    const auto now = plan_now(must(views.snapshot()).get(), *history, th);
    ASSERT_FALSE(now.ok());
    EXPECT_EQ(now.error().fault, Fault::corrupt);
}

TEST(PlanState, writes_only_the_parts_that_an_event_changed) {
    LedgerBuilder ledger;
    draft(ledger);
    ledger.add_area("TH-2");
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    ledger.propose("TH-2", "NM", "S");
    const auto snapshot = must(views.snapshot());
    ViewWriter writer(*snapshot, PlanState::view);
    PlanState projection;
    const auto history = ledger.history();
    const auto event = must(history->event(EventIndex{history->size().value - 1}));
    const auto state = folded(*history);
    must(projection.apply({.event = event, .keyring = state.keyring}, writer));
    must(projection.settle(writer));
    Batch batch;
    writer.add_to(batch);
    std::vector<std::string> keys;
    for (const auto& write : batch.writes()) {
        keys.emplace_back(text_of(write.key));
    }
    const std::string prefix(text_of(view_layout::rows_prefix(PlanState::view)));
    EXPECT_EQ(keys, (std::vector<std::string>{prefix + "dTH", prefix + "nTH",
                                              prefix + std::string("pTH\0TH-2", 8)}));
}

}  // namespace
}  // namespace wsoa
