#include "ledger/plan/calendar.h"

#include "tests/support/changes.h"
#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using Because = ShownRating::Because;

Date day(std::string_view text) { return must(parse_date(text)); }

// A plan without a policy of its own.
const Plan& any_plan() {
    static const auto scene = plan_in_delivery("TH");
    return scene.plan("TH");
}

// Started on 1 March 2022, Amber from 10 March on; the deadline is 31 March 2023.
Action amber_action() {
    return given(plan_in_delivery("TH"), action_started("TH-1.2").on("2022-03-01"),
                 rating_proposed("TH-1.2", "A").on("2022-03-09"),
                 rating_confirmed("TH-1.2", "A").on("2022-03-10"))
        .scene()
        .action("TH-1.2");
}

TEST(Calendar, shows_an_action_as_not_started_until_its_start) {
    EXPECT_EQ(delivery_on(any_plan(), amber_action(), day("2022-02-28")),
              (ShownRating{.code = "GY", .because = Because::not_started}));
    EXPECT_EQ(delivery_on(any_plan(), plan_in_delivery("TH").action("TH-1.2"), day("2023-03-31")),
              (ShownRating{.code = "GY", .because = Because::not_started}));
}

TEST(Calendar, shows_an_action_as_unrated_from_its_start_until_a_confirmation) {
    for (const auto* const text : {"2022-03-01", "2022-03-09"}) {
        EXPECT_EQ(delivery_on(any_plan(), amber_action(), day(text)),
                  (ShownRating{.code = "UN", .because = Because::unrated}))
            << text;
    }
}

TEST(Calendar, shows_the_confirmed_rating_through_the_day_of_the_deadline) {
    for (const auto* const text : {"2022-03-10", "2023-03-31"}) {
        EXPECT_EQ(delivery_on(any_plan(), amber_action(), day(text)),
                  (ShownRating{.code = "A", .because = Because::confirmed}))
            << text;
    }
}

TEST(Calendar, shows_red_from_the_day_after_the_deadline) {
    EXPECT_EQ(delivery_on(any_plan(), amber_action(), day("2023-04-01")),
              (ShownRating{.code = "R", .because = Because::overdue}));
}

TEST(Calendar, shows_red_from_the_day_after_the_deadline_also_where_nothing_was_started) {
    EXPECT_EQ(delivery_on(any_plan(), plan_in_delivery("TH").action("TH-1.2"), day("2023-04-01")),
              (ShownRating{.code = "R", .because = Because::overdue}));
}

TEST(Calendar, tells_a_confirmed_red_from_an_overdue_one) {
    const auto action = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                              rating_proposed("TH-1.2", "R"), rating_confirmed("TH-1.2", "R"))
                            .scene()
                            .action("TH-1.2");
    EXPECT_EQ(delivery_on(any_plan(), action, day("2023-03-31")).because, Because::confirmed);
    EXPECT_EQ(delivery_on(any_plan(), action, day("2023-04-01")).because, Because::overdue);
}

TEST(Calendar, goes_by_the_deadline_that_was_in_force_on_the_day) {
    auto action = amber_action();
    action.deadline.set(day("2023-02-01"), EventIndex{90}, day("2023-06-30"));
    EXPECT_EQ(deadline_on(action, day("2023-01-31")), day("2023-03-31"));
    EXPECT_EQ(deadline_on(action, day("2023-02-01")), day("2023-06-30"));
    EXPECT_EQ(delivery_on(any_plan(), action, day("2023-04-01")).code, "A");
    EXPECT_EQ(delivery_on(any_plan(), action, day("2023-07-01")).because, Because::overdue);
    EXPECT_EQ(action.original_deadline, day("2023-03-31"));
}

// A deadline that is moved once it has passed makes no day between good.
TEST(Calendar, leaves_the_days_red_that_passed_before_a_deadline_was_moved) {
    auto action = amber_action();
    action.deadline.set(day("2023-04-10"), EventIndex{90}, day("2023-06-30"));
    EXPECT_EQ(delivery_on(any_plan(), action, day("2023-04-09")).because, Because::overdue);
    EXPECT_EQ(delivery_on(any_plan(), action, day("2023-04-10")).code, "A");
}

TEST(Calendar, goes_by_the_original_deadline_before_any_was_in_force) {
    EXPECT_EQ(deadline_on(amber_action(), day("2021-12-31")), day("2023-03-31"));
}

TEST(Calendar, shows_an_area_as_not_measurable_until_the_board_confirms_an_impact) {
    const auto scene = given(plan_in_delivery("TH"), impact_proposed("TH-1", "A").on("2022-06-14"),
                             impact_confirmed("TH-1", "A").on("2022-06-16"))
                           .scene();
    const auto& area = scene.plan("TH").areas.at(must(SubjectRef::parse("TH-1")));
    EXPECT_EQ(impact_on(area, day("2022-06-15")),
              (ShownRating{.code = "NM", .because = Because::unrated}));
    EXPECT_EQ(impact_on(area, day("2022-06-16")),
              (ShownRating{.code = "A", .because = Because::confirmed}));
}

}  // namespace
}  // namespace wsoa::test
