#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// R14: the confirmation of a further key.

TEST(FurtherKeyRules, accept_a_confirmation_by_a_second_entitled_person) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"))
        .when(key_confirmed("head-of-send"))
        .is_accepted_by("R14");
}

TEST(FurtherKeyRules, refuse_a_confirmation_by_the_one_who_entered_it) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"))
        .when(key_confirmed("head-of-send").by("programme-officer"))
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, refuse_a_confirmation_by_the_holder) {
    given(office_at_work(), key_enrolled("programme-deputy", "second key"))
        .when(key_confirmed("programme-deputy"))
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, refuse_a_second_confirmation) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"),
          key_confirmed("head-of-send"))
        .when(key_confirmed("head-of-send").by("programme-manager"))
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, refuse_a_confirmation_of_nothing) {
    for (const auto index : {0, 1}) {
        given(office_at_work(), key_enrolled("head-of-send", "second key"))
            .when(key_confirmed("head-of-send").answers_event(static_cast<unsigned>(index)))
            .is_refused_by("R14");
    }
    given(office_at_work(), key_enrolled("head-of-send", "second key"))
        .when(key_confirmed("head-of-send").answers_nothing())
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, refuse_a_confirmation_under_another_persons_name) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"))
        .when(key_confirmed("board-chair").answers_last(Kind::KEY_ENROLLED, "@head-of-send"))
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, refuse_a_key_that_was_ended_while_it_waited) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"),
          key_revoked("head-of-send", "second key"))
        .when(key_confirmed("head-of-send"))
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, refuse_a_first_key_which_is_confirmed_with_its_person) {
    given(office_at_work(), person_enrolled("data-lead"))
        .when(key_confirmed("data-lead").answers_last(Kind::PERSON_ENROLLED, "@data-lead"))
        .is_refused_by("R14");
}

// By a further key the person could otherwise sign although nobody confirmed who they are.
TEST(FurtherKeyRules, refuse_a_further_key_of_a_person_who_waits_to_be_confirmed) {
    given(office_at_work(), person_enrolled("data-lead"), key_enrolled("data-lead", "second key"))
        .when(key_confirmed("data-lead"))
        .is_refused_by("R14");
}

// Two of the office could otherwise become founders.
TEST(FurtherKeyRules, refuse_a_founders_key_that_the_office_confirms) {
    given(office_at_work(), key_enrolled("corporate-director", "second key"))
        .when(key_confirmed("corporate-director"))
        .is_refused_by("R14");
}

TEST(FurtherKeyRules, accept_a_founders_key_that_another_founder_confirms) {
    given(office_at_work(), key_enrolled("corporate-director", "second key"))
        .when(key_confirmed("corporate-director").by("programme-manager"))
        .is_accepted_by("R14");
}

// R14: the confirmation of a compromise.

TEST(CompromiseRules, accept_a_confirmation_by_a_second_officer) {
    given(office_at_work(), key_compromised("head-of-send", "head-of-send", 20))
        .when(compromise_confirmed("head-of-send"))
        .is_accepted_by("R14");
}

TEST(CompromiseRules, refuse_a_confirmation_by_the_officer_who_reported) {
    given(office_at_work(),
          key_compromised("head-of-send", "head-of-send", 20).by("programme-officer"))
        .when(compromise_confirmed("head-of-send").by("programme-officer"))
        .is_refused_by("R14");
}

TEST(CompromiseRules, refuse_a_confirmation_by_the_holder) {
    given(office_at_work(), key_enrolled("programme-deputy", "second key"),
          key_confirmed("programme-deputy").by("programme-manager"),
          key_compromised("programme-deputy", "second key", 20))
        .when(compromise_confirmed("programme-deputy"))
        .is_refused_by("R14");
}

TEST(CompromiseRules, refuse_a_second_confirmation) {
    given(office_at_work(), key_compromised("head-of-send", "head-of-send", 20),
          compromise_confirmed("head-of-send"))
        .when(compromise_confirmed("head-of-send").by("programme-manager"))
        .is_refused_by("R14");
}

// R15: a key replaced.

TEST(KeyChangeRules, accept_a_key_replaced_by_its_holder) {
    given(office_at_work()).when(key_rotated("head-of-send", "new key")).is_accepted_by("R15");
}

TEST(KeyChangeRules, refuse_a_key_replaced_for_another_person) {
    given(office_at_work())
        .when(key_rotated("head-of-send", "new key").by("programme-officer"))
        .is_refused_by("R15");
}

// R16: a key ended.

