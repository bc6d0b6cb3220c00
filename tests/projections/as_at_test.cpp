#include "projections/as_at.h"

#include "ledger/plan/calendar.h"
#include "ledger/state/plan_bytes.h"
#include "ledger/store/layout.h"
#include "projections/plan_state.h"
#include "projections/runner.h"
#include "tests/support/changes.h"
#include "tests/support/faulty_store.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/plan_days.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::LedgerBuilder;
using test::must;
using test::RandomHistory;

Date day(std::string_view text) { return must(parse_date(text)); }
const PlanRef th = must(PlanRef::parse("TH"));
const SubjectRef action = must(SubjectRef::parse("TH-1.2"));

std::optional<std::uint32_t> percent_shown(const AsAt& moment) {
    const auto* shown = moment.shown(moment.plan().actions.at(action).progress);
    return shown == nullptr ? std::nullopt : shown->value.percent;
}

TEST(PlanAsAt, shows_a_late_entry_in_the_past_where_it_belongs) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    ledger.progress("TH-1.2", 60, "2022-03-31");
    const auto known_before = ledger.size();
    ledger.progress("TH-1.2", 20, "2022-02-28");  // late
    const auto history = ledger.history();
    const auto now = ledger.size();

    EXPECT_EQ(percent_shown(must(plan_as_at(nullptr, *history, th, now, day("2022-03-31")))), 60U);
    EXPECT_EQ(percent_shown(must(plan_as_at(nullptr, *history, th, now, day("2022-02-28")))), 20U);
    EXPECT_EQ(
        percent_shown(must(plan_as_at(nullptr, *history, th, known_before, day("2022-02-28")))),
        std::nullopt);
    EXPECT_EQ(
        percent_shown(must(plan_as_at(nullptr, *history, th, known_before, day("2022-03-31")))),
        60U);
}

TEST(PlanAsAt, knows_nothing_of_what_was_recorded_later) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto proposal = ledger.propose("TH-1.2", "NS", "A");
    const auto before = ledger.size();
    ledger.confirm(proposal, "2022-01-10");
    const auto history = ledger.history();
    const auto rating_at = [&](TreeSize size) {
        const auto moment = must(plan_as_at(nullptr, *history, th, size, day("2022-06-01")));
        return delivery_on(moment.plan(), moment.plan().actions.at(action), moment.day).because;
    };
    EXPECT_EQ(rating_at(before), ShownRating::Because::unrated);
    EXPECT_EQ(rating_at(ledger.size()), ShownRating::Because::confirmed);
}

TEST(PlanAsAt, says_of_which_size_and_root_it_is) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto early = ledger.history(TreeSize{3});
    const auto late = ledger.history();
    const auto moment = must(plan_as_at(nullptr, *late, th, TreeSize{3}, day("2022-06-01")));
    EXPECT_EQ(moment.size, TreeSize{3});
    EXPECT_EQ(moment.root, early->root());
    EXPECT_EQ(moment.day, day("2022-06-01"));
}

TEST(PlanAsAt, has_the_people_as_they_stood) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto before = ledger.size();
    ledger.enrol("head-of-send");
    const auto history = ledger.history();
    const auto person = must(PersonId::parse("head-of-send"));
    const auto earlier = must(plan_as_at(nullptr, *history, th, before, day("2022-06-01")));
    const auto later = must(plan_as_at(nullptr, *history, th, ledger.size(), day("2022-06-01")));
    EXPECT_EQ(earlier.state.keyring.person(person), nullptr);
    ASSERT_NE(later.state.keyring.person(person), nullptr);
    EXPECT_TRUE(later.state.keyring.person(person)->confirmed_at.has_value());
}

