#include "tests/support/story_evid.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// TH-E01 waits to be reviewed for TH-1.2.
Story waiting() { return given(plan_in_delivery("TH"), evidence_waiting("TH-E01", "TH-1.2")); }

TEST(AcceptanceRules, review_what_was_submitted) {
    waiting().when(evidence_accepted("TH-E01", "TH-1.1")).is_refused_by("R89");
    waiting().when(evidence_accepted("TH-E01", "TH-1.2").answers_nothing()).is_refused_by("R89");
    waiting().when(evidence_rejected("TH-E01", "TH-1.2").answers_event(3)).is_refused_by("R89");
    waiting().when(evidence_accepted("TH-E01", "TH-1.2")).is_accepted_by("R89");
    waiting().when(evidence_rejected("TH-E01", "TH-1.2")).is_accepted_by("R89");
    waiting().when(evidence_more_asked("TH-E01", "TH-1.2")).is_accepted_by("R89");
}

TEST(AcceptanceRules, give_one_verdict_on_a_submission) {
    auto story = waiting();
    story.add(evidence_accepted("TH-E01", "TH-1.2"));
    story.when(evidence_rejected("TH-E01", "TH-1.2")).conflicts_by("R89");
    story.when(evidence_more_asked("TH-E01", "TH-1.2")).conflicts_by("R89");
}

TEST(AcceptanceRules, let_a_question_come_before_the_verdict) {
    auto story = waiting();
    story.add(evidence_more_asked("TH-E01", "TH-1.2"));
    story.when(evidence_accepted("TH-E01", "TH-1.2")).is_accepted_by("R89");
    story.add(evidence_submitted("TH-E01", "TH-1.2"));
    story.when(evidence_accepted("TH-E01", "TH-1.2")).is_accepted_by("R89");
}

TEST(AcceptanceRules, review_the_newest_submission) {
    auto story = given(
        plan_in_delivery("TH"), evidence_registered("TH-E01"), evidence_linked("TH-E01", "TH-1.2"),
        evidence_submitted("TH-E01", "TH-1.2").labelled("first"),
        evidence_more_asked("TH-E01", "TH-1.2"), evidence_submitted("TH-E01", "TH-1.2"));
    story.when(evidence_accepted("TH-E01", "TH-1.2").answers("first")).is_refused_by("R89");
    story.when(evidence_accepted("TH-E01", "TH-1.2")).is_accepted_by("R89");
}

TEST(AcceptanceRules, let_nobody_review_what_they_submitted) {
    const auto story =
        given(plan_in_delivery("TH"), evidence_registered("TH-E01").by("director-of-education"),
              evidence_linked("TH-E01", "TH-1.2").by("director-of-education"),
              evidence_submitted("TH-E01", "TH-1.2").by("director-of-education"));
    const auto review = evidence_accepted("TH-E01", "TH-1.2");
    story.when(review).is_refused_by("R90");
    story.when(evidence_rejected("TH-E01", "TH-1.2")).is_refused_by("R90");
    story.when(Step(review).by("case-work-lead")).is_accepted_by("R90");
}

TEST(AcceptanceRules, let_nobody_review_what_the_office_submitted_for_them) {
    const auto story = given(plan_in_delivery("TH"), evidence_registered("TH-E01"),
                             evidence_linked("TH-E01", "TH-1.2"),
                             evidence_submitted("TH-E01", "TH-1.2")
                                 .by("programme-officer")
                                 .on_behalf_of("director-of-education"));
    const auto review = evidence_accepted("TH-E01", "TH-1.2");
    story.when(review).is_refused_by("R90");
    story.when(Step(review).by("case-work-lead")).is_accepted_by("R90");
}

// head-of-send owns TH-1.2, and also answers for the plan.
Story owner_who_could_review(const std::vector<Step>& steps) {
    return given(plan_in_delivery("TH"), granted("head-of-send", Role::ACCOUNTABLE_OFFICER, "TH"),
                 measure_defined("TH-M1"),
                 Step(Kind::MILESTONE_ADDED, "TH-1.2a")
                     .with("parent", "TH-1.2")
                     .with("deadline", "2022-09-30")
                     .says(schema::WordField::TITLE, "Half of the backlog is cleared"),
                 steps);
}
std::vector<Step> submitted_by_another(const std::string& target) {
    auto steps = evidence_waiting("TH-E01", target);
    for (auto& step : steps) {
        step.by("send-team-manager");
    }
    return steps;
}