TEST(KeyChangeRules, accept_a_key_ended_by_its_holder) {
    given(office_at_work()).when(key_revoked("head-of-send", "head-of-send")).is_accepted_by("R16");
}

TEST(KeyChangeRules, accept_a_key_ended_by_the_office_or_a_founder) {
    for (const auto* const officer : {"programme-officer", "programme-manager"}) {
        given(office_at_work())
            .when(key_revoked("head-of-send", "head-of-send").by(officer))
            .is_accepted_by("R16");
    }
}

TEST(KeyChangeRules, refuse_a_key_ended_by_anybody_else) {
    for (const auto* const other : {"board-chair", "case-work-lead", "data-protection-officer"}) {
        given(office_at_work())
            .when(key_revoked("head-of-send", "head-of-send").by(other))
            .is_refused_by("R16");
    }
}

TEST(KeyChangeRules, refuse_a_key_ended_by_an_office_of_one_plan) {
    given(office_at_work(), granted("board-chair", Role::PROGRAMME_OFFICE, "TH"))
        .when(key_revoked("head-of-send", "head-of-send")
                  .by("board-chair")
                  .as(Role::PROGRAMME_OFFICE))
        .is_refused_by("R16");
}

TEST(KeyChangeRules, refuse_to_end_a_key_twice) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"),
          key_confirmed("head-of-send"), key_revoked("head-of-send", "second key"))
        .when(key_revoked("head-of-send", "second key"))
        .is_refused_by("R16");
}

TEST(KeyChangeRules, refuse_to_end_a_key_that_is_not_enrolled) {
    given(office_at_work())
        .when(key_revoked("head-of-send", "a stranger's key"))
        .is_refused_by("R16");
}

TEST(KeyChangeRules, refuse_to_end_a_key_under_another_persons_name) {
    given(office_at_work()).when(key_revoked("head-of-send", "board-chair")).is_refused_by("R16");
}

// R17: a compromise.

TEST(CompromiseRules, accept_a_claim_about_an_enrolled_key) {
    given(office_at_work())
        .when(key_compromised("head-of-send", "head-of-send", 20))
        .is_accepted_by("R17");
}

TEST(CompromiseRules, accept_a_claim_about_a_key_that_has_ended) {
    given(office_at_work(), key_rotated("head-of-send", "new key"))
        .when(key_compromised("head-of-send", "head-of-send", 20))
        .is_accepted_by("R17");
}

TEST(CompromiseRules, refuse_a_claim_about_a_key_that_is_not_enrolled) {
    given(office_at_work())
        .when(key_compromised("head-of-send", "a stranger's key", 20))
        .is_refused_by("R17");
}

TEST(CompromiseRules, refuse_a_claim_under_another_persons_name) {
    given(office_at_work())
        .when(key_compromised("head-of-send", "board-chair", 20))
        .is_refused_by("R17");
}

TEST(CompromiseRules, refuse_a_claim_from_an_event_that_does_not_exist) {
    given(office_at_work())
        .when(key_compromised("head-of-send", "head-of-send", 10'000))
        .is_refused_by("R17");
}

TEST(CompromiseRules, refuse_the_same_claim_again) {
    given(office_at_work(), key_compromised("head-of-send", "head-of-send", 20))
        .when(key_compromised("head-of-send", "head-of-send", 20).by("programme-manager"))
        .is_refused_by("R17");
}

TEST(CompromiseRules, refuse_a_later_claim_than_a_confirmed_one) {
    given(office_at_work(), key_compromised("head-of-send", "head-of-send", 20),
          compromise_confirmed("head-of-send"))
        .when(key_compromised("head-of-send", "head-of-send", 25))
        .is_refused_by("R17");
}

// Whoever used the key might otherwise report it first, from after what they did with it.
TEST(CompromiseRules, accept_an_earlier_claim_than_a_confirmed_one) {
    given(office_at_work(), key_compromised("head-of-send", "head-of-send", 25),
          compromise_confirmed("head-of-send"))
        .when(key_compromised("head-of-send", "head-of-send", 20).by("programme-manager"))
        .is_accepted_by("R17");
}

// Nor may a claim that nobody confirms, from the beginning of time, stand in the way of a true one.
TEST(CompromiseRules, accept_a_later_claim_than_one_that_waits) {
    given(office_at_work(), key_compromised("head-of-send", "head-of-send", 0))
        .when(key_compromised("head-of-send", "head-of-send", 20).by("programme-manager"))
        .is_accepted_by("R17");
}

}  // namespace
}  // namespace wsoa::test
