#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

TEST(PolicyRules, accept_a_policy_from_the_day_of_its_record) {
    forum_at_work().when(policy_set()).is_accepted_by("R139");
}

TEST(PolicyRules, refuse_a_policy_that_would_change_what_was_shown_before) {
    forum_at_work().when(policy_set().effective("2022-01-31")).is_refused_by("R139");
}

TEST(PolicyRules, refuse_a_policy_without_periods) {
    forum_at_work().when(policy_set().with("period", "once")).is_refused_by("R139");
}

TEST(HolidayRules, accept_weekdays_of_the_year) {
    forum_at_work().when(holidays_set(2022, "2022-01-03,2022-04-15")).is_accepted_by("R139");
}

TEST(HolidayRules, refuse_weekends_and_days_of_another_year) {
    for (const auto* const day : {"2022-01-01", "2022-01-02", "2023-01-02", "2021-12-31"}) {
        forum_at_work().when(holidays_set(2022, day)).is_refused_by("R139");
    }
}

TEST(PeriodRules, accept_each_size_that_covers_the_plan_and_was_reached) {
    const auto story = forum_at_work();
    const auto& scene = story.scene();
    story.when(period_closed(scene.next_index().value)).is_accepted_by("R140");
    story.when(period_closed(scene.plan("TH").drafted_at.value + 1)).is_accepted_by("R140");
}

TEST(PeriodRules, refuse_sizes_before_the_plan_and_beyond_the_ledger) {
    const auto story = forum_at_work();
    const auto& scene = story.scene();
    story.when(period_closed(scene.next_index().value + 1)).is_refused_by("R140");
    story.when(period_closed(scene.plan("TH").drafted_at.value)).is_refused_by("R140");
    story.when(period_closed(0)).is_refused_by("R140");
}

TEST(PeriodRules, turn_away_a_size_that_was_closed) {
    auto story = forum_at_work();
    const auto size = story.scene().next_index().value;
    story.add(period_closed(size));
    story.when(period_closed(size).by("programme-deputy")).conflicts_by("R140");
}

}  // namespace
}  // namespace wsoa::test
