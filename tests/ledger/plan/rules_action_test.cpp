#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

// TH-1.2 is owned by head-of-send, starts on 1 February 2022 and is due on 31 March 2023.
Story begun() { return given(plan_in_delivery("TH"), action_started("TH-1.2")); }
Story claimed() { return given(plan_in_delivery("TH"), action_claimed_on_evidence()); }

TEST(ActionLife, accepts_each_step_that_leads_on) {
    begun().when(action_paused("TH-1.2", "2022-09-01")).is_accepted_by("R48");
    given(begun().scene(), action_paused("TH-1.2", "2022-09-01"))
        .when(action_resumed("TH-1.2"))
        .is_accepted_by("R48");
    begun().when(completion_claimed("TH-1.2", "")).is_accepted_by("R48");
    claimed().when(completion_rejected("TH-1.2")).is_accepted_by("R48");
    claimed().when(action_completed("TH-1.2", "TH-E02")).is_accepted_by("R48");
    given(plan_in_delivery("TH"), action_done())
        .when(action_reopened("TH-1.2"))
        .is_accepted_by("R48");
    given(plan_in_delivery("TH"), action_done(), action_embedded("TH-1.2"))
        .when(action_reopened("TH-1.2", "embedded"))
        .is_accepted_by("R48");
}

TEST(ActionLife, refuses_each_step_that_does_not_follow) {
    const auto not_started = given(plan_in_delivery("TH"));
    not_started.when(action_paused("TH-1.2", "2022-09-01")).is_refused_by("R48");
    not_started.when(completion_claimed("TH-1.2", "")).is_refused_by("R48");
    begun().when(action_resumed("TH-1.2")).is_refused_by("R48");
    begun().when(completion_rejected("TH-1.2").answers_nothing()).is_refused_by("R48");
    begun().when(action_completed("TH-1.2", "").answers_nothing()).is_refused_by("R48");
    begun().when(action_reopened("TH-1.2")).is_refused_by("R48");
    begun().when(action_embedded("TH-1.2")).is_refused_by("R48");
    claimed().when(action_paused("TH-1.2", "2022-09-01")).is_refused_by("R48");
    claimed().when(completion_claimed("TH-1.2", "TH-E02")).is_refused_by("R48");
    const auto done = given(plan_in_delivery("TH"), action_done());
    done.when(action_withdrawn("TH-1.2")).is_refused_by("R48");
    done.when(action_completed("TH-1.2", "TH-E02")).is_refused_by("R48");
    done.when(completion_claimed("TH-1.2", "TH-E02")).is_refused_by("R48");
}

TEST(ActionLife, refuses_to_start_or_end_what_has_ended) {
    given(plan_in_delivery("TH"), action_withdrawn("TH-1.2"))
        .when(action_started("TH-1.2"))
        .is_refused_by("R48");
    given(plan_in_delivery("TH"), action_merged("TH-1.2", "TH-1.1"))
        .when(action_withdrawn("TH-1.2"))
        .is_refused_by("R48");
}

// Claimed on 20 March; a pause in early March would still have to be over by then.
TEST(ActionLife, refuses_a_late_step_from_which_the_present_does_not_follow) {
    given(begun().scene(), board_met("TH-B-2022-03-10"),
          completion_claimed("TH-1.2", "").on("2022-03-20"))
        .when(action_paused("TH-1.2", "2022-09-01")
                  .effective("2022-03-10")
                  .with("meeting", "TH-B-2022-03-10"))
        .is_refused_by("R48");
}

TEST(ActionLife, accepts_a_late_step_that_fits_between_two_others) {
    given(begun().scene(), board_met("TH-B-2022-03-10"),
          action_paused("TH-1.2", "2022-09-01")
              .on("2022-03-20")
              .effective("2022-03-10")
              .with("meeting", "TH-B-2022-03-10"),
          action_resumed("TH-1.2").on("2022-05-01"))
        .when(progress_recorded("TH-1.2", 10))
        .is_accepted_by("R48");
}

