#include "projections/runner.h"

#include "projections/audit_trail.h"
#include "projections/plan_state.h"
#include "tests/support/changes.h"
#include "tests/support/faulty_store.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

#include <functional>

namespace wsoa {
namespace {

using test::FaultyStore;
using test::LedgerBuilder;
using test::must;
using test::RandomHistory;
using test::rows_of;

using Rows = std::vector<std::pair<Bytes, Bytes>>;
using From = CaughtUp::From;

// What a rebuild from nothing and in one batch gives.
Rows rebuilt_rows(const History& history) {
    MemoryStore views;
    must(Runner(views).rebuild(history));
    return rows_of(views);
}

std::vector<From> origins_of(const std::vector<CaughtUp>& caught_up) {
    std::vector<From> origins;
    for (const auto& each : caught_up) {
        origins.push_back(each.from);
    }
    return origins;
}

LedgerBuilder& random_ledger() {
    static auto* const ledger = [] {
        auto* made = new LedgerBuilder;
        RandomHistory(*made, 7).append(30);
        return made;
    }();
    return *ledger;
}

TEST(Runner, gives_the_same_bytes_caught_up_as_rebuilt) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::mt19937_64 chance(seed);
        LedgerBuilder ledger;
        RandomHistory random(ledger, seed);
        MemoryStore views;
        const auto batch_events = 1 + chance() % 20;
        // A long-lived runner, as the keeper has it, or a new one each time, as commands have it.
        Runner kept(views, all_projections, batch_events);
        for (std::size_t round = 0; round < 5; ++round) {
            random.append(chance() % 8);
            const auto history = ledger.history();
            if (chance() % 2 == 0) {
                must(kept.catch_up(*history));
            } else {
                must(Runner(views, all_projections, batch_events).catch_up(*history));
            }
        }
        const auto history = ledger.history();
        must(kept.catch_up(*history));
        ASSERT_EQ(rows_of(views), rebuilt_rows(*history)) << "seed " << seed;
    }
}

// Snapshots that follow each other closely, so that a batch holds several of a plan.
Projections with_close_snapshots() {
    Projections projections;
    projections.push_back(std::make_unique<AuditTrail>());
    projections.push_back(std::make_unique<PlanState>(2));
    return projections;
}

TEST(Runner, gives_the_same_snapshots_wherever_a_batch_or_a_catch_up_ends) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        LedgerBuilder ledger;
        RandomHistory random(ledger, seed);
        MemoryStore views;
        for (int round = 0; round < 4; ++round) {
            random.append(10);
            must(Runner(views, with_close_snapshots, 3).catch_up(*ledger.history()));
        }
        MemoryStore at_once;
        must(Runner(at_once, with_close_snapshots, 1'000).catch_up(*ledger.history()));
        ASSERT_EQ(rows_of(views), rows_of(at_once)) << "seed " << seed;
    }
}

TEST(Runner, tells_how_far_it_has_come_after_each_batch) {
    const auto history = random_ledger().history();
    MemoryStore views;
    Runner runner(views, all_projections, 7);
    std::vector<std::uint64_t> told;
    runner.tell([&](TreeSize size) { told.push_back(size.value); });
    must(runner.catch_up(*history));
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front(), 7U);
    EXPECT_EQ(told.back(), history->size().value);
    told.clear();
    must(runner.catch_up(*history));
    EXPECT_TRUE(told.empty());
}

using Work = std::function<Result<std::vector<CaughtUp>>(Store&)>;

// Lets `work` fail at each of its writes in turn, from 0 until none fails; whatever then lies on
// the disk must catch up to the bytes of a rebuild. Gives the number of its writes.
std::size_t fail_each_write(const History& history, FaultyStore::Batches batches,
                            const std::function<void(Store&)>& prepare, const Work& work) {
    const auto expected = rebuilt_rows(history);
    for (std::size_t fails_at = 0;; ++fails_at) {
        MemoryStore views;
        prepare(views);
        FaultyStore faulty(views, fails_at, batches);
        const auto outcome = work(faulty);
        if (outcome.ok()) {
            return fails_at;
        }
        EXPECT_EQ(outcome.error().fault, Fault::unavailable);
        must(Runner(views, all_projections, 7).catch_up(history));
        EXPECT_EQ(rows_of(views), expected) << "write " << fails_at;
    }
}

