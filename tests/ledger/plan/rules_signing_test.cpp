#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// R01: the key.

TEST(KeyRules, accept_a_key_that_is_enrolled_and_confirmed) {
    given(plan_in_delivery("TH")).when(action_started("TH-1.2")).is_accepted_by("R01");
}

TEST(KeyRules, refuse_a_key_that_nobody_enrolled) {
    given(plan_in_delivery("TH"))
        .when(action_started("TH-1.2").with_key("a stranger's key"))
        .is_refused_by("R01");
}

TEST(KeyRules, refuse_the_ledgers_own_key) {
    given(plan_in_delivery("TH"))
        .when(action_started("TH-1.2").with_key("the ledger"))
        .is_refused_by("R01");
}

TEST(KeyRules, refuse_the_key_of_a_person_who_waits_to_be_confirmed) {
    given(plan_in_delivery("TH"), person_enrolled("data-lead"),
          role_granted("data-lead", Role::ACTION_OWNER))
        .when(progress_recorded("TH-1.2", 10).by("data-lead"))
        .is_refused_by("R01");
}

TEST(KeyRules, refuse_a_further_key_that_waits_to_be_confirmed) {
    given(plan_in_delivery("TH"), key_enrolled("head-of-send", "second key"),
          action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).with_key("second key"))
        .is_refused_by("R01");
}

TEST(KeyRules, accept_a_further_key_once_it_is_confirmed) {
    given(plan_in_delivery("TH"), key_enrolled("head-of-send", "second key"),
          key_confirmed("head-of-send"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).with_key("second key"))
        .is_accepted_by("R01");
}

TEST(KeyRules, accept_the_first_key_beside_a_further_one) {
    given(plan_in_delivery("TH"), key_enrolled("head-of-send", "second key"),
          key_confirmed("head-of-send"), action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10))
        .is_accepted_by("R01");
}

TEST(KeyRules, refuse_a_key_that_was_ended) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          key_revoked("head-of-send", "head-of-send"))
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R01");
}

TEST(KeyRules, refuse_a_key_that_was_ended_while_it_waited) {
    given(plan_in_delivery("TH"), person_enrolled("data-lead"),
          key_revoked("data-lead", "data-lead").by("programme-officer"),
          person_confirmed("data-lead"), role_granted("data-lead", Role::ACTION_OWNER),
          action_started("TH-1.2"))
        .when(progress_recorded("TH-1.2", 10).by("data-lead"))
        .is_refused_by("R01");
}

TEST(KeyRules, refuse_a_key_that_was_replaced) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), key_rotated("head-of-send", "new key"))
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R01");
}

TEST(KeyRules, accept_the_key_that_took_its_place) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), key_rotated("head-of-send", "new key"))
        .when(progress_recorded("TH-1.2", 10).with_key("new key"))
        .is_accepted_by("R01");
}

TEST(KeyRules, refuse_a_key_as_soon_as_one_officer_reports_it) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          key_compromised("head-of-send", "head-of-send", 30))
        .when(progress_recorded("TH-1.2", 10))
        .is_refused_by("R01");
}

TEST(KeyRules, accept_another_key_of_the_person_whose_key_was_reported) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          key_enrolled("head-of-send", "second key"), key_confirmed("head-of-send"),
          key_compromised("head-of-send", "head-of-send", 30), compromise_confirmed("head-of-send"))
        .when(progress_recorded("TH-1.2", 10).with_key("second key"))
        .is_accepted_by("R01");
}

// The thief turns the stolen key into one of his own before anybody reports it.
TEST(KeyRules, refuse_a_key_that_a_stolen_one_was_rotated_into) {
    given(plan_in_delivery("TH"), action_started("TH-1.2").labelled("theft"),
          key_rotated("head-of-send", "thief's key"),
          key_rotated("head-of-send", "thief's next key").with_key("thief's key"),
          key_compromised("head-of-send", "head-of-send", 40))
        .when(progress_recorded("TH-1.2", 10).with_key("thief's next key"))
        .is_refused_by("R01");
}

TEST(KeyRules, accept_a_key_that_took_over_before_the_old_one_was_stolen) {
    const auto story = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             key_rotated("head-of-send", "new key"));
    const auto stolen_at = story.scene().next_index().value;
    given(story.scene(), key_compromised("head-of-send", "head-of-send", stolen_at))
        .when(progress_recorded("TH-1.2", 10).with_key("new key"))
        .is_accepted_by("R01");
}

}  // namespace
}  // namespace wsoa::test
