#include "ledger/event/kinds.h"
#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_deeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::ChangeStage;
using schema::WordField;
using testing::ElementsAre;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

const std::string due = "2023-03-31";
const std::string later = "2023-09-30";

// TH-1.2 moved from March to September 2023, on 3 February 2022.
Story moved() {
    return given(plan_in_delivery("TH"), change_requested("TH-1.2", due, later),
                 change_approved("TH-1.2", due, later).on("2022-02-02"),
                 change_applied("TH-1.2", due, later).on("2022-02-03"));
}

TEST(FoldChange, keeps_a_request_with_who_asked_for_it) {
    const auto scene = given(plan_in_delivery("TH"), change_requested("TH-1.2", due, later)
                                                         .by("programme-officer")
                                                         .on_behalf_of("head-of-send"))
                           .scene();
    ASSERT_EQ(scene.plan("TH").changes.size(), 1u);
    const auto& change = scene.plan("TH").changes.front();
    EXPECT_EQ(change.subject, subject("TH-1.2"));
    EXPECT_EQ(change.from, day(due));
    EXPECT_EQ(change.to, day(later));
    EXPECT_EQ(change.level, schema::ChangeLevel::BOARD);
    EXPECT_EQ(change.stage, ChangeStage::REQUESTED);
    EXPECT_EQ(change.requested.by, person("programme-officer"));
    EXPECT_EQ(change.requested.on_behalf_of, person("head-of-send"));
}

TEST(FoldChange, moves_a_deadline_once_the_change_is_applied_and_never_the_first_one) {
    const auto scene = moved().scene();
    const auto& action = scene.action("TH-1.2");
    EXPECT_EQ(action.deadline.at(day("2022-02-02"))->value, day(due));
    EXPECT_EQ(action.deadline.at(day("2022-02-03"))->value, day(later));
    EXPECT_EQ(action.original_deadline, day(due));
    const auto& change = scene.plan("TH").changes.front();
    EXPECT_EQ(change.stage, ChangeStage::APPLIED);
    EXPECT_EQ(change.approved->entry.effective, day("2022-02-02"));
    EXPECT_TRUE(change.approved->adviser_informed);
    EXPECT_EQ(change.ended->effective, day("2022-02-03"));
}

TEST(FoldChange, makes_a_milestone_that_was_missed_due_again) {
    const auto scene =
        given(plan_in_delivery("TH"), milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"),
              milestone_missed("TH-1.2.a").on("2022-10-01"),
              change_requested("TH-1.2.a", "2022-09-30", "2022-12-31").by("programme-officer"),
              change_approved("TH-1.2.a", "2022-09-30", "2022-12-31").with("late", "true"),
              change_applied("TH-1.2.a", "2022-09-30", "2022-12-31").on("2022-10-02"))
            .scene();
    const auto& milestone = scene.plan("TH").milestones.at(subject("TH-1.2.a"));
    EXPECT_EQ(milestone.deadline.latest()->value, day("2022-12-31"));
    EXPECT_EQ(milestone.original_deadline, day("2022-09-30"));
    EXPECT_EQ(milestone.stage.latest()->value, schema::MilestoneStage::DUE);
}

// A change of a figure of TH-M1, from request to application.
std::vector<Step> figure_changed(const std::string& field, const std::string& from,
                                 const std::string& to) {
    std::vector<Step> steps{change_requested("TH-M1", due, later).by("programme-officer"),
                            change_approved("TH-M1", due, later),
                            change_applied("TH-M1", due, later)};
    for (auto& step : steps) {
        step.without("from").without("to").with("field", field);
        step.with("fromValue", from).with("toValue", to);
    }
    return steps;
}

TEST(FoldChange, sets_the_figures_of_a_measure) {
    const auto scene =
        given(plan_in_delivery("TH"),
              Step(Kind::MEASURE_DEFINED, "TH-M1")
                  .with("definition", "1")
                  .with("unit", "percent")
                  .with("polarity", "higherIsBetter")
                  .with("period", "month")
                  .says(WordField::TITLE, "Plans issued in 20 weeks"),
              Step(Kind::BASELINE_SET, "TH-M1")
                  .with("definition", "1")
                  .with("periodEnd", "2022-01-31")
                  .with("value", "41"),
              Step(Kind::TARGET_SET, "TH-M1")
                  .with("definition", "1")
                  .with("value", "60")
                  .with("date", "2023-12-31"),
              figure_changed("target", "60", "55"), figure_changed("baseline", "41", "40"))
            .scene();
    const auto& measure = scene.plan("TH").measures.at(subject("TH-M1"));
    EXPECT_EQ(to_string(measure.target.latest()->value.value), "55");
    EXPECT_EQ(measure.target.latest()->value.date, day("2023-12-31"));
    EXPECT_EQ(to_string(measure.baseline.latest()->value.value), "40");
    EXPECT_EQ(measure.baseline.latest()->value.period_end, day("2022-01-31"));
}

