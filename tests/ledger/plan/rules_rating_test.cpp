#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// Started on 1 February 2022.
Story delivery_begun() { return given(plan_in_delivery("TH"), action_started("TH-1.2")); }

TEST(RatingRules, accept_a_confirmation_by_another_person) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_confirmed("TH-1.2", "A"))
        .is_accepted_by("R02");
}

TEST(RatingRules, refuse_a_confirmation_by_its_own_proposer) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").by("case-work-lead"))
        .when(rating_confirmed("TH-1.2", "A").by("case-work-lead"))
        .is_refused_by("R02");
}

TEST(RatingRules, refuse_a_confirmation_by_its_own_proposer_with_another_key) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          key_enrolled("case-work-lead", "second key"), key_confirmed("case-work-lead"),
          rating_proposed("TH-1.2", "A").by("case-work-lead"))
        .when(rating_confirmed("TH-1.2", "A").by("case-work-lead").with_key("second key"))
        .is_refused_by("R02");
}

TEST(RatingRules, refuse_a_confirmation_by_the_one_for_whom_the_office_proposed) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").by("programme-officer").on_behalf_of("case-work-lead"))
        .when(rating_confirmed("TH-1.2", "A").by("case-work-lead"))
        .is_refused_by("R02");
}

TEST(RatingRules, accept_a_confirmation_of_what_the_office_proposed_for_another) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").by("programme-officer").on_behalf_of("head-of-send"))
        .when(rating_confirmed("TH-1.2", "A"))
        .is_accepted_by("R02");
}

TEST(RatingRules, refuse_the_delivery_of_an_action_that_was_not_started) {
    given(plan_in_delivery("TH")).when(rating_proposed("TH-1.2", "G")).is_refused_by("R28");
}

TEST(RatingRules, refuse_a_rating_of_a_day_before_the_start) {
    given(plan_in_delivery("TH"), action_started("TH-1.2").on("2022-03-01"))
        .when(rating_proposed("TH-1.2", "G").effective("2022-02-28"))
        .is_refused_by("R28");
}

TEST(RatingRules, accept_a_rating_of_the_day_of_the_start) {
    given(plan_in_delivery("TH"), action_started("TH-1.2").on("2022-03-01"))
        .when(rating_proposed("TH-1.2", "G").on("2022-04-01").effective("2022-03-01"))
        .is_accepted_by("R28");
}

TEST(RatingRules, accept_the_impact_of_an_area_where_nothing_was_started) {
    given(plan_in_delivery("TH")).when(impact_proposed("TH-1", "A")).is_accepted_by("R28");
}

TEST(RatingRules, accept_every_code_that_people_propose) {
    for (const auto* const code : {"G", "A", "R"}) {
        delivery_begun().when(rating_proposed("TH-1.2", code)).is_accepted_by("R30");
        given(plan_in_delivery("TH")).when(impact_proposed("TH-1", code)).is_accepted_by("R30");
    }
    given(plan_in_delivery("TH")).when(impact_proposed("TH-1", "NM")).is_accepted_by("R30");
}

TEST(RatingRules, refuse_codes_that_nobody_proposes) {
    for (const auto* const code : {"GY", "UN", "NM", "B", "E", "X"}) {
        delivery_begun().when(rating_proposed("TH-1.2", code)).is_refused_by("R30");
    }
}

TEST(RatingRules, refuse_another_scale) {
    delivery_begun().when(rating_proposed("TH-1.2", "G").with("scale", "2")).is_refused_by("R30");
    delivery_begun().when(rating_proposed("TH-1.2", "G").with("scale", "0")).is_refused_by("R30");
}

TEST(RatingRules, refuse_the_impact_of_an_action) {
    delivery_begun()
        .when(rating_proposed("TH-1.2", "G").with("axis", "impact").with("from", "NM"))
        .is_refused_by("R30");
}

TEST(RatingRules, refuse_the_delivery_of_an_area) {
    given(plan_in_delivery("TH"))
        .when(impact_proposed("TH-1", "G").with("axis", "delivery").with("from", "UN"))
        .is_refused_by("R30");
}

TEST(RatingRules, accept_a_proposal_from_the_confirmed_rating) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"),
          rating_confirmed("TH-1.2", "A"))
        .when(rating_proposed("TH-1.2", "G", "A"))
        .is_accepted_by("R31");
}

TEST(RatingRules, turn_away_a_proposal_from_a_rating_that_has_gone) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"),
          rating_confirmed("TH-1.2", "A"))
        .when(rating_proposed("TH-1.2", "G", "UN"))
        .conflicts_by("R31");
}

TEST(RatingRules, turn_away_a_proposal_from_a_rating_that_was_only_proposed) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_proposed("TH-1.2", "G", "A"))
        .conflicts_by("R31");
}

TEST(RatingRules, turn_away_the_second_of_two_proposals_once_the_first_is_confirmed) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").labelled("first"),
          rating_proposed("TH-1.2", "R").labelled("second"),
          rating_confirmed("TH-1.2", "A").answers("first"))
        .when(rating_confirmed("TH-1.2", "R").answers("second"))
        .conflicts_by("R31");
}

// A history in which the rating was Green from 10 March on; the day is 1 April.
Story green_in_march() {
    return given(plan_in_delivery("TH"), action_started("TH-1.2"),
                 rating_proposed("TH-1.2", "G").on("2022-03-09"),
                 rating_confirmed("TH-1.2", "G").on("2022-03-10"),
                 progress_recorded("TH-1.2", 10).on("2022-04-01"));
}

