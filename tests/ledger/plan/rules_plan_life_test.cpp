#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::WordField;

// The day is 1 February 2022; the plan TH has the actions TH-1.1, TH-1.2 and TH-2.1.

TEST(PlanLife, accepts_a_version_while_the_plan_is_drafted) {
    given(plan_in_delivery("TH")).when(plan_submitted("v1.0")).is_accepted_by("R36");
}

TEST(PlanLife, refuses_a_version_while_another_waits) {
    given(plan_in_delivery("TH"), plan_submitted("v1.0"))
        .when(plan_submitted("v1.1"))
        .is_refused_by("R36");
}

TEST(PlanLife, accepts_another_version_once_the_first_was_returned) {
    given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"),
          plan_returned("v1.0", "TH-E01"))
        .when(plan_submitted("v1.1"))
        .is_accepted_by("R36");
}

TEST(PlanLife, refuses_a_baseline_of_a_plan_that_is_not_fit_for_purpose) {
    given(plan_in_delivery("TH"), plan_submitted("v1.0"))
        .when(plan_baselined("v1.0"))
        .is_refused_by("R36");
}

TEST(PlanLife, refuses_a_second_first_baseline) {
    given(plan_in_delivery("TH"), baseline_adopted())
        .when(plan_baselined("v1.0"))
        .is_refused_by("R36");
}

// Returned on a day after which it was declared fit: the two cannot both have been so.
TEST(PlanLife, refuses_a_late_entry_from_which_the_present_does_not_follow) {
    given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"),
          letter_of_inspectorates("TH-E02").on("2022-03-10").with("dateOfDocument", "2022-03-01"),
          plan_declared_fit("v1.0", "TH-E01").on("2022-03-11"))
        .when(plan_returned("v1.0", "TH-E02").effective("2022-03-01"))
        .is_refused_by("R36");
}

TEST(PlanLife, refuses_what_is_dated_before_the_plan_was_there) {
    given(plan_in_delivery("TH"))
        .when(plan_submitted("v1.0").effective("2022-01-31"))
        .is_refused_by("R36");
}

TEST(PlanLife, refuses_a_label_that_was_used) {
    given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"),
          plan_returned("v1.0", "TH-E01"))
        .when(plan_submitted("v1.0"))
        .is_refused_by("R37");
}

TEST(PlanLife, accepts_a_label_of_its_own) {
    given(plan_in_delivery("TH")).when(plan_submitted("v1.0")).is_accepted_by("R37");
}

TEST(PlanLife, accepts_a_judgement_of_the_version_that_waits) {
    const auto waiting =
        given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"));
    waiting.when(plan_declared_fit("v1.0", "TH-E01")).is_accepted_by("R38");
    waiting.when(plan_returned("v1.0", "TH-E01")).is_accepted_by("R38");
}

TEST(PlanLife, accepts_a_judgement_of_the_day_of_its_letter) {
    given(plan_in_delivery("TH"), plan_submitted("v1.0"),
          letter_of_inspectorates("TH-E01").on("2022-03-10").with("dateOfDocument", "2022-03-04"))
        .when(plan_declared_fit("v1.0", "TH-E01").effective("2022-03-04"))
        .is_accepted_by("R38");
}

TEST(PlanLife, refuses_a_judgement_of_another_version) {
    given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"))
        .when(plan_declared_fit("v1.1", "TH-E01"))
        .is_refused_by("R38");
}

TEST(PlanLife, refuses_a_judgement_of_a_version_that_was_returned) {
    given(plan_in_delivery("TH"), letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"),
          plan_returned("v1.0", "TH-E01"), plan_submitted("v1.1"))
        .when(plan_declared_fit("v1.0", "TH-E01"))
        .is_refused_by("R38");
}

