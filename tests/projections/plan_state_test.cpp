#include "projections/plan_state.h"

#include "projections/runner.h"
#include "tests/support/changes.h"
#include "tests/support/faulty_store.h"
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

// With a snapshot after each few events.
Runner runner_over(Store& views) {
    return {views,
            [] {
                Projections projections;
                projections.push_back(std::make_unique<PlanState>(2));
                return projections;
            },
            5};
}

TEST(PlanState, is_the_fold_of_the_log_wherever_the_view_ends) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        LedgerBuilder ledger;
        ledger.draft_plan("TH");
        RandomHistory random(ledger, seed);
        MemoryStore views;
        random.append(seed);
        must(runner_over(views).catch_up(*ledger.history()));
        const auto behind = must(views.snapshot());
        random.append(15);
        const auto history = ledger.history();
        must(runner_over(views).catch_up(*history));
        const auto present = must(views.snapshot());
        const auto plan = *folded(*history).plan(th);
        for (const Snapshot* snapshot :
             {present.get(), behind.get(), static_cast<Snapshot*>(nullptr)}) {
            const auto now = must(plan_now(snapshot, *history, th));
            ASSERT_EQ(now, plan) << "seed " << seed;
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
    EXPECT_TRUE(now.areas.empty());
}

TEST(PlanState, is_corrupt_where_a_snapshot_is_not_what_was_written) {
    LedgerBuilder ledger;
    draft(ledger);
    const auto history = ledger.history();
    MemoryStore views;
    must(runner_over(views).catch_up(*history));
    const auto prefix = view_layout::rows_prefix(PlanState::view);
    Batch batch;
    for (const auto& [key, value] : test::rows_of(views)) {
        if (key.size() > prefix.size() && key[prefix.size()] == 'b') {
            batch.erase(key);
        }
    }
    ASSERT_FALSE(batch.empty());
    must(views.write(batch));
    const auto now = plan_now(must(views.snapshot()).get(), *history, th);
    ASSERT_FALSE(now.ok());
    EXPECT_EQ(now.error().fault, Fault::corrupt);
}

TEST(PlanState, writes_but_a_number_between_two_snapshots) {
    LedgerBuilder ledger;
    draft(ledger);
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    ledger.propose("TH-1", "NM", "S");
    const auto snapshot = must(views.snapshot());
    ViewWriter writer(*snapshot, PlanState::view);
    PlanState projection;
    const auto history = ledger.history();
    const auto event = must(history->event(EventIndex{history->size().value - 1}));
    const auto state = folded(*history);
    must(projection.apply({.event = event, .keyring = state.keyring, .history = *history}, writer));
    must(projection.settle(writer));
    Batch batch;
    writer.add_to(batch);
    ASSERT_EQ(batch.writes().size(), 1U);
    const std::string prefix(text_of(view_layout::rows_prefix(PlanState::view)));
    EXPECT_EQ(text_of(batch.writes().front().key), prefix + "nTH");
}

}  // namespace
}  // namespace wsoa
