#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_deeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::ActionStage;
using schema::MilestoneStage;
using testing::ElementsAre;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }

Story begun() { return given(plan_in_delivery("TH"), action_started("TH-1.2")); }

TEST(FoldAction, pauses_and_resumes) {
    const auto scene =
        given(begun().scene(), action_paused("TH-1.2", "2022-09-01").on("2022-03-01"),
              action_resumed("TH-1.2").on("2022-08-15"))
            .scene();
    const auto& action = scene.action("TH-1.2");
    EXPECT_EQ(action.stage_on(day("2022-02-28")), ActionStage::IN_PROGRESS);
    EXPECT_EQ(action.stage_on(day("2022-03-01")), ActionStage::PAUSED);
    EXPECT_EQ(action.stage_on(day("2022-08-15")), ActionStage::IN_PROGRESS);
    EXPECT_EQ(action.paused_until.latest()->value, day("2022-09-01"));
}

TEST(FoldAction, puts_a_late_pause_into_the_past_and_not_the_present) {
    auto scene = given(begun().scene(), completion_claimed("TH-1.2", "").on("2022-06-01")).scene();
    scene.force(action_paused("TH-1.2", "2022-05-01").effective("2022-04-01"));
    const auto& action = scene.action("TH-1.2");
    EXPECT_EQ(action.stage_on(day("2022-04-01")), ActionStage::PAUSED);
    EXPECT_EQ(action.stage_now(), ActionStage::COMPLETION_CLAIMED);
}

TEST(FoldAction, follows_a_claim_to_its_rejection_and_the_next_to_its_completion) {
    const auto scene = given(begun().scene(), item_accepted("TH-E02", "TH-1.2"),
                             completion_claimed("TH-1.2", "TH-E02").on("2022-03-01"),
                             completion_rejected("TH-1.2").on("2022-03-02"),
                             completion_claimed("TH-1.2", "TH-E02").on("2022-04-01"),
                             action_completed("TH-1.2", "TH-E02").on("2022-04-20"))
                           .scene();
    const auto& action = scene.action("TH-1.2");
    ASSERT_EQ(action.claims.size(), 2u);
    EXPECT_EQ(action.claims.front().rejected->effective, day("2022-03-02"));
    EXPECT_EQ(action.claims.back().completed->effective, day("2022-04-20"));
    EXPECT_THAT(action.claims.back().evidence, ElementsAre(subject("TH-E02")));
    EXPECT_EQ(action.stage_on(day("2022-03-02")), ActionStage::IN_PROGRESS);
    EXPECT_EQ(action.stage_on(day("2022-04-20")), ActionStage::COMPLETE);
    ASSERT_EQ(action.completions.size(), 1u);
    EXPECT_FALSE(action.completions.front().reopened);
}

TEST(FoldAction, sets_the_rating_back_when_a_completion_is_undone) {
    const auto scene =
        given(begun().scene(), rating_proposed("TH-1.2", "G"), rating_confirmed("TH-1.2", "G"),
              item_accepted("TH-E02", "TH-1.2"), completion_claimed("TH-1.2", "TH-E02"),
              action_completed("TH-1.2", "TH-E02"), action_reopened("TH-1.2").on("2022-05-01"))
            .scene();
    const auto& action = scene.action("TH-1.2");
    EXPECT_EQ(action.stage_now(), ActionStage::IN_PROGRESS);
    EXPECT_EQ(action.completions.front().reopened->effective, day("2022-05-01"));
    EXPECT_EQ(action.delivery.confirmed.at(day("2022-04-30"))->value.code, "G");
    EXPECT_EQ(action.delivery.confirmed.latest()->value.code, "UN");
}

TEST(FoldAction, embeds_what_is_complete) {
    const auto scene =
        given(plan_in_delivery("TH"), action_done(), action_embedded("TH-1.2")).scene();
    EXPECT_EQ(scene.action("TH-1.2").stage_now(), ActionStage::EMBEDDED);
}