TEST(PlanLife, refuses_a_judgement_without_a_dated_letter_of_those_who_judge) {
    const auto judged_by = [](const Step& letter) {
        return given(plan_in_delivery("TH"), plan_submitted("v1.0"), letter)
            .when(plan_declared_fit("v1.0", "TH-E01"));
    };
    const auto letter = letter_of_inspectorates("TH-E01");
    judged_by(letter_of_inspectorates("TH-E02")).is_refused_by("R38");
    judged_by(Step(letter).with("sourceOrganisation", "council")).is_refused_by("R38");
    judged_by(Step(letter).without("dateOfDocument")).is_refused_by("R38");
    judged_by(Step(letter).with("type", "report")).is_refused_by("R38");
    judged_by(Step(letter).with("sourceOrganisation", "dfe")).is_accepted_by("R38");
}

TEST(PlanLife, accepts_a_baseline_of_every_open_action) {
    given(plan_in_delivery("TH"), fit_for_purpose())
        .when(plan_baselined("v1.0"))
        .is_accepted_by("R39");
}

TEST(PlanLife, accepts_a_baseline_without_what_was_withdrawn) {
    given(plan_in_delivery("TH"), fit_for_purpose(), action_withdrawn("TH-2.1"))
        .when(plan_baselined("v1.0").with("items", "TH-1.1,TH-1.2"))
        .is_accepted_by("R39");
}

TEST(PlanLife, refuses_a_baseline_of_another_version_or_of_other_items) {
    const auto fit = given(plan_in_delivery("TH"), fit_for_purpose());
    fit.when(plan_baselined("v1.1")).is_refused_by("R39");
    fit.when(plan_baselined("v1.0").with("items", "TH-1.1,TH-1.2")).is_refused_by("R39");
    fit.when(plan_baselined("v1.0").with("items", "TH-1.1,TH-1.2,TH-1.3,TH-2.1"))
        .is_refused_by("R39");
    given(plan_in_delivery("TH"), fit_for_purpose(), action_withdrawn("TH-2.1"))
        .when(plan_baselined("v1.0"))
        .is_refused_by("R39");
}

TEST(PlanLife, accepts_a_new_baseline_that_the_board_agreed_on) {
    given(plan_in_delivery("TH"), baseline_adopted(), board_met("TH-B-2022-07-21"))
        .when(plan_rebaselined("v2.0", "TH-B-2022-07-21"))
        .is_accepted_by("R40");
}

TEST(PlanLife, refuses_a_new_baseline_without_the_board_or_the_adviser) {
    const auto agreed =
        given(plan_in_delivery("TH"), baseline_adopted(), board_met("TH-B-2022-07-21"));
    agreed.when(plan_rebaselined("v2.0", "TH-B-2022-07-22")).is_refused_by("R40");
    agreed.when(plan_rebaselined("v2.0", "TH-B-2022-07-21").with("adviserInformed", "false"))
        .is_refused_by("R40");
    agreed.when(plan_rebaselined("v1.0", "TH-B-2022-07-21")).is_refused_by("R40");
    agreed.when(plan_rebaselined("v2.0", "TH-B-2022-07-21").with("items", "TH-1.1"))
        .is_refused_by("R40");
    given(plan_in_delivery("TH"), baseline_adopted(),
          board_met("TH-G-2022-07-21").with("body", "leadsGroup"))
        .when(plan_rebaselined("v2.0", "TH-G-2022-07-21"))
        .is_refused_by("R40");
}

// The plan THA, which succeeds TH, with the actions THA-1.1 and THA-1.2.
std::vector<Step> successor_drafted() {
    return {plan_drafted("THA").with("kind", "app").with("predecessor", "TH"),
            area_added("THA-1", "director-of-education"), outcome_added("THA-O1", "THA-1"),
            action_added("THA-1.1", "THA-O1"), action_added("THA-1.2", "THA-O1")};
}
const std::string all_carried = "TH-1.1=THA-1.1,TH-1.2=THA-1.2,TH-2.1=THA-1.1";