TEST(Runner, catches_up_to_the_same_bytes_after_any_write_has_failed) {
    const auto history = random_ledger().history();
    for (const auto batches : {FaultyStore::Batches::lost, FaultyStore::Batches::written}) {
        const auto writes = fail_each_write(
            *history, batches, [](Store&) {},
            [&](Store& store) { return Runner(store, all_projections, 7).catch_up(*history); });
        EXPECT_GE(writes, history->size().value / 7);
    }
}

TEST(Runner, rebuilds_to_the_same_bytes_after_any_write_of_a_rebuild_has_failed) {
    const auto history = random_ledger().history();
    for (const auto batches : {FaultyStore::Batches::lost, FaultyStore::Batches::written}) {
        const auto writes = fail_each_write(
            *history, batches, [&](Store& views) { must(Runner(views).catch_up(*history)); },
            [&](Store& store) { return Runner(store, all_projections, 7).rebuild(*history); });
        EXPECT_GE(writes, 2 * history->size().value / 7);
    }
}

// What the projections may hold in memory decides no row.
TEST(Runner, gives_the_same_bytes_however_little_is_held) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        LedgerBuilder ledger;
        ledger.draft_plan("TH");
        ledger.draft_plan("MK");
        RandomHistory(ledger, seed).append(40);
        const auto history = ledger.history();
        MemoryStore usual;
        must(Runner(usual, with_close_snapshots, 7).catch_up(*history));
        for (const std::uint64_t held : {0U, 1U, 5U, 12U}) {
            const auto sparing = [held] {
                Projections projections;
                projections.push_back(std::make_unique<AuditTrail>(held));
                projections.push_back(std::make_unique<PlanState>(2, held));
                return projections;
            };
            MemoryStore views;
            must(Runner(views, sparing, 7).catch_up(*history));
            ASSERT_EQ(rows_of(views), rows_of(usual)) << "seed " << seed << ", held " << held;
        }
    }
}

TEST(Runner, carries_on_with_the_same_object_after_a_write_has_failed) {
    const auto history = random_ledger().history();
    MemoryStore views;
    // Fails once only, as a store that was opened again would.
    class FailsOnce final : public Store {
    public:
        explicit FailsOnce(Store& store) : store_(store) {}
        Result<std::unique_ptr<Snapshot>> snapshot() const override { return store_.snapshot(); }
        Result<void> write(const Batch& batch) override {
            if (writes_++ == 2) {
                return Error{Fault::unavailable, "the disk is gone"};
            }
            return store_.write(batch);
        }

    private:
        Store& store_;
        int writes_ = 0;
    };
    FailsOnce store(views);
    Runner runner(store, all_projections, 7);
    ASSERT_FALSE(runner.catch_up(*history).ok());
    must(runner.catch_up(*history));
    EXPECT_EQ(rows_of(views), rebuilt_rows(*history));
}

TEST(Runner, writes_nothing_when_there_is_nothing_new) {
    const auto history = random_ledger().history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    FaultyStore counted(views, 1000, FaultyStore::Batches::written);
    const auto outcome = must(Runner(counted).catch_up(*history));
    EXPECT_EQ(counted.writes(), 0U);
    EXPECT_EQ(outcome.front(),
              (CaughtUp{.name = "audit-trail", .from = From::cursor, .events = 0}));
}

TEST(Runner, writes_rows_and_cursors_of_all_views_in_one_batch) {
    const auto history = random_ledger().history();
    MemoryStore views;
    FaultyStore counted(views, 1000, FaultyStore::Batches::written);
    const auto outcome = must(Runner(counted).catch_up(*history));
    EXPECT_EQ(counted.writes(), 1U);
    EXPECT_EQ(origins_of(outcome), (std::vector{From::nothing, From::nothing}));
    EXPECT_EQ(outcome.front().events, history->size().value);
}

// A projection whose version is the test's to say.
class Versioned final : public Projection {
public:
    explicit Versioned(std::uint32_t version) : version_(version) {}
    ViewId id() const override { return {.name = "versioned", .version = version_}; }
    Result<void> apply(const Applied& applied, ViewWriter& view) override {
        Bytes key{'k'};
        append_u64(key, applied.event.index().value * version_);
        view.put(key, Bytes{});
        return done();
    }

private:
    std::uint32_t version_;
};

Runner::Make version(std::uint32_t number) {
    return [number] {
        Projections projections;
        projections.push_back(std::make_unique<Versioned>(number));
        return projections;
    };
}