TEST(FoldAction, names_the_actions_that_take_up_what_is_withdrawn) {
    const auto scene = given(plan_in_delivery("TH"),
                             action_withdrawn("TH-1.1").with("successors", "TH-1.2,TH-2.1"))
                           .scene();
    EXPECT_EQ(scene.action("TH-1.1").stage_now(), ActionStage::WITHDRAWN);
    EXPECT_THAT(scene.action("TH-1.1").successors,
                ElementsAre(subject("TH-1.2"), subject("TH-2.1")));
}

TEST(FoldAction, merges_and_splits) {
    auto scene = plan_in_delivery("TH");
    scene.force(action_merged("TH-1.1", "TH-1.2"));
    scene.force(action_split("TH-2.1", "TH-1.2,TH-2.2"));
    EXPECT_EQ(scene.action("TH-1.1").stage_now(), ActionStage::MERGED);
    EXPECT_THAT(scene.action("TH-1.1").successors, ElementsAre(subject("TH-1.2")));
    EXPECT_EQ(scene.action("TH-2.1").stage_now(), ActionStage::SPLIT);
    EXPECT_THAT(scene.action("TH-2.1").successors,
                ElementsAre(subject("TH-1.2"), subject("TH-2.2")));
}

TEST(FoldAction, follows_a_milestone) {
    const auto scene =
        given(begun().scene(), milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"),
              milestone_added("TH-1.2.b", "TH-1.2", "2022-09-30"),
              milestone_missed("TH-1.2.a").on("2022-10-01"), milestone_withdrawn("TH-1.2.b"),
              milestone_met("TH-1.2.a", "2022-10-10").on("2022-10-12"))
            .scene();
    const auto& milestones = scene.plan("TH").milestones;
    const auto& late = milestones.at(subject("TH-1.2.a"));
    EXPECT_EQ(late.action, subject("TH-1.2"));
    EXPECT_EQ(late.original_deadline, day("2022-09-30"));
    EXPECT_EQ(late.stage.at(day("2022-09-30"))->value, MilestoneStage::DUE);
    EXPECT_EQ(late.stage.at(day("2022-10-01"))->value, MilestoneStage::MISSED);
    EXPECT_EQ(late.stage.latest()->value, MilestoneStage::MET);
    EXPECT_EQ(late.met_on, day("2022-10-10"));
    EXPECT_EQ(milestones.at(subject("TH-1.2.b")).stage.latest()->value, MilestoneStage::WITHDRAWN);
}

TEST(FoldAction, has_no_place_for_what_answers_or_undoes_nothing) {
    const auto scene = begun().scene();
    expect_anomaly(scene, completion_rejected("TH-1.2").answers_nothing(), "no claim that waits");
    expect_anomaly(scene, action_completed("TH-1.2", "").answers_nothing(), "no claim that waits");
    expect_anomaly(scene, action_reopened("TH-1.2"), "no completion stands");
    const auto done = given(plan_in_delivery("TH"), action_done()).scene();
    expect_anomaly(done, action_completed("TH-1.2", "TH-E02"), "no claim that waits");
    auto reopened = done;
    reopened.force(action_reopened("TH-1.2"));
    expect_anomaly(reopened, action_reopened("TH-1.2"), "no completion stands");
}

TEST(FoldAction, has_no_place_for_what_is_about_nothing) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, action_paused("TH-9.9", "2022-09-01"), "action is not there");
    expect_anomaly(scene, action_withdrawn("TH-9.9"), "action is not there");
    expect_anomaly(scene, milestone_added("TH-1.2.a", "TH-9.9", "2022-09-30"),
                   "TH-9.9 is not there");
    expect_anomaly(scene, milestone_added("TH-1", "TH-1.2", "2022-09-30"),
                   "stands for something else");
    expect_anomaly(scene, milestone_met("TH-1.2.a", "2022-02-01"), "milestone is not there");
    expect_anomaly(scene, milestone_missed("TH-1.2.a"), "milestone is not there");
}

}  // namespace
}  // namespace wsoa::test