TEST(PlanLife, accepts_a_successor_that_takes_every_open_action_over) {
    given(plan_in_delivery("TH"), successor_drafted())
        .when(plan_superseded("THA", all_carried))
        .is_accepted_by("R41");
    given(plan_in_delivery("TH"), successor_drafted(), action_withdrawn("TH-2.1"))
        .when(plan_superseded("THA", "TH-1.1=THA-1.1,TH-1.2=THA-1.2"))
        .is_accepted_by("R42");
}

TEST(PlanLife, refuses_a_successor_that_is_none) {
    given(plan_in_delivery("TH")).when(plan_superseded("THA", "")).is_refused_by("R41");
    given(plan_in_delivery("TH")).when(plan_superseded("TH", "")).is_refused_by("R41");
    given(plan_in_delivery("TH"), plan_drafted("HGY"),
          plan_drafted("HGYA").with("predecessor", "HGY"))
        .when(plan_superseded("HGYA", ""))
        .is_refused_by("R41");
}

TEST(PlanLife, refuses_a_successor_that_has_ended) {
    given(plan_in_delivery("TH"), plan_drafted("THA").with("predecessor", "TH"),
          granted("board-chair", schema::Role::BOARD_CHAIR, "THA"),
          Step(Kind::PLAN_CLOSED, "THA").by("board-chair").because("another plan is drafted"))
        .when(plan_superseded("THA", ""))
        .is_refused_by("R41");
}

TEST(PlanLife, refuses_to_leave_an_open_action_behind) {
    const auto drafted = given(plan_in_delivery("TH"), successor_drafted());
    drafted.when(plan_superseded("THA", "TH-1.1=THA-1.1,TH-1.2=THA-1.2")).is_refused_by("R42");
    drafted.when(plan_superseded("THA", all_carried + ",TH-1.3=THA-1.1")).is_refused_by("R42");
    drafted.when(plan_superseded("THA", all_carried + ",TH-1.1=THA-1.2")).is_refused_by("R42");
    drafted.when(plan_superseded("THA", "TH-1.1=THA-1.9,TH-1.2=THA-1.2,TH-2.1=THA-1.1"))
        .is_refused_by("R42");
}

std::vector<Step> all_withdrawn() {
    return {action_withdrawn("TH-1.1"), action_withdrawn("TH-1.2"), action_withdrawn("TH-2.1")};
}

TEST(PlanLife, accepts_the_end_of_a_plan_in_which_nothing_is_open) {
    given(plan_in_delivery("TH"), all_withdrawn()).when(plan_closed()).is_accepted_by("R43");
}

TEST(PlanLife, refuses_to_close_a_plan_in_which_something_is_open) {
    given(plan_in_delivery("TH")).when(plan_closed()).is_refused_by("R43");
    given(plan_in_delivery("TH"), all_withdrawn(),
          Step(Kind::CHALLENGE_RECORDED, "TH-C1")
              .with("askedAs", "boardMember")
              .with("about", "TH-1.2")
              .says(WordField::TEXT, "how did this go to Green?"))
        .when(plan_closed())
        .is_refused_by("R43");
    given(plan_in_delivery("TH"), all_withdrawn(),
          Step(Kind::INFORMATION_REQUESTED, "TH-Q1")
              .with("from", "inspectorates")
              .with("due", "2022-02-03")
              .says(WordField::TEXT, "the list of children awaiting a plan"))
        .when(plan_closed())
        .is_refused_by("R43");
}

TEST(PlanLife, refuses_to_go_on_with_a_plan_that_has_ended) {
    const auto closed = given(plan_in_delivery("TH"), all_withdrawn(), plan_closed());
    closed.when(area_added("TH-3", "case-work-lead")).is_refused_by("R44");
    closed.when(evidence_registered("TH-E01")).is_refused_by("R44");
    given(plan_in_delivery("TH"), successor_drafted(), plan_superseded("THA", all_carried))
        .when(area_added("TH-3", "case-work-lead"))
        .is_refused_by("R44");
}

