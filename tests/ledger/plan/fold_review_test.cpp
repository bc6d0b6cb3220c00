#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_forum.h"

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

Scene after(const std::vector<Step>& steps) { return forum_at_work(steps).scene(); }

PlanStage stage_of(const Scene& scene, std::string_view on) {
    const auto* stage = scene.plan("TH").stage.at(day(on));
    return stage == nullptr ? PlanStage::UNSET : stage->value;
}
AreaStage stage_of_area(const Scene& scene, std::string_view on) {
    const auto* stage = scene.plan("TH").areas.at(subject("TH-1")).stage.at(day(on));
    return stage == nullptr ? AreaStage::UNSET : stage->value;
}

TEST(FoldReview, keeps_a_check_from_schedule_to_holding) {
    const auto scene =
        after({review_scheduled("TH-R1", 1, "2022-03-01").with("until", "2022-03-02"),
               review_notified("TH-R1", "2022-03-01"), review_held("TH-R1", 1, "2022-03-02")});
    const auto& review = scene.plan("TH").reviews.at(subject("TH-R1"));
    EXPECT_EQ(review.type, schema::ReviewType::SUPPORT_AND_CHALLENGE);
    EXPECT_EQ(review.number, 1);
    EXPECT_THAT(review.bodies,
                ElementsAre(schema::Organisation::DFE, schema::Organisation::NHS_ENGLAND));
    EXPECT_EQ(review.scheduled->until, day("2022-03-02"));
    EXPECT_EQ(review.notified->notice_date, day("2022-02-01"));
    EXPECT_EQ(review.held->date, day("2022-03-02"));
    EXPECT_THAT(review.held->about, ElementsAre(subject("TH-1")));
    expect_anomaly(scene, review_scheduled("TH-R1", 2, "2022-04-01"), "stands for something else");
    expect_anomaly(scene, review_held("TH-R1", 1, "2022-03-03"), "was held before");
    expect_anomaly(scene, review_notified("TH-R1", "2022-04-01"), "held before its notice");
    expect_anomaly(scene, review_notified("TH-R2", "2022-04-01"), "its review is not there");
    expect_anomaly(scene, review_held("TH-1", 2, "2022-03-03"), "stands for something else");
}

TEST(FoldReview, takes_the_plan_through_an_inspection) {
    const auto scene =
        after({review_scheduled("TH-R1", 1, "2022-03-01").with("type", "revisit"),
               review_notified("TH-R1", "2022-03-01"),
               review_held("TH-R1", 1, "2022-03-01").with("type", "revisit"),
               letter_received("TH-E20", "2022-03-30"),
               outcome_recorded("TH-1", "TH-R1", "TH-E20").with("nextReview", "2023-03-01")});
    EXPECT_EQ(stage_of(scene, "2022-02-01"), PlanStage::VISIT_NOTIFIED);
    EXPECT_EQ(stage_of(scene, "2022-03-01"), PlanStage::VISITED);
    EXPECT_EQ(stage_of(scene, "2022-03-30"), PlanStage::OUTCOME_RECORDED);
    EXPECT_EQ(stage_of_area(scene, "2022-03-30"), AreaStage::JUDGED_SUFFICIENT);
    const auto& conclusions = scene.plan("TH").areas.at(subject("TH-1")).conclusions;
    ASSERT_EQ(conclusions.size(), 1u);
    EXPECT_EQ(conclusions.front().review, subject("TH-R1"));
    EXPECT_EQ(conclusions.front().letter, subject("TH-E20"));
    EXPECT_EQ(conclusions.front().next_review, day("2023-03-01"));
}

TEST(FoldReview, leaves_the_plan_in_its_stage_where_advisers_come_and_write) {
    const auto before = after({});
    const auto scene =
        after({review_scheduled("TH-R1", 1, "2022-03-01"), review_notified("TH-R1", "2022-03-01"),
               review_held("TH-R1", 1, "2022-03-01"), letter_received("TH-E20", "2022-03-30"),
               outcome_recorded("TH-1", "TH-R1", "TH-E20")});
    EXPECT_EQ(scene.plan("TH").stage, before.plan("TH").stage);
    EXPECT_EQ(stage_of_area(scene, "2022-03-30"), AreaStage::JUDGED_SUFFICIENT);
}

TEST(FoldReview, takes_no_outcome_of_what_is_not_there) {
    const auto scene = after({review_held("TH-R1", 1, "2022-03-01").with("type", "revisit"),
                              letter_received("TH-E20", "2022-03-30")});
    expect_anomaly(scene, outcome_recorded("TH-9", "TH-R1", "TH-E20"), "its area is not there");
    expect_anomaly(scene, outcome_recorded("TH-1", "TH-R9", "TH-E20"), "its review is not there");
}

