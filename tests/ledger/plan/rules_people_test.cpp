#include "tests/support/changes.h"
#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// Encodings of points of small order (tests/ledger/keys/group_test.cpp has them all).
const std::string neutral_point = "01" + std::string(62, '0');
const std::string order_eight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";

// R09: a new key.

TEST(NewKeyRules, accept_a_key_that_proves_itself) {
    given(office_at_work()).when(person_enrolled("data-lead")).is_accepted_by("R09");
    given(office_at_work()).when(key_enrolled("head-of-send", "second key")).is_accepted_by("R09");
    given(office_at_work()).when(key_rotated("head-of-send", "new key")).is_accepted_by("R09");
}

TEST(NewKeyRules, refuse_a_key_that_belongs_to_another_person) {
    given(office_at_work())
        .when(person_enrolled("data-lead").fill(proved_key("head-of-send", "data-lead")))
        .is_refused_by("R09");
    given(office_at_work()).when(key_rotated("head-of-send", "board-chair")).is_refused_by("R09");
}

TEST(NewKeyRules, refuse_a_key_that_the_person_has_had_before) {
    given(office_at_work(), key_rotated("head-of-send", "new key"))
        .when(key_enrolled("head-of-send", "head-of-send"))
        .is_refused_by("R09");
    given(office_at_work()).when(key_rotated("head-of-send", "head-of-send")).is_refused_by("R09");
}

TEST(NewKeyRules, refuse_a_key_that_waits_for_another_person) {
    given(office_at_work(), key_enrolled("head-of-send", "second key"))
        .when(key_enrolled("board-chair", "second key"))
        .is_refused_by("R09");
}

TEST(NewKeyRules, refuse_the_ledgers_key) {
    given(office_at_work()).when(key_enrolled("head-of-send", "the ledger")).is_refused_by("R09");
}

TEST(NewKeyRules, refuse_a_key_that_is_about_to_be_the_ledgers) {
    given(office_at_work(), ledger_key_rotated("new ledger key"))
        .when(key_enrolled("head-of-send", "new ledger key"))
        .is_refused_by("R09");
}

TEST(NewKeyRules, refuse_keys_of_small_order) {
    for (const auto& key : {neutral_point, order_eight}) {
        given(office_at_work())
            .when(person_enrolled("data-lead").with("key", key))
            .is_refused_by("R09");
    }
}

TEST(NewKeyRules, refuse_bytes_that_are_no_key) {
    given(office_at_work())
        .when(person_enrolled("data-lead").with("key", std::string(64, 'f')))
        .is_refused_by("R09");
}

TEST(NewKeyRules, refuse_a_proof_for_another_person) {
    given(office_at_work())
        .when(person_enrolled("data-lead").fill(proved_key("data-lead", "board-chair")))
        .is_refused_by("R09");
}

TEST(NewKeyRules, refuse_a_proof_for_another_ledger) {
    const auto data_lead = must(PersonId::parse("data-lead"));
    Hash other;
    other.bytes.fill(7);
    const auto proof =
        signed_by("data-lead", key_proof_message(other, data_lead, key_named("data-lead")));
    given(office_at_work())
        .when(person_enrolled("data-lead").with("proof", to_hex(proof.view())))
        .is_refused_by("R09");
}

TEST(NewKeyRules, refuse_a_proof_by_whoever_enrols) {
    const auto scene = office_at_work();
    const auto proof =
        signed_by("programme-officer",
                  key_proof_message(scene.keyring().facts().ledger,
                                    must(PersonId::parse("data-lead")), key_named("data-lead")));
    given(scene)
        .when(person_enrolled("data-lead").with("proof", to_hex(proof.view())))
        .is_refused_by("R09");
}

// R10: an enrolment's confirmation.

TEST(EnrolmentRules, accept_a_confirmation_by_a_second_entitled_person) {
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead"))
        .is_accepted_by("R10");
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").by("programme-manager"))
        .is_accepted_by("R10");
}