TEST(PlanLife, accepts_what_puts_the_record_of_an_ended_plan_right) {
    given(plan_in_delivery("TH"), evidence_registered("TH-E01"), all_withdrawn(), plan_closed())
        .when(Step(Kind::RECTIFICATION_NOTED, "TH-E01")
                  .answers_last(Kind::EVIDENCE_REGISTERED, "TH-E01")
                  .says(WordField::TEXT, "the report is of February"))
        .is_accepted_by("R44");
}

TEST(PlanLife, lets_a_handover_start_from_the_one_who_has_it) {
    given(plan_in_delivery("TH"))
        .when(handed_over("TH-1.2", "head-of-send", "send-team-manager"))
        .is_accepted_by("R45");
    given(plan_in_delivery("TH"))
        .when(handed_over("TH-1", "director-of-education", "case-work-lead"))
        .is_accepted_by("R45");
}

TEST(PlanLife, turns_away_a_handover_from_somebody_else) {
    given(plan_in_delivery("TH"))
        .when(handed_over("TH-1.2", "send-team-manager", "case-work-lead"))
        .conflicts_by("R45");
    given(plan_in_delivery("TH"), handed_over("TH-1.2", "head-of-send", "send-team-manager"),
          handover_accepted("TH-1.2", "send-team-manager"))
        .when(handed_over("TH-1.2", "head-of-send", "case-work-lead"))
        .conflicts_by("R45");
}

TEST(PlanLife, lets_a_handover_go_to_another_enrolled_person) {
    given(plan_in_delivery("TH"))
        .when(handed_over("TH-1.2", "head-of-send", "send-team-manager"))
        .is_accepted_by("R46");
}

TEST(PlanLife, refuses_a_handover_to_whom_it_cannot_go) {
    const auto plan = given(plan_in_delivery("TH"));
    plan.when(handed_over("TH-1.2", "head-of-send", "a-stranger")).is_refused_by("R46");
    plan.when(handed_over("TH-1.2", "head-of-send", "head-of-send")).is_refused_by("R46");
    plan.when(handed_over("TH-1.2", "head-of-send", "director-of-education")).is_refused_by("R46");
    plan.when(handed_over("TH-1.2", "head-of-send", "send-team-manager")
                  .on("2022-09-02")
                  .with("fromDate", "2022-09-01"))
        .is_refused_by("R46");
}

TEST(PlanLife, lets_the_new_owner_accept) {
    given(plan_in_delivery("TH"), handed_over("TH-1.2", "head-of-send", "send-team-manager"))
        .when(handover_accepted("TH-1.2", "send-team-manager"))
        .is_accepted_by("R47");
}

TEST(PlanLife, refuses_an_acceptance_by_anybody_else_or_of_nothing) {
    const auto offered =
        given(plan_in_delivery("TH"), handed_over("TH-1.2", "head-of-send", "send-team-manager"));
    offered.when(handover_accepted("TH-1.2", "head-of-send")).is_refused_by("R47");
    offered.when(handover_accepted("TH-1.2", "programme-officer").on_behalf_of("send-team-manager"))
        .is_refused_by("R47");
    offered.when(handover_accepted("TH-1.2", "send-team-manager").answers_nothing())
        .is_refused_by("R47");
    given(offered.scene(), handover_accepted("TH-1.2", "send-team-manager"))
        .when(handover_accepted("TH-1.2", "send-team-manager"))
        .is_refused_by("R47");
}

TEST(PlanLife, turns_away_the_second_of_two_handovers_once_the_first_is_accepted) {
    given(plan_in_delivery("TH"),
          handed_over("TH-1.2", "head-of-send", "send-team-manager").labelled("first"),
          handed_over("TH-1.2", "head-of-send", "case-work-lead"),
          handover_accepted("TH-1.2", "send-team-manager").answers("first"))
        .when(handover_accepted("TH-1.2", "case-work-lead"))
        .conflicts_by("R47");
}

}  // namespace
}  // namespace wsoa::test
