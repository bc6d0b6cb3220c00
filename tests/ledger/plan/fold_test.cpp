#include "ledger/plan/fold.h"

#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_deeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using testing::ElementsAre;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

TEST(Fold, begins_a_plan) {
    const auto scene =
        given(office_at_work(), plan_drafted("HGY").with("due", "2022-01-05")).scene();
    const auto& plan = scene.plan("HGY");
    EXPECT_EQ(plan.kind, schema::PlanKind::WSOA);
    EXPECT_EQ(plan.drafted_at, scene.last(Kind::PLAN_DRAFTED, "HGY"));
    EXPECT_EQ(plan.inspected_from, day("2021-06-28"));
    EXPECT_EQ(plan.inspected_to, day("2021-07-02"));
    EXPECT_EQ(plan.report_date, day("2021-09-24"));
    EXPECT_EQ(plan.due, day("2022-01-05"));
    EXPECT_THAT(plan.partners,
                ElementsAre(schema::Organisation::COUNCIL, schema::Organisation::NHS));
    EXPECT_FALSE(plan.predecessor);
}

TEST(Fold, remembers_the_plan_that_another_succeeds) {
    const auto scene =
        given(plan_in_delivery("TH"), plan_drafted("TH2").with("predecessor", "TH")).scene();
    EXPECT_EQ(scene.plan("TH2").predecessor, must(PlanRef::parse("TH")));
}

TEST(Fold, adds_an_area_with_its_lead) {
    const auto scene = plan_in_delivery("TH");
    const auto& area = scene.plan("TH").areas.at(subject("TH-1"));
    EXPECT_EQ(area.added_at, scene.last(Kind::AREA_ADDED, "TH-1"));
    EXPECT_EQ(area.lead.latest()->value, person("director-of-education"));
}

TEST(Fold, adds_an_outcome_to_its_area) {
    const auto scene = plan_in_delivery("TH");
    EXPECT_EQ(scene.plan("TH").outcomes.at(subject("TH-O2")).area, subject("TH-2"));
}

TEST(Fold, adds_an_action_to_its_outcome_and_area) {
    const auto scene = plan_in_delivery("TH");
    const auto& action = scene.action("TH-1.2");
    EXPECT_EQ(action.outcome, subject("TH-O1"));
    EXPECT_EQ(action.area, subject("TH-1"));
    EXPECT_EQ(action.owner.latest()->value, person("head-of-send"));
    EXPECT_EQ(action.accountable.latest()->value, person("director-of-education"));
    EXPECT_EQ(action.organisation, schema::Organisation::COUNCIL);
    EXPECT_EQ(action.start, day("2022-02-01"));
    EXPECT_EQ(action.original_deadline, day("2023-03-31"));
    EXPECT_EQ(action.deadline.latest()->value, day("2023-03-31"));
    EXPECT_THAT(action.measures, ElementsAre(subject("TH-M1")));
    EXPECT_EQ(action.evidence_required, 1);
    EXPECT_FALSE(action.started);
}

TEST(Fold, starts_an_action_on_the_day_that_the_entry_is_about) {
    const auto scene = given(plan_in_delivery("TH"),
                             action_started("TH-1.2").on("2022-03-10").effective("2022-03-01"))
                           .scene();
    const auto& started = scene.action("TH-1.2").started;
    ASSERT_TRUE(started);
    EXPECT_EQ(started->effective, day("2022-03-01"));
    EXPECT_EQ(started->index, scene.last(Kind::ACTION_STARTED, "TH-1.2"));
}

TEST(Fold, keeps_progress_with_its_author_month_and_figure) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             progress_recorded("TH-1.2", 60).with("period", "2022-02"))
                           .scene();
    const auto& progress = scene.action("TH-1.2").progress.latest()->value;
    EXPECT_EQ(progress.by, person("head-of-send"));
    EXPECT_EQ(progress.period, must(parse_month("2022-02")));
    EXPECT_EQ(progress.percent, 60u);
}

TEST(Fold, keeps_progress_without_month_and_figure) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             progress_recorded("TH-1.2", 60).without("percent"))
                           .scene();
    const auto& progress = scene.action("TH-1.2").progress.latest()->value;
    EXPECT_FALSE(progress.period);
    EXPECT_FALSE(progress.percent);
}

TEST(Fold, puts_late_progress_into_the_past_and_not_the_present) {
    const auto scene =
        given(plan_in_delivery("TH"), action_started("TH-1.2"),
              progress_recorded("TH-1.2", 40).on("2022-02-28"),
              progress_recorded("TH-1.2", 60).on("2022-03-31"),
              progress_recorded("TH-1.2", 50).on("2022-04-30").effective("2022-03-15"))
            .scene();
    const auto& progress = scene.action("TH-1.2").progress;
    EXPECT_EQ(progress.at(day("2022-03-14"))->value.percent, 40u);
    EXPECT_EQ(progress.at(day("2022-03-15"))->value.percent, 50u);
    EXPECT_EQ(progress.latest()->value.percent, 60u);
}