TEST(PlanAsAt, meets_each_event_with_the_people_of_its_moment) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto stranger = ledger.append({.kind = Kind::PROGRESS_RECORDED,
                                         .subject = "TH-1.2",
                                         .fields = {{"percent", "99"}},
                                         .by = "head-of-send"});
    ledger.enrol("head-of-send");
    const auto history = ledger.history();
    const auto moment = must(plan_as_at(nullptr, *history, th, ledger.size(), day("2023-01-01")));
    EXPECT_EQ(percent_shown(moment), std::nullopt);
    PeopleFold people(*history);
    const auto state = must(fold_plan(*history, people, th, PlanAt{}, ledger.size()));
    ASSERT_EQ(state.anomalies.size(), 1U);
    EXPECT_EQ(state.anomalies.front().index, stranger);
}

TEST(PlanAsAt, equals_the_fold_of_the_whole_log_at_every_size) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        LedgerBuilder ledger;
        ledger.draft_plan("TH");
        RandomHistory(ledger, seed).append(30);
        const auto history = ledger.history();
        State whole;
        must(history->each_event(EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
            fold(whole, event);
            if (whole.plan(th) != nullptr) {
                const TreeSize size{event.index().value + 1};
                const auto moment =
                    must(plan_as_at(nullptr, *history, th, size, day("2022-06-01")));
                EXPECT_EQ(moment.plan(), *whole.plan(th)) << "seed " << seed;
                EXPECT_EQ(digest_of(moment.plan()), digest_of(*whole.plan(th)));
            }
            return Snapshot::Step::next;
        }));
    }
}

// Views whose snapshots follow each other after so many events of a plan.
void follow(MemoryStore& views, const History& history, std::uint64_t snapshot_events) {
    const Runner::Make make = [=] {
        Projections projections;
        projections.push_back(std::make_unique<PlanState>(snapshot_events));
        return projections;
    };
    must(Runner(views, make, 7).catch_up(history));
}

TEST(PlanAsAt, is_the_same_with_snapshots_as_without_at_every_size) {
    std::size_t begun_at_a_snapshot = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        LedgerBuilder ledger;
        ledger.draft_plan("TH");
        RandomHistory(ledger, seed).append(60);
        const auto history = ledger.history();
        MemoryStore views;
        follow(views, *history, 1 + seed % 6);
        const auto snapshot = must(views.snapshot());
        const ViewReader view(*snapshot, PlanState::view);
        for (std::uint64_t size = 0; size <= history->size().value; ++size) {
            const auto with =
                plan_as_at(snapshot.get(), *history, th, TreeSize{size}, day("2022-06-01"));
            const auto without =
                plan_as_at(nullptr, *history, th, TreeSize{size}, day("2022-06-01"));
            ASSERT_EQ(with.ok(), without.ok()) << "seed " << seed << ", size " << size;
            if (with.ok()) {
                EXPECT_EQ(with.value().state, without.value().state);
                EXPECT_EQ(encode_plan(with.value().plan()), encode_plan(without.value().plan()));
                EXPECT_EQ(with.value().root, without.value().root);
            }
            begun_at_a_snapshot += must(snapshot_below(view, th, TreeSize{size})) ? 1U : 0U;
        }
    }
    EXPECT_GT(begun_at_a_snapshot, 100U);
}

TEST(PlanAsAt, reads_only_what_follows_a_snapshot) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    for (int i = 0; i < 40; ++i) {
        ledger.progress("TH-1.2", i, "2022-03-31");
    }
    MemoryStore views;
    follow(views, *ledger.history(), 10);
    const auto snapshot = must(views.snapshot());
    // Of the events before the snapshot none can be read any more.
    Batch batch;
    const auto store = must(ledger.store().snapshot());
    const auto range = layout::plan_events(th);
    std::size_t erased = 0;
    must(store->scan(range.from, range.to, [&](ByteView key, ByteView) -> Result<Snapshot::Step> {
        if (erased == 40) {
            return Snapshot::Step::stop;
        }
        batch.erase(key);
        ++erased;
        return Snapshot::Step::next;
    }));
    const auto expected = must(plan_as_at(nullptr, *ledger.history(), th, ledger.size(), Date{0}));
    must(ledger.store().write(batch));
    const auto moment =
        must(plan_as_at(snapshot.get(), *ledger.history(), th, ledger.size(), Date{0}));
    EXPECT_EQ(moment.plan(), expected.plan());
    // But that rows lack after it shows.
    Batch one_more;
    one_more.erase(layout::plan_event_key(th, EventIndex{ledger.size().value - 2}));
    must(ledger.store().write(one_more));
    const auto holed = plan_as_at(snapshot.get(), *ledger.history(), th, ledger.size(), Date{0});
    ASSERT_FALSE(holed.ok());
    EXPECT_EQ(holed.error().fault, Fault::corrupt);
}

