#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;
using schema::WordField;

// R03: the role.

TEST(RoleRules, accept_the_owner_of_the_action) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10))
        .is_accepted_by("R03");
}

TEST(RoleRules, refuse_the_owner_of_another_action) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"))
        .when(progress_recorded("TH-1.1", 10))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_a_role_that_the_author_does_not_hold) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").by("case-work-lead"))
        .when(rating_confirmed("TH-1.2", "A").by("head-of-send").as(Role::AREA_LEAD))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_a_role_that_may_not_record_the_kind) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_confirmed("TH-1.2", "A").by("programme-officer"))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_an_author_without_any_role) {
    given(plan_in_delivery("TH"), enrolled("data-lead"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("data-lead"))
        .is_refused_by("R03");
}

TEST(RoleRules, let_an_area_reach_its_actions) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("director-of-education"))
        .is_accepted_by("R03");
}

TEST(RoleRules, refuse_the_lead_of_another_area) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("icb-executive-lead"))
        .is_refused_by("R03");
}

TEST(RoleRules, let_a_plan_reach_its_actions) {
    given(plan_in_delivery("TH"), granted("head-of-send", Role::PROGRAMME_OFFICE, "TH"))
        .when(action_started("TH-2.1").by("head-of-send").as(Role::PROGRAMME_OFFICE))
        .is_accepted_by("R03");
}

TEST(RoleRules, refuse_in_the_ledger_what_was_granted_for_a_plan) {
    given(plan_in_delivery("TH"), granted("head-of-send", Role::PROGRAMME_OFFICE, "TH"))
        .when(person_enrolled("data-lead").by("head-of-send").as(Role::PROGRAMME_OFFICE))
        .is_refused_by("R03");
}

TEST(RoleRules, tell_whoever_holds_the_role_elsewhere_how_far_it_reaches) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.1"),
                             granted("head-of-send", Role::PROGRAMME_OFFICE, "TH"))
                           .scene();
    const auto in_ledger =
        scene.judge(person_enrolled("data-lead").by("head-of-send").as(Role::PROGRAMME_OFFICE));
    ASSERT_FALSE(in_ledger.ok());
    EXPECT_EQ(in_ledger.error().message,
              "head-of-send holds the role programmeOffice for TH; recording this wants it for the "
              "whole ledger");
    EXPECT_NE(in_ledger.error().advice.find("actionOwner for TH-1.2"), std::string::npos)
        << in_ledger.error().advice;
    const auto elsewhere = scene.judge(progress_recorded("TH-1.1", 10));
    ASSERT_FALSE(elsewhere.ok());
    EXPECT_NE(elsewhere.error().message.find("recording this wants it for TH-1.1"),
              std::string::npos)
        << elsewhere.error().message;
    const auto not_held =
        scene.judge(progress_recorded("TH-1.1", 10).by("head-of-send").as(Role::AREA_LEAD));
    ASSERT_FALSE(not_held.ok());
    EXPECT_EQ(not_held.error().message, "head-of-send does not hold the role areaLead for TH-1.1");
}

TEST(RoleRules, let_any_part_of_a_plan_bring_evidence_to_it) {
    given(plan_in_delivery("TH")).when(evidence_registered("TH-E01")).is_accepted_by("R03");
}

TEST(RoleRules, refuse_evidence_from_another_plan) {
    given(plan_in_delivery("TH"), plan_drafted("HGY"))
        .when(evidence_registered("HGY-E01"))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_a_grant_that_waits_to_be_confirmed) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          role_granted("head-of-send", Role::AREA_LEAD, "TH-2"))
        .when(action_started("TH-2.1").by("head-of-send").as(Role::AREA_LEAD))
        .is_refused_by("R03");
}

TEST(RoleRules, accept_a_grant_on_its_last_day) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"),
          role_granted("head-of-send", Role::ACTION_OWNER, "TH-1.1").with("until", "2022-06-30"))
        .when(progress_recorded("TH-1.1", 10).on("2022-06-30"))
        .is_accepted_by("R03");
}

TEST(RoleRules, refuse_a_grant_from_the_day_after_its_last) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"),
          role_granted("head-of-send", Role::ACTION_OWNER, "TH-1.1").with("until", "2022-06-30"))
        .when(progress_recorded("TH-1.1", 10).on("2022-07-01"))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_to_date_an_entry_back_into_a_grant_that_has_ended) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"),
          role_granted("head-of-send", Role::ACTION_OWNER, "TH-1.1").with("until", "2022-06-30"))
        .when(progress_recorded("TH-1.1", 10).on("2022-07-01").effective("2022-06-30"))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_a_grant_before_its_first_day) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"),
          role_granted("head-of-send", Role::ACTION_OWNER, "TH-1.1").with("from", "2022-03-01"))
        .when(progress_recorded("TH-1.1", 10).on("2022-02-28"))
        .is_refused_by("R03");
}