TEST(Fold, keeps_a_proposal_that_waits) {
    const auto scene =
        given(plan_in_delivery("TH"), action_started("TH-1.2"),
              rating_proposed("TH-1.2", "A").by("programme-officer").on_behalf_of("head-of-send"))
            .scene();
    const auto& delivery = scene.action("TH-1.2").delivery;
    ASSERT_EQ(delivery.proposals.size(), 1u);
    const auto& proposal = delivery.proposals.front();
    EXPECT_EQ(proposal.index, scene.last(Kind::RATING_PROPOSED, "TH-1.2"));
    EXPECT_EQ(proposal.by, person("programme-officer"));
    EXPECT_EQ(proposal.on_behalf_of, person("head-of-send"));
    EXPECT_EQ(proposal.from, "UN");
    EXPECT_EQ(proposal.to, "A");
    EXPECT_FALSE(proposal.confirmed_by);
    EXPECT_EQ(delivery.confirmed.latest(), nullptr);
}

TEST(Fold, sets_a_rating_once_it_is_confirmed) {
    const auto scene = given(plan_in_delivery("TH"), board_met("TH-B-2022-02-01"),
                             action_started("TH-1.2"), rating_proposed("TH-1.2", "A"),
                             rating_confirmed("TH-1.2", "A").with("meeting", "TH-B-2022-02-01"))
                           .scene();
    const auto& delivery = scene.action("TH-1.2").delivery;
    const auto& rating = delivery.confirmed.latest()->value;
    EXPECT_EQ(rating.code, "A");
    EXPECT_EQ(rating.scale, 1);
    EXPECT_EQ(rating.confirmed_by, person("director-of-education"));
    EXPECT_EQ(rating.meeting, subject("TH-B-2022-02-01"));
    EXPECT_EQ(rating.proposal, delivery.proposals.front().index);
    EXPECT_EQ(delivery.proposals.front().confirmed_by,
              scene.last(Kind::RATING_CONFIRMED, "TH-1.2"));
}

TEST(Fold, confirms_the_proposal_that_is_answered_and_no_other) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             rating_proposed("TH-1.2", "A").labelled("first"),
                             rating_proposed("TH-1.2", "R").labelled("second"),
                             rating_confirmed("TH-1.2", "A").answers("first"))
                           .scene();
    const auto& proposals = scene.action("TH-1.2").delivery.proposals;
    EXPECT_TRUE(proposals.front().confirmed_by);
    EXPECT_FALSE(proposals.back().confirmed_by);
}

TEST(Fold, puts_a_late_confirmation_into_the_past_and_not_the_present) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             rating_proposed("TH-1.2", "A").on("2022-02-10").labelled("amber"),
                             board_met("TH-B-2022-02-15"),
                             rating_proposed("TH-1.2", "G").on("2022-03-10").labelled("green"),
                             rating_confirmed("TH-1.2", "G").on("2022-03-20").answers("green"),
                             rating_confirmed("TH-1.2", "A")
                                 .on("2022-04-01")
                                 .effective("2022-02-15")
                                 .with("meeting", "TH-B-2022-02-15")
                                 .answers("amber"))
                           .scene();
    const auto& confirmed = scene.action("TH-1.2").delivery.confirmed;
    EXPECT_EQ(confirmed.at(day("2022-02-14")), nullptr);
    EXPECT_EQ(confirmed.at(day("2022-02-15"))->value.code, "A");
    EXPECT_EQ(confirmed.at(day("2022-03-20"))->value.code, "G");
    EXPECT_EQ(confirmed.latest()->value.code, "G");
}

TEST(Fold, keeps_the_impact_of_an_area_apart_from_the_delivery_of_its_actions) {
    const auto scene =
        given(plan_in_delivery("TH"), impact_proposed("TH-1", "A"), impact_confirmed("TH-1", "A"))
            .scene();
    EXPECT_EQ(scene.plan("TH").areas.at(subject("TH-1")).impact.confirmed.latest()->value.code,
              "A");
    EXPECT_EQ(scene.action("TH-1.2").delivery, Ratings{});
}

TEST(Fold, knows_every_kind_that_is_about_a_plan) {
    for (const auto& info : all_kinds()) {
        const auto& rule = kind_rule(info.kind);
        const bool is_of_a_plan =
            !rule.is_about(SubjectKind::ledger) && !rule.is_about(SubjectKind::person);
        EXPECT_EQ(folds_kind(info.kind), is_of_a_plan) << info.name;
    }
}

TEST(Fold, registers_evidence) {
    const auto scene = given(plan_in_delivery("TH"), evidence_registered("TH-E01")
                                                         .with("periodStart", "2022-01-01")
                                                         .with("periodEnd", "2022-01-31")
                                                         .with("reviewBy", "2023-01-31"))
                           .scene();
    const auto& evidence = scene.plan("TH").evidence.at(subject("TH-E01"));
    EXPECT_EQ(evidence.by, person("head-of-send"));
    EXPECT_EQ(evidence.type, schema::EvidenceKind::REPORT);
    EXPECT_EQ(evidence.version, 1);
    EXPECT_EQ(evidence.date_of_document, day("2022-01-20"));
    EXPECT_EQ(evidence.period_start, day("2022-01-01"));
    EXPECT_EQ(evidence.period_end, day("2022-01-31"));
    EXPECT_EQ(evidence.review_by.latest()->value, day("2023-01-31"));
    EXPECT_EQ(evidence.source, schema::Organisation::COUNCIL);
    EXPECT_EQ(evidence.personal_data, schema::PersonalData::NONE);
}

