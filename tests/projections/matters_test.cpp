#include "projections/matters.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::day_of;
using test::PlanDays;
using test::ref_of;

// TH-1.1 turns Red on 9 June 2022; its exception is opened on the 14th.
struct Told {
    PlanDays days;
    EventIndex opened;

    Told() {
        days.start("TH-1.1", "2022-03-01");
        days.rate("TH-1.1", "R", "2022-06-09");
        opened = days.tell(about(Kind::EXCEPTION_OPENED, "2022-06-14"));
    }
    static test::NewEvent about(Kind kind, const std::string& day) {
        return {.kind = kind,
                .subject = "TH-1.1",
                .fields = {{"exception", "TH-X1"}},
                .effective = day};
    }
};

TEST(Exceptions, count_the_days_from_red_to_their_opening_and_on_to_the_answer) {
    Told told;
    auto answer = Told::about(Kind::EXCEPTION_ANSWERED, "2022-07-21");
    answer.answers = told.opened;
    told.days.tell(answer);
    const auto plan = told.days.plan();
    EXPECT_TRUE(exceptions_by(plan, day_of("2022-06-13")).empty());
    const auto waits = exceptions_by(plan, day_of("2022-07-20"));
    ASSERT_EQ(waits.size(), 1U);
    EXPECT_EQ(waits[0].red_since, day_of("2022-06-09"));
    EXPECT_EQ(waits[0].days_to_open(), 5);
    EXPECT_EQ(waits[0].days_to_answer(), std::nullopt);
    EXPECT_EQ(exceptions_by(plan, day_of("2022-07-21"))[0].days_to_answer(), 37);
    EXPECT_TRUE(exceptions_by(plan, day_of("2022-07-21"))[0].is_open());
}

TEST(Exceptions, of_an_action_that_was_not_red_name_no_day) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.tell(Told::about(Kind::EXCEPTION_OPENED, "2022-06-14"));
    EXPECT_EQ(exceptions_by(days.plan(), day_of("2022-06-30"))[0].red_since, std::nullopt);
}

TEST(Exceptions, that_are_wanting_are_named_while_the_action_is_red) {
    Told told;
    const auto plan = told.days.plan();
    EXPECT_TRUE(red_without_exception(plan, day_of("2022-06-08")).empty());
    EXPECT_THAT(red_without_exception(plan, day_of("2022-06-13")),
                testing::ElementsAre(RedWithoutException{.ref = ref_of("TH-1.1"),
                                                         .red_since = day_of("2022-06-09")}));
    EXPECT_TRUE(red_without_exception(plan, day_of("2022-06-14")).empty());
}

TEST(Exceptions, that_are_closed_leave_a_red_action_without_one) {
    Told told;
    auto closing = Told::about(Kind::EXCEPTION_CLOSED, "2022-08-01");
    told.days.tell(closing);
    const auto plan = told.days.plan();
    EXPECT_FALSE(exceptions_by(plan, day_of("2022-08-01"))[0].is_open());
    EXPECT_EQ(red_without_exception(plan, day_of("2022-08-01")).size(), 1U);
}

}  // namespace
}  // namespace wsoa
