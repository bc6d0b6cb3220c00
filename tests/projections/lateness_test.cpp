#include "projections/lateness.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::day_of;
using test::LedgerBuilder;
using test::must;

const Zone london = must(Zone::find("Europe/London"));
const PlanRef th = must(PlanRef::parse("TH"));

TEST(Lateness, lists_the_latest_entries_first) {
    LedgerBuilder ledger;
    test::begin_work(ledger);  // recorded on 10 January 2022, an hour after each other
    const auto little = ledger.progress("TH-1.2", 10, "2022-01-09");
    const auto much = ledger.progress("TH-1.2", 5, "2021-12-31");
    ledger.progress("TH-1.2", 20, "2022-01-10");
    const auto entries = must(late_entries(
        *ledger.history(), london,
        {.plan = th, .size = ledger.size(), .day = day_of("2022-12-31"), .more_than = 0}));
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].index, much);
    EXPECT_EQ(entries[0].days(), 10);
    EXPECT_EQ(entries[0].author, must(PersonId::parse("programme-manager")));
    EXPECT_EQ(entries[1].index, little);
    EXPECT_EQ(entries[1].days(), 1);
}

TEST(Lateness, asks_for_more_than_so_many_days) {
    LedgerBuilder ledger;
    test::begin_work(ledger);  // recorded on 10 January 2022, an hour after each other
    ledger.progress("TH-1.2", 10, "2022-01-08");
    const auto history = ledger.history();
    const auto more_than = [&](std::int32_t days) {
        return must(late_entries(*history, london,
                                 {.plan = {},
                                  .size = ledger.size(),
                                  .day = day_of("2022-12-31"),
                                  .more_than = days}))
            .size();
    };
    EXPECT_EQ(more_than(1), 1U);
    EXPECT_EQ(more_than(2), 0U);
}

TEST(Lateness, knows_neither_later_days_nor_later_events) {
    LedgerBuilder ledger;
    test::begin_work(ledger);  // recorded on 10 January 2022, an hour after each other
    ledger.progress("TH-1.2", 10, "2022-01-08");
    const auto history = ledger.history();
    const auto count = [&](TreeSize size, std::string_view day) {
        return must(late_entries(*history, london,
                                 {.plan = th, .size = size, .day = day_of(day), .more_than = 0}))
            .size();
    };
    EXPECT_EQ(count(ledger.size(), "2022-01-08"), 1U);
    EXPECT_EQ(count(ledger.size(), "2022-01-07"), 0U);
    EXPECT_EQ(count(TreeSize{ledger.size().value - 1}, "2022-01-08"), 0U);
}

TEST(Lateness, adds_up_by_person_and_by_kind) {
    LedgerBuilder ledger;
    test::begin_work(ledger);  // recorded on 10 January 2022, an hour after each other
    ledger.progress("TH-1.2", 10, "2022-01-08");
    ledger.progress("TH-1.2", 10, "2022-01-05");
    const auto proposal = ledger.propose("TH-1.2", "UN", "A");
    ledger.confirm(proposal, "2022-01-09");
    const auto entries = must(late_entries(
        *ledger.history(), london,
        {.plan = th, .size = ledger.size(), .day = day_of("2022-12-31"), .more_than = 0}));
    const auto by_person = late_by_person(entries);
    EXPECT_EQ(by_person.at("programme-manager"), (LateCount{.entries = 2, .days = 7, .most = 5}));
    EXPECT_EQ(by_person.at("director-of-education"),
              (LateCount{.entries = 1, .days = 1, .most = 1}));
    const auto by_kind = late_by_kind(entries);
    EXPECT_EQ(by_kind.at("progressRecorded"), (LateCount{.entries = 2, .days = 7, .most = 5}));
}

TEST(SizeKnownOn, counts_what_was_recorded_by_the_end_of_the_day_in_the_ledgers_zone) {
    LedgerBuilder ledger;  // event 0 at 09:00 UTC on 10 January 2022
    ledger.draft_plan("TH");
    ledger.advance_days(1);
    ledger.add_area("TH-1");
    const auto history = ledger.history();
    const auto known = [&](const Zone& zone, std::string_view day) {
        return must(size_known_on(*history, zone, day_of(day))).value;
    };
    EXPECT_EQ(known(london, "2022-01-09"), 0U);
    EXPECT_EQ(known(london, "2022-01-10"), 2U);
    EXPECT_EQ(known(london, "2022-01-11"), 3U);
    // There it was the 11th already when the plan was drafted at 10:00 in London.
    const auto far_east = must(Zone::find("Pacific/Kiritimati"));
    EXPECT_EQ(known(far_east, "2022-01-10"), 1U);
    // And there it was still the 9th.
    const auto far_west = must(Zone::find("Pacific/Pago_Pago"));
    EXPECT_EQ(known(far_west, "2022-01-09"), 2U);
}

}  // namespace
}  // namespace wsoa