TEST(FoldReview, judges_each_area_by_what_the_letter_says) {
    for (const auto* const bad :
         {"notSufficient", "notEffectiveAction", "inconsistent", "systemicFailings"}) {
        const auto scene =
            after({review_held("TH-R1", 1, "2022-03-01").with("type", "revisit"),
                   letter_received("TH-E20", "2022-03-30"),
                   outcome_recorded("TH-1", "TH-R1", "TH-E20").with("judgement", bad)});
        EXPECT_EQ(stage_of_area(scene, "2022-03-30"), AreaStage::JUDGED_NOT_SUFFICIENT) << bad;
    }
}

TEST(FoldReview, keeps_an_outcome_of_the_whole_plan_with_the_plan) {
    const auto scene =
        after({review_held("TH-R1", 1, "2022-03-01").with("type", "revisit"),
               letter_received("TH-E20", "2022-03-30"), outcome_recorded("TH", "TH-R1", "TH-E20")});
    EXPECT_EQ(scene.plan("TH").conclusions.size(), 1u);
    EXPECT_EQ(stage_of_area(scene, "2022-03-30"), stage_of_area(after({}), "2022-03-30"));
}

TEST(FoldReview, ends_the_monitoring_of_one_area) {
    const auto scene = after(
        {review_held("TH-R1", 1, "2022-03-01"), monitoring_ceased("TH-1", "TH-R1", "2022-03-01")});
    EXPECT_EQ(stage_of_area(scene, "2022-03-01"), AreaStage::MONITORING_CEASED);
    EXPECT_NE(scene.plan("TH").areas.at(subject("TH-2")).stage.latest()->value,
              AreaStage::MONITORING_CEASED);
    expect_anomaly(scene, monitoring_ceased("TH-9", "TH-R1", "2022-03-01"),
                   "its area is not there");
}

TEST(FoldReview, keeps_next_steps_with_their_check) {
    const auto scene = after({review_held("TH-R1", 1, "2022-03-01"), next_steps_recorded("TH-R1")});
    const auto& steps = scene.plan("TH").reviews.at(subject("TH-R1")).next_steps;
    ASSERT_EQ(steps.size(), 1u);
    EXPECT_THAT(steps.front().steps, ElementsAre(schema::NextStep::VISITS_CONTINUE));
    EXPECT_FALSE(steps.front().letter);
    expect_anomaly(scene, next_steps_recorded("TH-R2"), "the review is not there");
}

TEST(FoldReview, ends_a_request_once) {
    auto scene = after({information_requested("TH-I1", "2022-02-03"),
                        information_requested("TH-I2", "2022-02-03")});
    EXPECT_EQ(scene.plan("TH").requests.at(subject("TH-I1")).due, day("2022-02-03"));
    expect_anomaly(scene, information_requested("TH-I1", "2022-02-04"),
                   "stands for something else");
    expect_anomaly(scene, information_fulfilled("TH-I3"), "request of that reference is open");
    scene.force(information_fulfilled("TH-I1"));
    scene.force(information_refused("TH-I2"));
    EXPECT_TRUE(scene.plan("TH").requests.at(subject("TH-I1")).fulfilled);
    EXPECT_TRUE(scene.plan("TH").requests.at(subject("TH-I2")).refused);
    expect_anomaly(scene, information_refused("TH-I1"), "request of that reference is open");
    expect_anomaly(scene, information_fulfilled("TH-I2"), "request of that reference is open");
}

TEST(FoldReview, keeps_a_pack_with_its_readers) {
    const auto scene = after({evidence_registered("TH-E01"), pack_frozen("TH-K1", "TH-E01"),
                              pack_shared("TH-K1", "2022-03-01"), pack_read("TH-K1")});
    const auto& pack = scene.plan("TH").packs.at(subject("TH-K1"));
    EXPECT_EQ(pack.as_at, day("2022-02-01"));
    EXPECT_EQ(pack.recipient, person("dfe-adviser"));
    EXPECT_THAT(pack.items, ElementsAre(subject("TH-E01")));
    ASSERT_EQ(pack.shares.size(), 1u);
    EXPECT_EQ(pack.shares.front().recipient, person("nhse-adviser"));
    EXPECT_EQ(pack.shares.front().expires, day("2022-03-01"));
    ASSERT_EQ(pack.accesses.size(), 1u);
    EXPECT_EQ(pack.accesses.front().reader, person("dfe-adviser"));
    expect_anomaly(scene, pack_frozen("TH-K1", "TH-E01"), "stands for something else");
    expect_anomaly(scene, pack_shared("TH-K2", "2022-03-01"), "its pack is not there");
    expect_anomaly(scene, pack_read("TH-K2"), "its pack is not there");
}

}  // namespace
}  // namespace wsoa::test