TEST(Runner, makes_a_view_of_another_version_anew) {
    const auto history = random_ledger().history();
    MemoryStore views;
    must(Runner(views, version(9), 5).catch_up(*history));
    const auto outcome = must(Runner(views, version(10), 5).catch_up(*history));
    EXPECT_EQ(origins_of(outcome), std::vector{From::afresh});
    EXPECT_EQ(outcome.front().events, history->size().value);
    MemoryStore fresh;
    must(Runner(fresh, version(10), 5).catch_up(*history));
    EXPECT_EQ(rows_of(views), rows_of(fresh));
}

TEST(Runner, makes_a_view_anew_whose_deletion_for_another_version_was_cut_short) {
    const auto history = random_ledger().history();
    MemoryStore views;
    must(Runner(views, version(9), 5).catch_up(*history));
    const auto whole = rows_of(views);
    FaultyStore faulty(views, 1, FaultyStore::Batches::lost);
    ASSERT_FALSE(Runner(faulty, version(10), 5).catch_up(*history).ok());
    // The older program comes back to find its rows halved.
    must(Runner(views, version(9), 5).catch_up(*history));
    EXPECT_EQ(rows_of(views), whole);
}

TEST(Runner, makes_views_anew_that_are_ahead_of_the_history) {
    auto& ledger = random_ledger();
    const auto restored = ledger.history(TreeSize{ledger.size().value - 3});
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    const auto outcome = must(Runner(views).catch_up(*restored));
    EXPECT_EQ(origins_of(outcome), (std::vector{From::afresh, From::afresh}));
    EXPECT_EQ(rows_of(views), rebuilt_rows(*restored));
}

TEST(Runner, makes_views_anew_that_come_from_another_history) {
    LedgerBuilder one;
    LedgerBuilder other;
    one.draft_plan("TH");
    other.draft_plan("MK");
    other.add_area("MK-1");
    MemoryStore views;
    Runner runner(views);
    must(runner.catch_up(*one.history()));
    const auto outcome = must(runner.catch_up(*other.history()));
    EXPECT_EQ(origins_of(outcome), (std::vector{From::afresh, From::afresh}));
    EXPECT_EQ(rows_of(views), rebuilt_rows(*other.history()));
}

TEST(Runner, makes_a_view_anew_whose_cursor_cannot_be_read) {
    const auto history = random_ledger().history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    Batch batch;
    batch.put(view_layout::cursor_key(PlanState::view), Bytes{1, 2, 3});
    must(views.write(batch));
    const auto outcome = must(Runner(views).catch_up(*history));
    EXPECT_EQ(origins_of(outcome), (std::vector{From::cursor, From::afresh}));
    EXPECT_EQ(rows_of(views), rebuilt_rows(*history));
}

TEST(Runner, lets_a_view_that_is_behind_join_the_others) {
    LedgerBuilder ledger;
    RandomHistory random(ledger, 3);
    random.append(20);
    MemoryStore views;
    const Runner::Make trail_only = [] {
        Projections projections;
        projections.push_back(std::make_unique<AuditTrail>());
        return projections;
    };
    must(Runner(views, trail_only, 4).catch_up(*ledger.history()));
    random.append(20);
    const auto history = ledger.history();
    const auto outcome = must(Runner(views, all_projections, 4).catch_up(*history));
    EXPECT_EQ(origins_of(outcome), (std::vector{From::cursor, From::nothing}));
    EXPECT_LT(outcome.front().events, outcome.back().events);
    EXPECT_EQ(rows_of(views), rebuilt_rows(*history));
}

TEST(Runner, leaves_an_empty_ledger_without_views) {
    const MemoryStore empty;
    const auto history = must(History::open(must(empty.snapshot()), TreeSize{0}));
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    EXPECT_TRUE(rows_of(views).empty());
}

TEST(Runner, keeps_nobodys_words) {
    LedgerBuilder ledger;
    ledger.append({.kind = Kind::PLAN_DRAFTED,
                   .subject = "TH",
                   .fields = {{"kind", "wsoa"}, {"partners", "council"}},
                   .words = {{schema::WordField::TITLE, "unmistakable"}}});
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    for (const auto& [key, value] : rows_of(views)) {
        EXPECT_EQ(text_of(key).find("unmistakable"), std::string_view::npos);
        EXPECT_EQ(text_of(value).find("unmistakable"), std::string_view::npos);
    }
}

}  // namespace
}  // namespace wsoa