TEST(RatingRules, let_a_late_entry_go_on_from_the_rating_of_its_day) {
    green_in_march()
        .when(rating_proposed("TH-1.2", "R").effective("2022-03-05").because("nobody was trained"))
        .is_accepted_by("R31");
}

TEST(RatingRules, turn_away_a_late_entry_that_goes_on_from_the_rating_of_today) {
    green_in_march()
        .when(rating_proposed("TH-1.2", "R", "G")
                  .effective("2022-03-05")
                  .because("nobody was trained"))
        .conflicts_by("R31");
}

TEST(RatingRules, refuse_the_reason_of_the_last_proposal) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").because("two posts are vacant"))
        .when(rating_proposed("TH-1.2", "R").because("two posts are vacant"))
        .is_refused_by("R32");
}

TEST(RatingRules, accept_a_reason_of_its_own) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").because("two posts are vacant"))
        .when(rating_proposed("TH-1.2", "R").because("three posts are vacant"))
        .is_accepted_by("R32");
}

TEST(RatingRules, refuse_the_last_reason_also_where_the_proposal_answers_something) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").because("two posts are vacant"))
        .when(rating_proposed("TH-1.2", "R").because("two posts are vacant").answers_event(0))
        .is_refused_by("R32");
}

TEST(RatingRules, accept_a_confirmation_that_repeats_the_reason_of_its_proposal) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").because("two posts are vacant"))
        .when(rating_confirmed("TH-1.2", "A").because("two posts are vacant"))
        .is_accepted_by("R32");
}

TEST(RatingRules, refuse_a_confirmation_that_repeats_the_reason_of_the_last_one) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"),
          rating_confirmed("TH-1.2", "A").because("as discussed"),
          rating_proposed("TH-1.2", "G", "A"))
        .when(rating_confirmed("TH-1.2", "G", "A").because("as discussed"))
        .is_refused_by("R32");
}

TEST(RatingRules, accept_the_same_reason_for_another_action) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"), action_started("TH-1.2"),
          rating_proposed("TH-1.1", "A").by("send-team-manager").because("two posts are vacant"))
        .when(rating_proposed("TH-1.2", "A").because("two posts are vacant"))
        .is_accepted_by("R32");
}

TEST(RatingRules, accept_a_confirmation_of_a_proposal_that_waits) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_confirmed("TH-1.2", "A").on("2022-03-01"))
        .is_accepted_by("R33");
}

TEST(RatingRules, refuse_a_confirmation_that_answers_nothing) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"),
          rating_proposed("TH-1.2", "A").because("two posts are vacant"))
        .when(rating_confirmed("TH-1.2", "A").because("two posts are vacant").answers_nothing())
        .is_refused_by("R33");
}

TEST(RatingRules, refuse_a_confirmation_that_answers_something_else) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_confirmed("TH-1.2", "A").answers_last(Kind::ACTION_STARTED, "TH-1.2"))
        .is_refused_by("R33");
}

TEST(RatingRules, refuse_a_confirmation_of_a_proposal_for_another_action) {
    given(plan_in_delivery("TH"), action_started("TH-1.1"), action_started("TH-1.2"),
          rating_proposed("TH-1.1", "A").by("send-team-manager"))
        .when(rating_confirmed("TH-1.2", "A").answers_last(Kind::RATING_PROPOSED, "TH-1.1"))
        .is_refused_by("R33");
}

TEST(RatingRules, refuse_to_confirm_a_proposal_twice) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "G"),
          rating_confirmed("TH-1.2", "G"), rating_proposed("TH-1.2", "G", "G").labelled("again"),
          rating_confirmed("TH-1.2", "G", "G"))
        .when(rating_confirmed("TH-1.2", "G", "G").answers("again").because("once more"))
        .is_refused_by("R33");
}

TEST(RatingRules, refuse_a_confirmation_of_another_rating_than_the_proposed_one) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_confirmed("TH-1.2", "G"))
        .is_refused_by("R33");
}

TEST(RatingRules, refuse_a_confirmation_of_a_day_before_its_proposal) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), board_met("TH-B-2022-03-09"),
          rating_proposed("TH-1.2", "A").on("2022-03-10"))
        .when(rating_confirmed("TH-1.2", "A")
                  .effective("2022-03-09")
                  .with("meeting", "TH-B-2022-03-09"))
        .is_refused_by("R33");
}

TEST(RatingRules, accept_a_late_confirmation_of_the_day_of_its_proposal) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), board_met("TH-B-2022-03-10"),
          rating_proposed("TH-1.2", "A").on("2022-03-10"))
        .when(rating_confirmed("TH-1.2", "A")
                  .on("2022-03-20")
                  .effective("2022-03-10")
                  .with("meeting", "TH-B-2022-03-10"))
        .is_accepted_by("R33");
}

TEST(RatingRules, refuse_an_impact_that_the_area_lead_confirms) {
    given(plan_in_delivery("TH"), impact_proposed("TH-1", "A"))
        .when(impact_confirmed("TH-1", "A").by("case-work-lead"))
        .is_refused_by("R35");
}

TEST(RatingRules, accept_an_impact_that_the_board_confirms) {
    given(plan_in_delivery("TH"), impact_proposed("TH-1", "A"))
        .when(impact_confirmed("TH-1", "A"))
        .is_accepted_by("R35");
}

TEST(RatingRules, accept_a_delivery_that_the_area_lead_confirms) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"))
        .when(rating_confirmed("TH-1.2", "A").by("case-work-lead").as(Role::AREA_LEAD))
        .is_accepted_by("R35");
}

}  // namespace
}  // namespace wsoa::test
