#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;
using schema::WordField;

// TH-1.2 starts on 1 February 2022 and is due on 31 March 2023. The day is 1 February 2022.
const std::string due = "2023-03-31";
const std::string later = "2023-09-30";

Story asked() { return given(plan_in_delivery("TH"), change_requested("TH-1.2", due, later)); }
Story approved() { return given(asked().scene(), change_approved("TH-1.2", due, later)); }

// Of the measure TH-M1, or of words alone.
Step other_change(const std::string& subject, const std::string& field) {
    return change_requested(subject, due, later)
        .by("programme-officer")
        .without("from")
        .without("to")
        .with("field", field);
}

// TH-M1, with 60 as its target for 31 December 2023 and 41 as its baseline.
std::vector<Step> measure_with_figures() {
    return {Step(Kind::MEASURE_DEFINED, "TH-M1")
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
                .with("date", "2023-12-31")};
}

TEST(ChangeRules, accept_a_request_for_what_the_subject_has) {
    const auto plan = given(plan_in_delivery("TH"), measure_with_figures(),
                            milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"));
    plan.when(change_requested("TH-1.2", due, later)).is_accepted_by("R60");
    plan.when(change_requested("TH-1.2.a", "2022-09-30", "2022-10-31").by("programme-officer"))
        .is_accepted_by("R60");
    plan.when(other_change("TH-1.2", "scope")).is_accepted_by("R60");
    plan.when(other_change("TH-M1", "trajectory")).is_accepted_by("R60");
    plan.when(other_change("TH-M1", "target").with("fromValue", "60").with("toValue", "55"))
        .is_accepted_by("R60");
    plan.when(other_change("TH-M1", "baseline").with("fromValue", "41").with("toValue", "40"))
        .is_accepted_by("R60");
}

TEST(ChangeRules, refuse_a_request_for_what_it_has_not) {
    const auto plan = given(plan_in_delivery("TH"), measure_with_figures());
    plan.when(change_requested("TH-M1", due, later).by("programme-officer")).is_refused_by("R60");
    plan.when(other_change("TH-1.2", "deadline")).is_refused_by("R60");
    plan.when(other_change("TH-1.2", "trajectory")).is_refused_by("R60");
    plan.when(other_change("TH-1.2", "target").with("fromValue", "60").with("toValue", "55"))
        .is_refused_by("R60");
    plan.when(other_change("TH-M1", "target")).is_refused_by("R60");
    plan.when(other_change("TH-M1", "baseline").with("from", due).with("to", later))
        .is_refused_by("R60");
    plan.when(other_change("TH-M1", "scope").with("toValue", "55")).is_refused_by("R60");
    given(plan_in_delivery("TH"), measure_with_figures().front())
        .when(other_change("TH-M1", "target").with("fromValue", "60").with("toValue", "55"))
        .is_refused_by("R60");
}

TEST(ChangeRules, refuse_a_request_for_what_is_over) {
    given(plan_in_delivery("TH"), action_done())
        .when(change_requested("TH-1.2", due, later))
        .is_refused_by("R60");
    given(plan_in_delivery("TH"), action_withdrawn("TH-1.2"))
        .when(change_requested("TH-1.2", due, later))
        .is_refused_by("R60");
    given(plan_in_delivery("TH"), milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"),
          milestone_met("TH-1.2.a", "2022-02-01"))
        .when(change_requested("TH-1.2.a", "2022-09-30", "2022-10-31").by("programme-officer"))
        .is_refused_by("R60");
}

TEST(ChangeRules, let_a_change_start_from_what_is_in_force) {
    asked().when(change_approved("TH-1.2", due, later)).is_accepted_by("R61");
    approved().when(change_applied("TH-1.2", due, later)).is_accepted_by("R61");
}

TEST(ChangeRules, turn_away_a_change_from_what_is_not_in_force) {
    const auto plan = given(plan_in_delivery("TH"), measure_with_figures());
    plan.when(change_requested("TH-1.2", "2023-04-30", later)).conflicts_by("R61");
    plan.when(other_change("TH-M1", "target").with("fromValue", "65").with("toValue", "55"))
        .conflicts_by("R61");
    plan.when(other_change("TH-M1", "target")
                  .with("fromValue", "60")
                  .with("toValue", "55")
                  .with("from", due)
                  .with("to", later))
        .conflicts_by("R61");
    plan.when(other_change("TH-M1", "baseline").with("fromValue", "42").with("toValue", "40"))
        .conflicts_by("R61");
}

TEST(ChangeRules, turn_away_the_second_of_two_approvals_once_the_first_is_applied) {
    given(plan_in_delivery("TH"), change_requested("TH-1.2", due, later).labelled("first"),
          change_requested("TH-1.2", due, "2023-12-31").labelled("second"),
          change_approved("TH-1.2", due, later).answers("first"),
          change_applied("TH-1.2", due, later))
        .when(change_approved("TH-1.2", due, "2023-12-31").answers("second"))
        .conflicts_by("R61");
}

TEST(ChangeRules, accept_a_date_that_fits_what_stands_around_it) {
    const auto plan =
        given(plan_in_delivery("TH"), milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"));
    plan.when(change_requested("TH-1.2", due, "2022-09-30")).is_accepted_by("R62");
    plan.when(change_requested("TH-1.2.a", "2022-09-30", due).by("programme-officer"))
        .is_accepted_by("R62");
}

TEST(ChangeRules, refuse_a_date_that_does_not_fit) {
    const auto plan =
        given(plan_in_delivery("TH"), milestone_added("TH-1.2.a", "TH-1.2", "2022-09-30"));
    plan.when(change_requested("TH-1.2", due, due)).is_refused_by("R62");
    plan.when(change_requested("TH-1.2", due, "2022-09-29")).is_refused_by("R62");
    plan.when(change_requested("TH-1.2.a", "2022-09-30", "2023-04-01").by("programme-officer"))
        .is_refused_by("R62");
    given(plan_in_delivery("TH"))
        .when(change_requested("TH-1.2", due, "2022-01-31"))
        .is_refused_by("R62");
    given(plan_in_delivery("TH"), measure_with_figures())
        .when(other_change("TH-M1", "target").with("fromValue", "60").with("toValue", "60.0"))
        .is_refused_by("R62");
}

TEST(ChangeRules, leave_a_move_within_the_quarter_to_a_lead) {
    const auto within = change_requested("TH-1.2", due, "2023-01-01").with("level", "delegated");
    const auto plan = given(plan_in_delivery("TH"));
    plan.when(within).is_accepted_by("R63");
    given(plan_in_delivery("TH"), within)
        .when(change_approved("TH-1.2", due, "2023-01-01")
                  .by("case-work-lead")
                  .with("level", "delegated"))
        .is_accepted_by("R64");
}

TEST(ChangeRules, leave_every_other_change_to_the_board) {
    const auto plan = given(plan_in_delivery("TH"), measure_with_figures());
    for (const auto* const to : {"2023-04-01", "2022-12-31", "2024-03-31"}) {
        plan.when(change_requested("TH-1.2", due, to).with("level", "delegated"))
            .is_refused_by("R63");
    }
    plan.when(other_change("TH-1.2", "scope").with("level", "delegated")).is_refused_by("R63");
    plan.when(other_change("TH-M1", "target")
                  .with("fromValue", "60")
                  .with("toValue", "55")
                  .with("level", "delegated"))
        .is_refused_by("R63");
}

TEST(ChangeRules, refuse_a_lead_who_decides_for_the_board) {
    asked().when(change_approved("TH-1.2", due, later).by("case-work-lead")).is_refused_by("R64");
    asked().when(change_refused("TH-1.2").by("case-work-lead")).is_refused_by("R64");
    asked().when(change_refused("TH-1.2")).is_accepted_by("R64");
}

TEST(ChangeRules, let_another_person_decide_and_the_one_who_asked_take_back) {
    asked().when(change_approved("TH-1.2", due, later)).is_accepted_by("R65");
    asked().when(change_withdrawn("TH-1.2")).is_accepted_by("R65");
    given(
        plan_in_delivery("TH"),
        change_requested("TH-1.2", due, later).by("programme-officer").on_behalf_of("head-of-send"))
        .when(change_withdrawn("TH-1.2"))
        .is_accepted_by("R65");
}

TEST(ChangeRules, refuse_a_decision_by_the_one_who_asked) {
    const auto chair = granted("head-of-send", Role::BOARD_CHAIR, "TH");
    const auto approval =
        change_approved("TH-1.2", due, later).by("head-of-send").as(Role::BOARD_CHAIR);
    given(asked().scene(), chair).when(approval).is_refused_by("R65");
    given(asked().scene(), chair)
        .when(change_refused("TH-1.2").by("head-of-send").as(Role::BOARD_CHAIR))
        .is_refused_by("R65");
    given(
        plan_in_delivery("TH"), chair,
        change_requested("TH-1.2", due, later).by("programme-officer").on_behalf_of("head-of-send"))
        .when(approval)
        .is_refused_by("R65");
}

TEST(ChangeRules, refuse_to_let_another_take_a_request_back) {
    asked().when(change_withdrawn("TH-1.2").by("case-work-lead")).is_refused_by("R65");
    asked().when(change_withdrawn("TH-1.2").by("programme-officer")).is_refused_by("R65");
    asked()
        .when(change_withdrawn("TH-1.2").by("programme-officer").on_behalf_of("head-of-send"))
        .is_accepted_by("R65");
}

TEST(ChangeRules, accept_an_answer_that_repeats_what_was_asked) {
    asked().when(change_approved("TH-1.2", due, later)).is_accepted_by("R66");
    approved().when(change_applied("TH-1.2", due, later).on("2022-02-03")).is_accepted_by("R66");
}

TEST(ChangeRules, refuse_an_answer_to_something_else) {
    asked().when(change_approved("TH-1.2", due, "2023-10-31")).is_refused_by("R66");
    asked()
        .when(change_approved("TH-1.2", due, later).with("level", "delegated"))
        .is_refused_by("R66");
    asked().when(change_approved("TH-1.2", due, later).answers_nothing()).is_refused_by("R66");
    approved().when(change_applied("TH-1.2", due, "2023-10-31")).is_refused_by("R66");
    approved()
        .when(change_applied("TH-1.2", due, later).answers_last(Kind::CHANGE_REQUESTED, "TH-1.2"))
        .is_refused_by("R66");
}

TEST(ChangeRules, refuse_a_second_answer) {
    approved().when(change_refused("TH-1.2")).is_refused_by("R66");
    approved().when(change_withdrawn("TH-1.2")).is_refused_by("R66");
    const auto refused = given(asked().scene(), change_refused("TH-1.2"));
    refused.when(change_refused("TH-1.2")).is_refused_by("R66");
    refused.when(change_approved("TH-1.2", due, later)).is_refused_by("R66");
    // A deadline that came back to what it was is not moved again by the old approval.
    given(approved().scene(), change_applied("TH-1.2", due, later).labelled("moved"),
          change_requested("TH-1.2", later, due), change_approved("TH-1.2", later, due),
          change_applied("TH-1.2", later, due))
        .when(change_applied("TH-1.2", due, later)
                  .answers_event(approved().scene().next_index().value - 1))
        .is_refused_by("R66");
}

TEST(ChangeRules, refuse_an_application_of_a_day_before_its_approval) {
    given(asked().scene(), change_approved("TH-1.2", due, later).on("2022-02-10"))
        .when(change_applied("TH-1.2", due, later).effective("2022-02-09"))
        .is_refused_by("R66");
}

TEST(ChangeRules, hear_truly_whether_the_date_had_passed) {
    asked().when(change_approved("TH-1.2", due, later).on(due)).is_accepted_by("R67");
    asked()
        .when(change_approved("TH-1.2", due, later).on("2023-04-01").with("late", "true"))
        .is_accepted_by("R67");
}

TEST(ChangeRules, refuse_an_approval_that_is_untrue_about_the_date) {
    asked().when(change_approved("TH-1.2", due, later).on("2023-04-01")).is_refused_by("R67");
    asked().when(change_approved("TH-1.2", due, later).with("late", "true")).is_refused_by("R67");
}

}  // namespace
}  // namespace wsoa::test
