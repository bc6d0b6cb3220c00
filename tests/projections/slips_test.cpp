#include "projections/slips.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::day_of;
using test::NewEvent;
using test::PlanDays;
using test::ref_of;
using testing::IsEmpty;

TEST(Slips, count_the_days_from_deadline_to_deadline) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.add_action("TH-1.2", "2022-09-30", "2022-02-01");
    days.move("TH-1.1", "2022-10-31", "2023-07-31", "2023-03-23");
    days.move("TH-1.2", "2022-09-30", "2022-12-31", "2022-09-08");
    const auto slips = slips_by(days.plan(), day_of("2023-12-31"));
    ASSERT_EQ(slips.size(), 2U);
    EXPECT_EQ(slips[0].ref, ref_of("TH-1.2"));  // moved first, though told last
    EXPECT_EQ(slips[0].days(), 92);
    EXPECT_LE(slips[0].days_late(), 0);
    EXPECT_EQ(slips[1].ref, ref_of("TH-1.1"));
    EXPECT_EQ(slips[1].days(), 273);
    EXPECT_EQ(slips[1].days_late(), 143);
}

TEST(Slips, are_only_those_that_were_applied_by_the_day) {
    PlanDays days;
    days.move("TH-1.1", "2022-10-31", "2023-07-31", "2022-09-23");
    days.tell({.kind = Kind::CHANGE_REQUESTED,
               .subject = "TH-1.1",
               .fields = {{"field", "deadline"},
                          {"from", "2023-07-31"},
                          {"to", "2023-12-31"},
                          {"level", "board"}},
               .effective = "2022-09-24"});
    const auto plan = days.plan();
    EXPECT_THAT(slips_by(plan, day_of("2022-09-22")), IsEmpty());
    EXPECT_EQ(slips_by(plan, day_of("2022-12-31")).size(), 1U);
    EXPECT_EQ(stage_on(plan.changes[0], day_of("2022-09-22")), std::nullopt);
    EXPECT_EQ(stage_on(plan.changes[0], day_of("2022-09-23")), schema::ChangeStage::APPLIED);
    EXPECT_EQ(stage_on(plan.changes[1], day_of("2022-09-24")), schema::ChangeStage::REQUESTED);
}

NewEvent registered(const std::string& ref, const std::string& day) {
    return {.kind = Kind::EVIDENCE_REGISTERED,
            .subject = ref,
            .fields = {{"type", "report"}, {"version", "1"}, {"personalData", "none"}},
            .effective = day};
}
NewEvent submitted(const std::string& ref, const std::string& day) {
    return {.kind = Kind::EVIDENCE_SUBMITTED,
            .subject = ref,
            .fields = {{"target", "TH-1.1"}},
            .effective = day};
}
NewEvent reviewed(Kind kind, const std::string& ref, EventIndex submission,
                  const std::string& day) {
    return {.kind = kind,
            .subject = ref,
            .fields = {{"target", "TH-1.1"}, {"checks", "dated"}},
            .effective = day,
            .answers = submission};
}

TEST(CompletedActions, tell_which_evidence_was_sent_back_first) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.tell(registered("TH-E03", "2022-11-14"));
    const auto first = days.tell(submitted("TH-E03", "2022-11-14"));
    days.tell(reviewed(Kind::EVIDENCE_REJECTED, "TH-E03", first, "2022-11-21"));
    days.tell({.kind = Kind::EVIDENCE_VERSION_ADDED,
               .subject = "TH-E03v2",
               .fields = {{"type", "report"},
                          {"version", "2"},
                          {"personalData", "none"},
                          {"prior", "TH-E03"}},
               .effective = "2022-12-01"});
    const auto second = days.tell(submitted("TH-E03v2", "2022-12-01"));
    days.tell(reviewed(Kind::EVIDENCE_ACCEPTED, "TH-E03v2", second, "2022-12-05"));
    days.complete("TH-1.1", "2022-12-15", "TH-E03v2");
    const auto plan = days.plan();
    const auto completed = completed_on(plan, day_of("2022-12-31"));
    ASSERT_EQ(completed.size(), 1U);
    EXPECT_EQ(completed[0].on, day_of("2022-12-15"));
    EXPECT_FALSE(completed[0].is_by_original_date());
    const CompletedAction::SentBack sent_back{.rejected = ref_of("TH-E03"),
                                              .rejected_on = day_of("2022-11-21"),
                                              .accepted = ref_of("TH-E03v2"),
                                              .accepted_on = day_of("2022-12-05")};
    EXPECT_THAT(completed[0].sent_back, testing::ElementsAre(sent_back));
    EXPECT_THAT(completed_on(plan, day_of("2022-12-14")), IsEmpty());
}

TEST(CompletedActions, that_were_undone_are_told_with_when_they_were_complete_again) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.complete("TH-1.1", "2022-10-20");
    const auto reopened = days.reopen("TH-1.1", "2023-03-09");
    days.complete("TH-1.1", "2023-07-20");
    const auto plan = days.plan();
    const auto undone = [&](std::string_view day) { return undone_by(plan, day_of(day)); };
    EXPECT_THAT(undone("2023-03-08"), IsEmpty());
    ASSERT_EQ(undone("2023-03-09").size(), 1U);
    EXPECT_EQ(undone("2023-03-09")[0].reopened_at, reopened);
    EXPECT_EQ(undone("2023-03-09")[0].complete_again, std::nullopt);
    EXPECT_EQ(undone("2023-07-20")[0].complete_again, day_of("2023-07-20"));
    EXPECT_EQ(completed_on(plan, day_of("2023-03-08")).size(), 1U);
    EXPECT_THAT(completed_on(plan, day_of("2023-07-19")), IsEmpty());
    EXPECT_EQ(completed_on(plan, day_of("2023-07-20"))[0].on, day_of("2023-07-20"));
}

}  // namespace
}  // namespace wsoa
