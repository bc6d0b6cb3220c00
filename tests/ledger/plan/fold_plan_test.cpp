#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_deeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::AreaStage;
using schema::PlanStage;
using testing::ElementsAre;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

PlanStage stage_of(const Scene& scene, std::string_view on) {
    return scene.plan("TH").stage.at(day(on))->value;
}

TEST(FoldPlan, follows_a_version_from_its_submission_to_its_baseline) {
    const auto scene = given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"),
                             plan_submitted("v1.0").on("2022-02-10"),
                             plan_declared_fit("v1.0", "TH-E01").on("2022-02-20"),
                             plan_baselined("v1.0").on("2022-03-01"))
                           .scene();
    EXPECT_EQ(stage_of(scene, "2022-02-09"), PlanStage::DRAFTING);
    EXPECT_EQ(stage_of(scene, "2022-02-10"), PlanStage::SUBMITTED);
    EXPECT_EQ(stage_of(scene, "2022-02-20"), PlanStage::FIT_FOR_PURPOSE);
    EXPECT_EQ(stage_of(scene, "2022-03-01"), PlanStage::IN_DELIVERY);
    const auto& plan = scene.plan("TH");
    ASSERT_EQ(plan.versions.size(), 1u);
    EXPECT_EQ(plan.versions.front().label, "v1.0");
    EXPECT_EQ(plan.versions.front().fit_for_purpose->effective, day("2022-02-20"));
    EXPECT_EQ(plan.versions.front().letter, subject("TH-E01"));
    ASSERT_EQ(plan.baselines.size(), 1u);
    EXPECT_THAT(plan.baselines.front().items,
                ElementsAre(subject("TH-1.1"), subject("TH-1.2"), subject("TH-2.1")));
    EXPECT_EQ(plan.areas.at(subject("TH-1")).stage.latest()->value, AreaStage::IN_DELIVERY);
}

TEST(FoldPlan, goes_back_to_drafting_when_a_version_is_returned) {
    const auto scene = given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"),
                             plan_submitted("v1.0"), plan_returned("v1.0", "TH-E01"))
                           .scene();
    EXPECT_EQ(scene.plan("TH").stage.latest()->value, PlanStage::DRAFTING);
    EXPECT_TRUE(scene.plan("TH").versions.front().returned);
}

TEST(FoldPlan, keeps_earlier_baselines) {
    const auto scene =
        given(plan_in_delivery("TH"), baseline_adopted(), board_met("TH-B-2022-07-21"),
              plan_rebaselined("v2.0", "TH-B-2022-07-21"))
            .scene();
    const auto& baselines = scene.plan("TH").baselines;
    ASSERT_EQ(baselines.size(), 2u);
    EXPECT_EQ(baselines.front().label, "v1.0");
    EXPECT_EQ(baselines.back().meeting, subject("TH-B-2022-07-21"));
    EXPECT_TRUE(baselines.back().adviser_informed);
}

TEST(FoldPlan, remembers_what_a_successor_takes_over) {
    auto scene = plan_in_delivery("TH");
    scene.force(plan_superseded("THA", "TH-1.2=THA-1.1"));
    const auto& plan = scene.plan("TH");
    EXPECT_EQ(plan.stage.latest()->value, PlanStage::SUPERSEDED);
    ASSERT_TRUE(plan.succession);
    EXPECT_EQ(plan.succession->successor, must(PlanRef::parse("THA")));
    EXPECT_EQ(plan.succession->carried.front().to, subject("THA-1.1"));
}

TEST(FoldPlan, hands_over_on_the_first_day_of_the_new_owner_and_leaves_no_gap) {
    const auto scene =
        given(plan_in_delivery("TH"), handed_over("TH-1.2", "head-of-send", "send-team-manager"),
              handover_accepted("TH-1.2", "send-team-manager").on("2022-09-05"))
            .scene();
    const auto& owner = scene.action("TH-1.2").owner;
    EXPECT_EQ(owner.at(day("2022-08-31"))->value, person("head-of-send"));
    EXPECT_EQ(owner.at(day("2022-09-01"))->value, person("send-team-manager"));
    EXPECT_EQ(scene.plan("TH").handovers.front().accepted->effective, day("2022-09-05"));
}

TEST(FoldPlan, changes_no_owner_before_the_handover_is_accepted) {
    const auto scene = given(plan_in_delivery("TH"),
                             handed_over("TH-1", "director-of-education", "case-work-lead"))
                           .scene();
    EXPECT_EQ(scene.plan("TH").areas.at(subject("TH-1")).lead.latest()->value,
              person("director-of-education"));
}

TEST(FoldPlan, changes_the_lead_of_an_area) {
    const auto scene = given(plan_in_delivery("TH"),
                             handed_over("TH-1", "director-of-education", "case-work-lead"),
                             handover_accepted("TH-1", "case-work-lead"))
                           .scene();
    EXPECT_EQ(scene.plan("TH").areas.at(subject("TH-1")).lead.latest()->value,
              person("case-work-lead"));
}

TEST(FoldPlan, has_no_place_for_what_answers_nothing) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, plan_returned("v1.0", "TH-E01"), "no such version");
    expect_anomaly(scene, plan_declared_fit("v1.0", "TH-E01"), "no such version");
    expect_anomaly(scene, handover_accepted("TH-1.2", "head-of-send").answers_nothing(),
                   "no handover");
}

}  // namespace
}  // namespace wsoa::test
