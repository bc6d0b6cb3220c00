#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;
using schema::WordField;

// R08: the subject.

TEST(SubjectRules, accept_a_part_that_is_new) {
    given(plan_in_delivery("TH"))
        .when(area_added("TH-3", "icb-executive-lead"))
        .is_accepted_by("R08");
}

TEST(SubjectRules, refuse_a_part_whose_reference_is_taken) {
    for (const auto* const taken : {"TH-1", "TH-1.2", "TH-O1"}) {
        given(plan_in_delivery("TH"))
            .when(area_added(taken, "icb-executive-lead"))
            .is_refused_by("R08");
    }
}

TEST(SubjectRules, refuse_a_plan_whose_reference_is_taken) {
    given(plan_in_delivery("TH")).when(plan_drafted("TH")).is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_part_of_a_plan_that_is_not_there) {
    given(office_at_work()).when(area_added("TH-1", "icb-executive-lead")).is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_plan_with_the_reference_of_a_part) {
    given(plan_in_delivery("TH")).when(plan_drafted("TH-3")).is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_part_with_the_reference_of_a_plan) {
    given(plan_in_delivery("TH")).when(area_added("TH", "icb-executive-lead")).is_refused_by("R08");
}

TEST(SubjectRules, refuse_to_start_what_is_no_action_of_the_plan) {
    for (const auto* const other : {"TH-9.9", "TH-1", "TH-O1", "TH"}) {
        given(plan_in_delivery("TH")).when(action_started(other)).is_refused_by("R08");
    }
}

TEST(SubjectRules, refuse_to_rate_an_outcome) {
    given(plan_in_delivery("TH"))
        .when(impact_proposed("TH-O1", "A").by("programme-officer"))
        .is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_person_as_the_subject_of_a_part) {
    given(plan_in_delivery("TH"))
        .when(Step(Kind::ACTION_STARTED, "@head-of-send"))
        .is_refused_by("R08");
}

TEST(SubjectRules, refuse_the_ledger_as_the_subject_of_a_part) {
    given(plan_in_delivery("TH")).when(Step(Kind::ACTION_STARTED, "ledger")).is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_part_as_the_subject_of_a_grant) {
    given(plan_in_delivery("TH"))
        .when(Step(Kind::ROLE_GRANTED, "TH-1.2").with("role", "actionOwner"))
        .is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_part_as_the_subject_of_a_rulebook) {
    given(plan_in_delivery("TH"))
        .when(Step(Kind::LEDGER_KEY_CONFIRMED, "TH").by("programme-manager"))
        .is_refused_by("R08");
}

TEST(SubjectRules, refuse_to_enrol_a_person_twice) {
    given(office_at_work()).when(person_enrolled("head-of-send")).is_refused_by("R08");
}

TEST(SubjectRules, refuse_a_role_for_somebody_who_is_not_enrolled) {
    given(office_at_work()).when(role_granted("data-lead", Role::DATA_LEAD)).is_refused_by("R08");
}

}  // namespace
}  // namespace wsoa::test
