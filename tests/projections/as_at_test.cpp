#include "projections/as_at.h"

#include "ledger/plan/calendar.h"
#include "projections/plan_bytes.h"
#include "tests/support/changes.h"
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

    EXPECT_EQ(percent_shown(must(plan_as_at(*history, th, now, day("2022-03-31")))), 60U);
    EXPECT_EQ(percent_shown(must(plan_as_at(*history, th, now, day("2022-02-28")))), 20U);
    EXPECT_EQ(percent_shown(must(plan_as_at(*history, th, known_before, day("2022-02-28")))),
              std::nullopt);
    EXPECT_EQ(percent_shown(must(plan_as_at(*history, th, known_before, day("2022-03-31")))), 60U);
}

TEST(PlanAsAt, knows_nothing_of_what_was_recorded_later) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto proposal = ledger.propose("TH-1.2", "NS", "A");
    const auto before = ledger.size();
    ledger.confirm(proposal, "2022-01-10");
    const auto history = ledger.history();
    const auto rating_at = [&](TreeSize size) {
        const auto moment = must(plan_as_at(*history, th, size, day("2022-06-01")));
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
    const auto moment = must(plan_as_at(*late, th, TreeSize{3}, day("2022-06-01")));
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
    const auto earlier = must(plan_as_at(*history, th, before, day("2022-06-01")));
    const auto later = must(plan_as_at(*history, th, ledger.size(), day("2022-06-01")));
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
    const auto moment = must(plan_as_at(*ledger.history(), th, ledger.size(), day("2023-01-01")));
    EXPECT_EQ(percent_shown(moment), std::nullopt);
    ASSERT_EQ(moment.state.anomalies.size(), 1U);
    EXPECT_EQ(moment.state.anomalies.front().index, stranger);
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
                const auto moment = must(plan_as_at(*history, th, size, day("2022-06-01")));
                EXPECT_EQ(moment.plan(), *whole.plan(th)) << "seed " << seed;
                EXPECT_EQ(digest_of(moment.plan()), digest_of(*whole.plan(th)));
            }
            return Snapshot::Step::next;
        }));
    }
}

TEST(PlanAsAt, misses_a_plan_that_was_not_drafted_yet) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const auto moment = plan_as_at(*ledger.history(), th, TreeSize{1}, day("2022-06-01"));
    ASSERT_FALSE(moment.ok());
    EXPECT_EQ(moment.error().fault, Fault::missing);
}

TEST(PlanAsAt, refuses_a_size_beyond_the_history) {
    LedgerBuilder ledger;
    test::begin_work(ledger);
    const TreeSize beyond{ledger.size().value + 1};
    const auto moment = plan_as_at(*ledger.history(), th, beyond, day("2022-06-01"));
    ASSERT_FALSE(moment.ok());
    EXPECT_EQ(moment.error().fault, Fault::invalid);
}

}  // namespace
}  // namespace wsoa
