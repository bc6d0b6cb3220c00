#include "projections/kept.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::day_of;
using test::PlanDays;
using test::ref_of;

using Stands = Kept::Stands;

// TH-1.1 is kept until 1 June 2022, TH-1 until the end of that year.
void tell_rules(PlanDays& days) {
    days.start("TH-1.1", "2022-03-01");
    days.tell({.kind = Kind::RETENTION_APPLIED,
               .subject = "TH-1.1",
               .fields = {{"class", "evidence"}, {"due", "2022-06-01"}},
               .effective = "2022-03-01"});
    days.tell({.kind = Kind::RETENTION_APPLIED,
               .subject = "TH-1",
               .fields = {{"class", "governance"}, {"due", "2022-12-31"}},
               .effective = "2022-03-01"});
}

Plan told() {
    PlanDays days;
    tell_rules(days);
    return days.plan();
}

Stands stands(const Plan& plan, const std::string& ref, const std::string& day) {
    for (const auto& kept : kept_on(plan, day_of(day))) {
        if (kept.ref == ref_of(ref)) {
            return kept.stands;
        }
    }
    return {};
}

TEST(KeptItems, are_due_from_their_day_on) {
    const auto plan = told();
    EXPECT_EQ(stands(plan, "TH-1.1", "2022-05-31"), Stands::kept);
    EXPECT_EQ(stands(plan, "TH-1.1", "2022-06-01"), Stands::due);
    EXPECT_EQ(stands(plan, "TH-1", "2022-06-01"), Stands::kept);
}

TEST(KeptItems, that_are_due_stand_before_the_rest) {
    const auto all = kept_on(told(), day_of("2022-06-01"));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].ref, ref_of("TH-1.1"));
    EXPECT_EQ(all[1].ref, ref_of("TH-1"));
}

TEST(KeptItems, are_not_there_before_a_rule_was_applied) {
    EXPECT_TRUE(kept_on(told(), day_of("2022-02-28")).empty());
}

TEST(KeptItems, are_held_while_a_hold_on_them_or_on_the_plan_is_in_force) {
    PlanDays days;
    tell_rules(days);
    days.tell({.kind = Kind::HOLD_PLACED,
               .subject = "TH-H1",
               .fields = {{"scope", "TH"}},
               .effective = "2022-05-01"});
    const auto plan = days.plan();
    EXPECT_EQ(stands(plan, "TH-1.1", "2022-06-01"), Stands::held);
    EXPECT_EQ(kept_on(plan, day_of("2022-06-01"))[0].hold->ref, ref_of("TH-H1"));
    // Nothing is due yet, so that nothing needs to be held.
    EXPECT_EQ(stands(plan, "TH-1", "2022-06-01"), Stands::kept);
}

TEST(KeptItems, are_approved_and_gone_from_the_day_of_each_on) {
    PlanDays days;
    tell_rules(days);
    const auto approved = days.tell({.kind = Kind::DISPOSAL_APPROVED,
                                     .subject = "TH-1.1",
                                     .fields = {},
                                     .effective = "2022-06-10"});
    days.tell({.kind = Kind::DISPOSED,
               .subject = "TH-1.1",
               .fields = {{"keyDestroyed", "true"}},
               .effective = "2022-06-20",
               .answers = approved});
    const auto plan = days.plan();
    EXPECT_EQ(stands(plan, "TH-1.1", "2022-06-09"), Stands::due);
    EXPECT_EQ(stands(plan, "TH-1.1", "2022-06-10"), Stands::approved);
    EXPECT_EQ(stands(plan, "TH-1.1", "2022-06-20"), Stands::gone);
}

}  // namespace
}  // namespace wsoa