TEST(EnrolmentRules, refuse_a_confirmation_by_the_one_who_enrolled) {
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").by("programme-officer"))
        .is_refused_by("R10");
}

TEST(EnrolmentRules, refuse_a_confirmation_by_the_one_who_enrolled_with_another_key) {
    given(office_at_work(), key_enrolled("programme-officer", "second key"),
          key_confirmed("programme-officer"), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").by("programme-officer").with_key("second key"))
        .is_refused_by("R10");
}

TEST(EnrolmentRules, refuse_a_second_confirmation) {
    given(office_at_work(), person_enrolled("data-lead"), person_confirmed("data-lead"))
        .when(person_confirmed("data-lead").by("programme-manager"))
        .is_refused_by("R10");
}

TEST(EnrolmentRules, refuse_a_confirmation_of_nothing) {
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").answers_nothing())
        .is_refused_by("R10");
    given(office_at_work(), person_enrolled("data-lead"))
        .when(person_confirmed("data-lead").answers_event(0))
        .is_refused_by("R10");
}

TEST(EnrolmentRules, refuse_a_confirmation_under_another_persons_name) {
    given(office_at_work(), person_enrolled("data-lead"))
        .when(Step(Kind::PERSON_CONFIRMED, "@board-chair")
                  .by("programme-deputy")
                  .answers_last(Kind::PERSON_ENROLLED, "@data-lead"))
        .is_refused_by("R10");
}

// The enrolled person's key is not in force, so that R01 speaks first.
TEST(EnrolmentRules, refuse_a_confirmation_by_the_one_who_is_enrolled) {
    given(office_at_work(), person_enrolled("data-lead"),
          role_granted("data-lead", Role::PROGRAMME_OFFICE), role_confirmed("data-lead"))
        .when(person_confirmed("data-lead").by("data-lead"))
        .is_refused_by("R01");
}

// R11: a grant.

TEST(GrantRules, accept_a_grant_to_another_person) {
    given(office_at_work())
        .when(role_granted("head-of-send", Role::DATA_LEAD, "TH"))
        .is_accepted_by("R11");
}

TEST(GrantRules, refuse_a_grant_to_oneself) {
    given(office_at_work())
        .when(role_granted("programme-officer", Role::ACTION_OWNER, "TH"))
        .is_refused_by("R11");
}

TEST(GrantRules, refuse_a_founder_made_by_the_office) {
    given(office_at_work())
        .when(role_granted("programme-deputy", Role::FOUNDER))
        .is_refused_by("R11");
}

TEST(GrantRules, accept_a_founder_made_by_a_founder) {
    given(office_at_work())
        .when(role_granted("board-chair", Role::FOUNDER).by("programme-manager"))
        .is_accepted_by("R11");
}

TEST(GrantRules, refuse_a_grant_that_ends_before_it_begins) {
    given(office_at_work())
        .when(role_granted("head-of-send", Role::DATA_LEAD)
                  .with("from", "2022-03-02")
                  .with("until", "2022-03-01"))
        .is_refused_by("R11");
}

TEST(GrantRules, accept_a_grant_of_one_day) {
    given(office_at_work())
        .when(role_granted("head-of-send", Role::DATA_LEAD)
                  .with("from", "2022-03-01")
                  .with("until", "2022-03-01"))
        .is_accepted_by("R11");
}

// R12: a grant's confirmation.

TEST(GrantRules, accept_a_confirmation_by_a_second_entitled_person) {
    given(office_at_work(), role_granted("head-of-send", Role::AREA_LEAD, "TH-1"))
        .when(role_confirmed("head-of-send"))
        .is_accepted_by("R12");
}

TEST(GrantRules, refuse_a_confirmation_by_the_one_who_granted) {
    given(office_at_work(), role_granted("head-of-send", Role::AREA_LEAD, "TH-1"))
        .when(role_confirmed("head-of-send").by("programme-officer"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_confirmation_by_the_one_who_receives) {
    given(office_at_work(), role_granted("programme-deputy", Role::AREA_LEAD, "TH-1"))
        .when(role_confirmed("programme-deputy"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_second_confirmation) {
    given(office_at_work(), granted("head-of-send", Role::AREA_LEAD, "TH-1"))
        .when(role_confirmed("head-of-send").by("programme-manager"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_confirmation_of_a_role_that_decides_nothing) {
    given(office_at_work(), role_granted("head-of-send", Role::DATA_LEAD))
        .when(role_confirmed("head-of-send"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_confirmation_of_a_grant_that_was_ended) {
    given(office_at_work(), role_granted("head-of-send", Role::AREA_LEAD, "TH-1"),
          role_revoked("head-of-send"))
        .when(role_confirmed("head-of-send"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_confirmation_of_event_0) {
    given(office_at_work(), role_granted("head-of-send", Role::AREA_LEAD, "TH-1"))
        .when(role_confirmed("head-of-send").answers_event(0))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_confirmation_under_another_persons_name) {
    given(office_at_work(), role_granted("head-of-send", Role::AREA_LEAD, "TH-1"))
        .when(role_confirmed("board-chair").answers_last(Kind::ROLE_GRANTED, "@head-of-send"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_founder_whom_the_office_confirms) {
    given(office_at_work(), role_granted("board-chair", Role::FOUNDER).by("programme-manager"))
        .when(role_confirmed("board-chair"))
        .is_refused_by("R12");
}

TEST(GrantRules, refuse_a_founder_whom_one_founder_makes_alone) {
    given(office_at_work(), role_granted("board-chair", Role::FOUNDER).by("programme-manager"))
        .when(role_confirmed("board-chair").by("programme-manager"))
        .is_refused_by("R12");
}

TEST(GrantRules, accept_a_founder_whom_two_founders_make) {
    given(office_at_work(), role_granted("board-chair", Role::FOUNDER).by("programme-manager"))
        .when(role_confirmed("board-chair").by("corporate-director"))
        .is_accepted_by("R12");
}

// R13: the end of a grant.

TEST(GrantRules, accept_an_end_of_the_grant_that_stands) {
    given(office_at_work()).when(role_revoked("head-of-send")).is_accepted_by("R13");
}

TEST(GrantRules, refuse_an_end_of_nothing) {
    given(office_at_work())
        .when(role_revoked("head-of-send").answers_nothing())
        .is_refused_by("R13");
}

TEST(GrantRules, refuse_to_end_a_grant_twice) {
    given(office_at_work(), role_revoked("head-of-send"))
        .when(role_revoked("head-of-send"))
        .is_refused_by("R13");
}

TEST(GrantRules, refuse_to_end_the_grant_of_another_person) {
    given(office_at_work())
        .when(role_revoked("head-of-send").answers_last(Kind::ROLE_GRANTED, "@board-chair"))
        .is_refused_by("R13");
}

Story third_founder() {
    return given(office_at_work(),
                 role_granted("board-chair", Role::FOUNDER).by("programme-manager"),
                 role_confirmed("board-chair").by("corporate-director"));
}

Step founder_ended(const std::string& founder) {
    return Step(Kind::ROLE_REVOKED, "@" + founder)
        .by("programme-manager")
        .because("the founder has left")
        .answers_event(0);
}

TEST(GrantRules, accept_a_founder_ended_by_a_founder_while_two_stay) {
    third_founder().when(founder_ended("corporate-director")).is_accepted_by("R13");
}

TEST(GrantRules, refuse_a_founder_ended_by_the_office) {
    third_founder()
        .when(founder_ended("corporate-director").by("programme-officer"))
        .is_refused_by("R13");
}

TEST(GrantRules, refuse_to_leave_one_founder) {
    given(office_at_work()).when(founder_ended("corporate-director")).is_refused_by("R13");
}

TEST(GrantRules, accept_the_end_of_a_founder_who_still_waits_to_be_confirmed) {
    given(office_at_work(), role_granted("board-chair", Role::FOUNDER).by("programme-manager"))
        .when(role_revoked("board-chair").by("corporate-director"))
        .is_accepted_by("R13");
}

}  // namespace
}  // namespace wsoa::test