TEST(ActionLife, accepts_progress_of_an_action_in_progress) {
    begun().when(progress_recorded("TH-1.2", 10).with("period", "2022-02")).is_accepted_by("R49");
    given(plan_in_delivery("TH"), action_done(), action_reopened("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10))
        .is_accepted_by("R49");
}

TEST(ActionLife, refuses_progress_of_an_action_that_is_not_in_progress) {
    given(begun().scene(), action_paused("TH-1.2", "2022-09-01"))
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R49");
    claimed().when(progress_recorded("TH-1.2", 10)).is_refused_by("R49");
    given(plan_in_delivery("TH"), action_done())
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R49");
    given(begun().scene(), action_withdrawn("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R49");
}

TEST(ActionLife, refuses_progress_for_a_month_that_has_not_begun) {
    begun().when(progress_recorded("TH-1.2", 10).with("period", "2022-03")).is_refused_by("R49");
}

TEST(ActionLife, accepts_a_pause_that_ends_later) {
    begun().when(action_paused("TH-1.2", "2022-02-02")).is_accepted_by("R50");
}

TEST(ActionLife, refuses_a_pause_that_ends_on_the_day_on_which_it_begins) {
    begun().when(action_paused("TH-1.2", "2022-02-01")).is_refused_by("R50");
}

TEST(ActionLife, lets_another_person_than_the_owner_decide) {
    begun().when(action_paused("TH-1.2", "2022-09-01").by("case-work-lead")).is_accepted_by("R51");
    claimed().when(completion_rejected("TH-1.2").by("case-work-lead")).is_accepted_by("R51");
}

TEST(ActionLife, refuses_an_owner_who_decides_about_their_own_action) {
    given(begun().scene(), granted("head-of-send", schema::Role::AREA_LEAD, "TH-1"))
        .when(action_paused("TH-1.2", "2022-09-01").by("head-of-send").as(schema::Role::AREA_LEAD))
        .is_refused_by("R51");
    given(claimed().scene(), granted("head-of-send", schema::Role::BOARD_CHAIR, "TH"))
        .when(action_completed("TH-1.2", "TH-E02").by("head-of-send").as(schema::Role::BOARD_CHAIR))
        .is_refused_by("R51");
}

TEST(ActionLife, refuses_a_completion_by_the_officer_who_typed_the_claim) {
    given(
        begun().scene(), item_accepted("TH-E02", "TH-1.2"),
        completion_claimed("TH-1.2", "TH-E02").by("programme-officer").on_behalf_of("head-of-send"),
        role_granted("programme-officer", schema::Role::BOARD_CHAIR, "TH").by("programme-deputy"),
        role_confirmed("programme-officer").by("programme-manager"))
        .when(action_completed("TH-1.2", "TH-E02")
                  .by("programme-officer")
                  .as(schema::Role::BOARD_CHAIR))
        .is_refused_by("R51");
}

TEST(ActionLife, lets_the_owner_claim_or_the_office_for_the_owner) {
    begun().when(completion_claimed("TH-1.2", "")).is_accepted_by("R52");
    begun()
        .when(completion_claimed("TH-1.2", "").by("programme-officer").on_behalf_of("head-of-send"))
        .is_accepted_by("R52");
}

TEST(ActionLife, refuses_a_claim_by_anybody_else) {
    begun().when(completion_claimed("TH-1.2", "").by("programme-officer")).is_refused_by("R52");
    begun()
        .when(completion_claimed("TH-1.2", "")
                  .by("programme-officer")
                  .on_behalf_of("send-team-manager"))
        .is_refused_by("R52");
    given(begun().scene(), granted("send-team-manager", schema::Role::ACTION_OWNER, "TH-1.2"))
        .when(completion_claimed("TH-1.2", "").by("send-team-manager"))
        .is_refused_by("R52");
}

// The owner of the day that the claim is about, not of today.
TEST(ActionLife, goes_by_the_owner_of_the_day) {
    const auto handed =
        given(begun().scene(), handed_over("TH-1.2", "head-of-send", "send-team-manager"),
              handover_accepted("TH-1.2", "send-team-manager"));
    handed.when(completion_claimed("TH-1.2", "").on("2022-08-31")).is_accepted_by("R52");
    handed.when(completion_claimed("TH-1.2", "").on("2022-09-01")).is_refused_by("R52");
}

TEST(ActionLife, lets_successors_take_up_what_ends) {
    const auto plan = given(plan_in_delivery("TH"));
    plan.when(action_withdrawn("TH-1.2")).is_accepted_by("R57");
    plan.when(action_withdrawn("TH-1.2").with("successors", "TH-1.1")).is_accepted_by("R57");
    plan.when(action_merged("TH-1.2", "TH-1.1")).is_accepted_by("R57");
    plan.when(action_split("TH-1.2", "TH-1.1,TH-2.1")).is_accepted_by("R57");
}

TEST(ActionLife, refuses_successors_that_cannot_take_it_up) {
    const auto plan = given(plan_in_delivery("TH"));
    plan.when(action_withdrawn("TH-1.2").with("successors", "TH-1.9")).is_refused_by("R57");
    plan.when(action_merged("TH-1.2", "TH-1.2")).is_refused_by("R57");
    plan.when(action_merged("TH-1.2", "TH-1")).is_refused_by("R57");
    plan.when(action_split("TH-1.2", "TH-1.1")).is_refused_by("R57");
    given(plan_in_delivery("TH"), action_withdrawn("TH-1.1"))
        .when(action_merged("TH-1.2", "TH-1.1"))
        .is_refused_by("R57");
}

TEST(Milestones, belong_to_an_open_action_and_are_due_by_its_deadline) {
    const auto plan = given(plan_in_delivery("TH"));
    plan.when(milestone_added("TH-1.2.a", "TH-1.2", "2023-03-31")).is_accepted_by("R58");
    plan.when(milestone_added("TH-1.2.a", "TH-1.2", "2023-04-01")).is_refused_by("R58");
    plan.when(milestone_added("TH-1.2.a", "TH-1", "2022-09-30")).is_refused_by("R58");
    given(plan_in_delivery("TH"), action_withdrawn("TH-1.2"))
        .when(milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"))
        .is_refused_by("R58");
}

// Due on 30 September 2022.
Story milestone_due() {
    return given(begun().scene(), milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"));
}

TEST(Milestones, are_met_by_the_day_of_the_entry_on_evidence_that_is_there) {
    const auto due = milestone_due();
    due.when(milestone_met("TH-1.2.a", "2022-02-01")).is_accepted_by("R59");
    due.when(milestone_met("TH-1.2.a", "2022-02-02")).is_refused_by("R59");
    due.when(milestone_met("TH-1.2.a", "2022-02-01").with("evidence", "TH-E02"))
        .is_refused_by("R59");
    given(due.scene(), evidence_registered("TH-E02"))
        .when(milestone_met("TH-1.2.a", "2022-02-01").with("evidence", "TH-E02"))
        .is_accepted_by("R59");
}

TEST(Milestones, are_missed_only_after_their_date) {
    milestone_due().when(milestone_missed("TH-1.2.a").on("2022-09-30")).is_refused_by("R59");
    milestone_due().when(milestone_missed("TH-1.2.a").on("2022-10-01")).is_accepted_by("R59");
}

TEST(Milestones, may_be_met_late_or_withdrawn_once_missed_and_nothing_after) {
    const auto missed =
        given(milestone_due().scene(), milestone_missed("TH-1.2.a").on("2022-10-01"));
    missed.when(milestone_missed("TH-1.2.a")).is_refused_by("R59");
    missed.when(milestone_met("TH-1.2.a", "2022-10-01")).is_accepted_by("R59");
    missed.when(milestone_withdrawn("TH-1.2.a")).is_accepted_by("R59");
    given(missed.scene(), milestone_withdrawn("TH-1.2.a"))
        .when(milestone_met("TH-1.2.a", "2022-10-01"))
        .is_refused_by("R59");
}

}  // namespace
}  // namespace wsoa::test