TEST(PlanAsAt, passes_over_snapshots_of_another_history) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    MemoryStore views;
    follow(views, *ledger.history(), 1);
    LedgerBuilder other;
    other.draft_plan("TH");
    other.add_area("TH-2");
    other.add_area("TH-3");
    for (int i = 0; i < 5; ++i) {
        other.add_area("TH-4");
    }
    const auto snapshot = must(views.snapshot());
    const auto moment =
        must(plan_as_at(snapshot.get(), *other.history(), th, other.size(), day("2022-06-01")));
    EXPECT_TRUE(moment.plan().areas.contains(must(SubjectRef::parse("TH-2"))));
    EXPECT_FALSE(moment.plan().areas.contains(must(SubjectRef::parse("TH-1"))));
}

// Each row of a snapshot, by what its key begins with.
std::vector<std::pair<Bytes, Bytes>> snapshot_rows(const MemoryStore& views) {
    std::vector<std::pair<Bytes, Bytes>> rows;
    const auto prefix = view_layout::rows_prefix(PlanState::view);
    for (auto& row : test::rows_of(views)) {
        if (row.first.size() > prefix.size() &&
            equal(ByteView(row.first).first(prefix.size()), prefix) &&
            (row.first[prefix.size()] == 's' || row.first[prefix.size()] == 'b')) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

TEST(PlanAsAt, never_uses_a_snapshot_of_which_a_bit_was_changed) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto history = ledger.history();
    MemoryStore whole;
    follow(whole, *history, 5);
    const auto rows = snapshot_rows(whole);
    ASSERT_EQ(rows.size(), 2U);  // its head and its one piece
    for (const auto& [key, value] : rows) {
        for (std::size_t at = 0; at < value.size(); ++at) {
            MemoryStore views;
            follow(views, *history, 5);
            auto changed = value;
            changed[at] ^= 1;
            Batch batch;
            batch.put(key, changed);
            must(views.write(batch));
            const auto snapshot = must(views.snapshot());
            const auto moment = plan_as_at(snapshot.get(), *history, th, ledger.size(), Date{0});
            ASSERT_FALSE(moment.ok()) << "byte " << at << " of " << value.size();
            EXPECT_EQ(moment.error().fault, Fault::corrupt);
        }
    }
}

TEST(PlanAsAt, says_what_to_do_where_a_snapshot_lacks_a_piece) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    MemoryStore views;
    follow(views, *ledger.history(), 5);
    Batch batch;
    batch.erase(snapshot_rows(views).front().first);  // the piece: 'b' comes before 's'
    must(views.write(batch));
    const auto moment =
        plan_as_at(must(views.snapshot()).get(), *ledger.history(), th, ledger.size(), Date{0});
    ASSERT_FALSE(moment.ok());
    EXPECT_EQ(moment.error().fault, Fault::corrupt);
    EXPECT_FALSE(moment.error().advice.empty());
}

TEST(PlanAsAt, misses_a_plan_that_was_not_drafted_yet) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto moment = plan_as_at(nullptr, *ledger.history(), th, TreeSize{1}, day("2022-06-01"));
    ASSERT_FALSE(moment.ok());
    EXPECT_EQ(moment.error().fault, Fault::missing);
}

TEST(PlanAsAt, refuses_a_size_beyond_the_history) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const TreeSize beyond{ledger.size().value + 1};
    const auto moment = plan_as_at(nullptr, *ledger.history(), th, beyond, day("2022-06-01"));
    ASSERT_FALSE(moment.ok());
    EXPECT_EQ(moment.error().fault, Fault::invalid);
}

}  // namespace
}  // namespace wsoa