TEST(AcceptanceRules, let_no_owner_review_evidence_for_their_action) {
    // TH-M1 is a measure of TH-1.2.
    for (const auto* const target : {"TH-1.2", "TH-1.2a", "TH-M1"}) {
        const auto story = owner_who_could_review(submitted_by_another(target));
        const auto review = evidence_accepted("TH-E01", target);
        story.when(Step(review).by("head-of-send").as(Role::ACCOUNTABLE_OFFICER))
            .is_refused_by("R90");
        story.when(review).is_accepted_by("R90");
    }
}

TEST(AcceptanceRules, let_an_owner_review_evidence_for_the_action_of_another) {
    owner_who_could_review(evidence_waiting("TH-E01", "TH-2.1"))
        .when(
            evidence_accepted("TH-E01", "TH-2.1").by("head-of-send").as(Role::ACCOUNTABLE_OFFICER))
        .is_refused_by("R90");  // by the same person as submitted it
    owner_who_could_review(submitted_by_another("TH-2.1"))
        .when(
            evidence_accepted("TH-E01", "TH-2.1").by("head-of-send").as(Role::ACCOUNTABLE_OFFICER))
        .is_accepted_by("R90");
}

TEST(AcceptanceRules, let_the_lead_of_an_area_review_evidence_for_its_actions) {
    const auto review = evidence_accepted("TH-E01", "TH-1.2");
    waiting().when(Step(review).by("icb-executive-lead")).is_refused_by("R91");
    waiting().when(Step(review).by("case-work-lead")).is_accepted_by("R91");
}

TEST(AcceptanceRules, let_an_accountable_officer_review_evidence_within_their_scope) {
    const auto of_another_action = given(
        plan_in_delivery("TH"), granted("icb-executive-lead", Role::ACCOUNTABLE_OFFICER, "TH-2.1"),
        evidence_waiting("TH-E01", "TH-1.2"));
    const auto of_the_plan = given(plan_in_delivery("TH"),
                                   granted("icb-executive-lead", Role::ACCOUNTABLE_OFFICER, "TH"),
                                   evidence_waiting("TH-E01", "TH-1.2"));
    const auto review = evidence_accepted("TH-E01", "TH-1.2")
                            .by("icb-executive-lead")
                            .as(Role::ACCOUNTABLE_OFFICER);
    of_another_action.when(review).is_refused_by("R91");
    of_the_plan.when(review).is_accepted_by("R91");
}

TEST(AcceptanceRules, let_the_lead_of_an_area_review_evidence_for_its_milestones_and_measures) {
    for (const auto* const target : {"TH-1.2a", "TH-M1"}) {
        owner_who_could_review(submitted_by_another(target))
            .when(evidence_accepted("TH-E01", target).by("case-work-lead"))
            .is_accepted_by("R91");
    }
    owner_who_could_review(submitted_by_another("TH-1.2a"))
        .when(evidence_accepted("TH-E01", "TH-1.2a").by("icb-executive-lead"))
        .is_refused_by("R91");
}

TEST(AcceptanceRules, accept_only_what_was_seen_to_be_dated_or_sourced) {
    const auto review = evidence_accepted("TH-E01", "TH-1.2");
    waiting().when(Step(review).with("checks", "showsImpact")).is_refused_by("R92");
    waiting().when(Step(review).with("checks", "dated")).is_accepted_by("R92");
    waiting().when(Step(review).with("checks", "sourced")).is_accepted_by("R92");
}

TEST(AcceptanceRules, say_no_more_of_a_document_than_it_bears) {
    const auto story =
        given(plan_in_delivery("TH"), evidence_registered("TH-E01").without("dateOfDocument"),
              evidence_linked("TH-E01", "TH-1.2"), evidence_submitted("TH-E01", "TH-1.2"));
    story.when(evidence_accepted("TH-E01", "TH-1.2")).is_refused_by("R92");
    story.when(evidence_rejected("TH-E01", "TH-1.2")).is_refused_by("R92");
    story.when(evidence_accepted("TH-E01", "TH-1.2").with("checks", "sourced,coversPeriod"))
        .is_refused_by("R92");
    story.when(evidence_rejected("TH-E01", "TH-1.2").with("checks", "sourced"))
        .is_accepted_by("R92");
    story.when(evidence_more_asked("TH-E01", "TH-1.2").with("checks", "showsImpact"))
        .is_accepted_by("R92");
}

}  // namespace
}  // namespace wsoa::test