TEST(Fold, needs_no_events_of_other_plans) {
    const auto scene = given(plan_in_delivery("TH"), plan_drafted("HGY"),
                             area_added("HGY-1", "board-chair"), action_started("TH-1.2"),
                             progress_recorded("TH-1.2", 60), outcome_added("HGY-O1", "HGY-1"))
                           .scene();
    State state;
    for (std::uint64_t i = 0; i < scene.entries().size(); ++i) {
        const auto event = scene.event(i);
        if (event.envelope().plan != must(PlanRef::parse("HGY"))) {
            fold(state, event);
        }
    }
    EXPECT_EQ(*state.plan(must(PlanRef::parse("TH"))), scene.plan("TH"));
    EXPECT_EQ(state.keyring, scene.keyring());
    EXPECT_TRUE(state.anomalies.empty());
}

// Folding takes what no rule would accept.

TEST(FoldAnomaly, is_what_an_unknown_author_says_of_a_plan) {
    expect_anomaly(plan_in_delivery("TH"), action_started("TH-1.2").with_key("a stranger's key"),
                   "nobody holds the key");
}

TEST(FoldAnomaly, is_a_part_of_a_plan_that_is_not_there) {
    expect_anomaly(office_at_work(), area_added("TH-1", "board-chair"), "plan is not there");
    expect_anomaly(office_at_work(), action_started("TH-1.2"), "plan is not there");
    expect_anomaly(plan_in_delivery("TH"), Step(Kind::ACTION_STARTED, "@head-of-send"),
                   "plan is not there");
}

TEST(FoldAnomaly, is_a_plan_that_was_drafted_before_or_is_none) {
    expect_anomaly(plan_in_delivery("TH"), plan_drafted("TH"), "drafted before");
    expect_anomaly(plan_in_delivery("TH"), plan_drafted("TH-3"), "not a plan");
    expect_anomaly(plan_in_delivery("TH"), plan_drafted("@head-of-send"), "not a plan");
}

TEST(FoldAnomaly, is_a_reference_that_stands_for_something_else) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, area_added("TH-1.2", "board-chair"), "stands for something else");
    expect_anomaly(scene, outcome_added("TH-1", "TH-1"), "stands for something else");
    expect_anomaly(scene, action_added("TH-O1", "TH-O1"), "stands for something else");
    expect_anomaly(scene, evidence_registered("TH-1"), "stands for something else");
    expect_anomaly(scene, evidence_registered("TH"), "stands for something else");
}

TEST(FoldAnomaly, is_a_part_whose_parent_is_not_there) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, outcome_added("TH-O3", "TH-9"), "TH-9 is not there");
    expect_anomaly(scene, action_added("TH-1.3", "TH-O9"), "TH-O9 is not there");
}

TEST(FoldAnomaly, is_what_happens_to_an_action_that_is_not_there) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, action_started("TH-9.9"), "action is not there");
    expect_anomaly(scene, progress_recorded("TH-9.9", 10), "action is not there");
    expect_anomaly(scene, progress_recorded("TH-1", 10), "action is not there");
}

TEST(FoldAnomaly, is_a_second_start) {
    auto scene = plan_in_delivery("TH");
    scene.force(action_started("TH-1.2"));
    expect_anomaly(scene, action_started("TH-1.2").on("2022-03-01"), "started before");
}

TEST(FoldAnomaly, is_a_rating_of_what_is_not_rated) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, rating_proposed("TH-1", "G"), "nothing of that reference");
    expect_anomaly(scene, impact_proposed("TH-1.2", "G"), "nothing of that reference");
    expect_anomaly(scene, impact_confirmed("TH-1.2", "G").answers_nothing(),
                   "nothing of that reference");
}

TEST(FoldAnomaly, is_a_confirmation_of_nothing_that_waits) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             rating_proposed("TH-1.2", "A"), rating_confirmed("TH-1.2", "A"))
                           .scene();
    expect_anomaly(scene, rating_confirmed("TH-1.2", "A"), "no proposal that waits");
    expect_anomaly(scene, rating_confirmed("TH-1.2", "A").answers_nothing(),
                   "no proposal that waits");
}

// Rules refuse these; a fold has no opinion.
TEST(Fold, takes_progress_and_ratings_of_an_action_that_was_not_started) {
    auto scene = plan_in_delivery("TH");
    scene.force(progress_recorded("TH-1.2", 10));
    scene.force(rating_proposed("TH-1.2", "A"));
    EXPECT_TRUE(scene.state().anomalies.empty());
    EXPECT_EQ(scene.action("TH-1.2").progress.latest()->value.percent, 10u);
    EXPECT_EQ(scene.action("TH-1.2").delivery.proposals.size(), 1u);
}

}  // namespace
}  // namespace wsoa::test