TEST(RoleRules, refuse_a_grant_that_was_ended) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), role_revoked("head-of-send"))
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R03");
}

TEST(RoleRules, let_a_holder_of_any_role_replace_their_own_key) {
    given(plan_in_delivery("TH"))
        .when(key_rotated("head-of-send", "new key"))
        .is_accepted_by("R03");
}

TEST(RoleRules, refuse_a_new_key_to_a_holder_of_no_role) {
    given(plan_in_delivery("TH"), role_revoked("head-of-send"))
        .when(key_rotated("head-of-send", "new key"))
        .is_refused_by("R03");
}

// R04: the words.

TEST(WordRules, accept_the_words_that_a_kind_needs) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).says(WordField::BLOCKERS, "no candidates"))
        .is_accepted_by("R04");
}

TEST(WordRules, refuse_a_change_without_the_words_that_it_needs) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).without_words())
        .is_refused_by("R04");
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(rating_proposed("TH-1.2", "A").without_words())
        .is_refused_by("R04");
}

TEST(WordRules, refuse_words_that_a_kind_does_not_take) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).says(WordField::NAME, "Alex"))
        .is_refused_by("R04");
    given(office_at_work())
        .when(person_enrolled("data-lead").says(WordField::TEXT, "a friend"))
        .is_refused_by("R04");
}

// R05 and R06: the day.

TEST(DayRules, accept_what_was_true_today_or_before) {
    given(plan_in_delivery("TH"))
        .when(action_started("TH-1.2").on("2022-03-01"))
        .is_accepted_by("R05");
    given(plan_in_delivery("TH"))
        .when(action_started("TH-1.2").on("2022-03-01").effective("2022-02-14"))
        .is_accepted_by("R05");
}

TEST(DayRules, refuse_what_would_be_true_tomorrow) {
    given(plan_in_delivery("TH"))
        .when(action_started("TH-1.2").on("2022-03-01").effective("2022-03-02"))
        .is_refused_by("R05");
}

Story amber_proposed() {
    return given(plan_in_delivery("TH"), action_started("TH-1.2"),
                 rating_proposed("TH-1.2", "A").on("2022-03-10"), board_met("TH-B-2022-03-11"));
}

TEST(DayRules, accept_a_decision_of_today) {
    amber_proposed().when(rating_confirmed("TH-1.2", "A").on("2022-03-12")).is_accepted_by("R06");
}

TEST(DayRules, refuse_a_decision_that_is_dated_back) {
    amber_proposed()
        .when(rating_confirmed("TH-1.2", "A").on("2022-03-12").effective("2022-03-11"))
        .is_refused_by("R06");
}

TEST(DayRules, accept_a_decision_dated_back_to_the_meeting_that_took_it) {
    amber_proposed()
        .when(rating_confirmed("TH-1.2", "A")
                  .on("2022-03-12")
                  .effective("2022-03-11")
                  .with("meeting", "TH-B-2022-03-11"))
        .is_accepted_by("R06");
}

TEST(DayRules, refuse_a_decision_dated_back_to_what_is_no_meeting_of_the_plan) {
    for (const auto* const other : {"TH-1.2", "TH", "HGY-G-2022-03-11", "@board-chair", "ledger"}) {
        amber_proposed()
            .when(rating_confirmed("TH-1.2", "A")
                      .on("2022-03-12")
                      .effective("2022-03-11")
                      .with("meeting", other))
            .is_refused_by("R06");
    }
}

TEST(DayRules, refuse_an_enrolment_whose_confirmation_is_dated_back) {
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").on("2022-02-03").effective("2022-02-02"))
        .is_refused_by("R06");
}

TEST(DayRules, accept_a_late_entry_that_decides_nothing) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).on("2022-03-12").effective("2022-03-11"))
        .is_accepted_by("R06");
}

// R07: for another.

TEST(BehalfRules, accept_the_office_for_a_person_who_is_enrolled) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("programme-officer").on_behalf_of("head-of-send"))
        .is_accepted_by("R07");
}

TEST(BehalfRules, refuse_anybody_else_for_another_person) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("case-work-lead").on_behalf_of("head-of-send"))
        .is_refused_by("R07");
}

TEST(BehalfRules, refuse_the_office_for_somebody_who_is_not_enrolled) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("programme-officer").on_behalf_of("data-lead"))
        .is_refused_by("R07");
}

TEST(BehalfRules, refuse_the_office_for_another_person_in_what_concerns_people) {
    given(office_at_work())
        .when(person_enrolled("data-lead").on_behalf_of("programme-manager"))
        .is_refused_by("R07");
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").on_behalf_of("corporate-director"))
        .is_refused_by("R07");
}

}  // namespace
}  // namespace wsoa::test