TEST(FoldChange, changes_nothing_where_it_is_refused_or_taken_back) {
    const auto asked = given(plan_in_delivery("TH"), change_requested("TH-1.2", due, later));
    const auto refused = given(asked.scene(), change_refused("TH-1.2")).scene();
    EXPECT_EQ(refused.plan("TH").changes.front().stage, ChangeStage::REFUSED);
    EXPECT_EQ(refused.action("TH-1.2").deadline.latest()->value, day(due));
    const auto withdrawn = given(asked.scene(), change_withdrawn("TH-1.2")).scene();
    EXPECT_EQ(withdrawn.plan("TH").changes.front().stage, ChangeStage::WITHDRAWN);
    EXPECT_EQ(withdrawn.action("TH-1.2").deadline.latest()->value, day(due));
}

// What no kind of change can do: whatever is recorded, the first deadline stays as it was added.
TEST(FoldChange, has_no_kind_that_changes_an_original_deadline) {
    for (const auto& info : all_kinds()) {
        auto scene = moved().scene();
        Step step(info.kind, "TH-1.2");
        const auto first = scene.action("TH-1.2").original_deadline;
        for (const auto& field : info.fields) {
            if (!field.example.empty()) {
                step.with(field.name, field.example);
            }
        }
        if (kind_rule(info.kind).is_about(SubjectKind::action)) {
            scene.force(step.answers_event(scene.next_index().value - 1));
            EXPECT_EQ(scene.action("TH-1.2").original_deadline, first) << info.name;
        }
    }
}

TEST(FoldChange, has_no_place_for_what_answers_nothing) {
    const auto scene = moved().scene();
    expect_anomaly(scene, change_approved("TH-1.2", due, later), "no request that waits");
    expect_anomaly(scene, change_refused("TH-1.2"), "no request that waits");
    expect_anomaly(scene, change_withdrawn("TH-1.2"), "no request that waits");
    expect_anomaly(scene, change_applied("TH-1.2", due, later), "no approval that waits");
    expect_anomaly(scene, change_applied("TH-1.2", due, later).answers_nothing(),
                   "no approval that waits");
}

TEST(FoldChange, has_no_place_for_a_deadline_of_what_has_none) {
    auto scene = plan_in_delivery("TH");
    scene.force(change_requested("TH-1", due, later));
    scene.force(change_approved("TH-1", due, later));
    expect_anomaly(scene, change_applied("TH-1", due, later), "has a deadline");
}

TEST(FoldRating, keeps_what_was_proposed_where_it_is_overridden) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             rating_proposed("TH-1.2", "G"), rating_overridden("TH-1.2", "R"))
                           .scene();
    const auto& rating = scene.action("TH-1.2").delivery.confirmed.latest()->value;
    EXPECT_EQ(rating.code, "R");
    EXPECT_EQ(rating.instead_of, "G");
    EXPECT_EQ(rating.confirmed_by, person("board-chair"));
    EXPECT_TRUE(scene.action("TH-1.2").delivery.proposals.front().confirmed_by);
}

TEST(FoldRating, keeps_every_version_of_a_scale) {
    const auto scene =
        given(plan_in_delivery("TH"), scale_defined("1", "G,A,R"), scale_defined("2", "G,AG,AR,R"))
            .scene();
    const auto& scales = scene.plan("TH").scales;
    ASSERT_EQ(scales.size(), 2u);
    EXPECT_EQ(scales.front().axis, schema::Axis::DELIVERY);
    EXPECT_THAT(scales.front().codes, ElementsAre("G", "A", "R"));
    EXPECT_EQ(scales.back().version, 2);
}

TEST(FoldRating, has_no_place_for_an_override_of_nothing) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2")).scene();
    expect_anomaly(scene, rating_overridden("TH-1.2", "R").answers_nothing(),
                   "no proposal that waits");
    expect_anomaly(scene, rating_overridden("TH-9.9", "R").answers_nothing(),
                   "nothing of that reference");
}

}  // namespace
}  // namespace wsoa::test
