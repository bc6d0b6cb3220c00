#include "projections/timeline.h"

#include "projections/differences.h"
#include "tests/support/plan_days.h"
#include "tests/support/random_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using Because = ShownRating::Because;
using test::day_of;
using test::must;
using test::PlanDays;
using test::ref_of;

std::vector<Spell> spells_of(const Plan& plan, std::string_view action, std::string_view until) {
    return delivery_spells(plan, plan.actions.at(ref_of(action)), day_of(until));
}

Spell spell(std::string_view from, std::string_view to, const ShownRating& shown,
            std::optional<EventIndex> by) {
    return {.from = day_of(from), .to = day_of(to), .shown = shown, .by = by};
}

TEST(Timeline, of_an_action_names_the_event_that_began_each_spell) {
    PlanDays days;
    const auto started = days.start("TH-1.1", "2022-03-01");
    const auto rated = days.rate("TH-1.1", "A", "2022-03-10");
    const auto completed = days.complete("TH-1.1", "2022-05-19");
    EXPECT_THAT(spells_of(days.plan(), "TH-1.1", "2022-06-30"),
                testing::ElementsAre(
                    spell("2022-02-01", "2022-02-28", {"GY", Because::not_started}, days.added),
                    spell("2022-03-01", "2022-03-09", {"UN", Because::unrated}, started),
                    spell("2022-03-10", "2022-05-18", {"A", Because::confirmed}, rated),
                    spell("2022-05-19", "2022-06-30", {"B", Because::complete}, completed)));
}

TEST(Timeline, turns_red_after_the_deadline_by_the_calendar_alone) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "G", "2022-03-10");
    const auto spells = spells_of(days.plan(), "TH-1.1", "2022-11-30");
    ASSERT_EQ(spells.size(), 4U);
    EXPECT_EQ(spells.back(),
              spell("2022-11-01", "2022-11-30", {"R", Because::overdue}, std::nullopt));
    EXPECT_EQ(spells_of(days.plan(), "TH-1.1", "2022-10-31").back().shown.code, "G");
}

TEST(Timeline, of_a_reopened_action_is_red_by_its_reopening) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.complete("TH-1.1", "2022-10-20");
    const auto reopened = days.reopen("TH-1.1", "2023-03-09");
    const auto spells = spells_of(days.plan(), "TH-1.1", "2023-03-22");
    EXPECT_EQ(spells.back(), spell("2023-03-09", "2023-03-22", {"R", Because::overdue}, reopened));
}

TEST(Timeline, blames_no_event_of_the_day_on_which_the_deadline_passed) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "A", "2022-11-01");  // confirmed on the very day
    EXPECT_EQ(spells_of(days.plan(), "TH-1.1", "2022-11-01").back().by, std::nullopt);
}

TEST(Timeline, goes_back_to_what_was_confirmed_once_the_deadline_has_moved) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "R", "2022-10-01");
    const auto moved = days.move("TH-1.1", "2022-10-31", "2023-07-31", "2023-03-23");
    const auto spells = spells_of(days.plan(), "TH-1.1", "2023-03-31");
    EXPECT_EQ(spells.back(), spell("2023-03-23", "2023-03-31", {"R", Because::confirmed}, moved));
    EXPECT_EQ(began_before(spells, day_of("2023-03-31"))->from, day_of("2022-10-01"));
}

TEST(Timeline, of_a_silent_rating_turns_by_the_plans_policy) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "G", "2022-03-10");
    days.tell({.kind = Kind::REPORTING_POLICY_SET,
               .subject = "TH",
               .fields = {{"period", "month"}, {"staleAfter", "10"}},
               .effective = "2022-02-01"});
    const auto spells = spells_of(days.plan(), "TH-1.1", "2022-04-30");
    EXPECT_EQ(spells.back(),
              spell("2022-04-11", "2022-04-30", {"UN", Because::not_updated}, std::nullopt));
}

TEST(Timeline, of_an_area_follows_its_impact) {
    PlanDays days;
    const auto rated = days.rate("TH-1", "A", "2022-06-22");
    const auto plan = days.plan();
    const auto spells = impact_spells(plan.areas.at(ref_of("TH-1")), day_of("2022-06-30"));
    ASSERT_EQ(spells.size(), 2U);
    EXPECT_EQ(spells.front().shown.code, "NM");
    EXPECT_EQ(spells.back(), spell("2022-06-22", "2022-06-30", {"A", Because::confirmed}, rated));
}

TEST(Timeline, counts_the_days_of_each_code) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "R", "2022-03-10");
    days.rate("TH-1.1", "A", "2022-03-20");
    days.rate("TH-1.1", "R", "2022-03-30");
    const auto counts = days_by_code(spells_of(days.plan(), "TH-1.1", "2022-03-31"));
    EXPECT_THAT(counts, testing::ElementsAre(testing::Pair("A", 10), testing::Pair("GY", 28),
                                             testing::Pair("R", 12), testing::Pair("UN", 9)));
}

TEST(Timeline, is_empty_for_what_was_added_later) {
    PlanDays days;
    EXPECT_TRUE(spells_of(days.plan(), "TH-1.1", "2022-01-31").empty());
    EXPECT_EQ(began_before({}, day_of("2022-01-31")), nullptr);
}

// Whatever happened: the spells say of each day what the calendar says of it.
TEST(Timeline, agrees_with_every_day_that_it_covers) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        test::LedgerBuilder ledger;
        ledger.draft_plan("TH");
        test::RandomHistory(ledger, seed).append(60);
        const auto history = ledger.history();
        const auto until = day_of("2024-12-31");
        const auto moment =
            must(plan_as_at(nullptr, *history, must(PlanRef::parse("TH")), ledger.size(), until));
        for (const auto& [ref, action] : moment.plan().actions) {
            const auto spells = delivery_spells(moment.plan(), action, until);
            ASSERT_FALSE(spells.empty());
            auto day = action.added_on;
            for (const auto& each : spells) {
                ASSERT_EQ(each.from, day) << "seed " << seed << ", " << ref.str();
                for (; day <= each.to; ++day.days) {
                    ASSERT_EQ(each.shown, delivery_on(moment.plan(), action, day))
                        << "seed " << seed << ", " << ref.str() << " on " << to_string(day);
                }
            }
            EXPECT_EQ(spells.back().to, until);
        }
    }
}

}  // namespace
}  // namespace wsoa
