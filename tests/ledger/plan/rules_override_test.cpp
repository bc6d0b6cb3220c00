#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// TH-1.2 is owned by head-of-send, started on 1 February 2022 and due on 31 March 2023.
Story begun() { return given(plan_in_delivery("TH"), action_started("TH-1.2")); }
Story proposed() { return given(begun().scene(), rating_proposed("TH-1.2", "G")); }

TEST(RatingWhile, accepts_an_action_in_progress_or_claimed) {
    begun().when(rating_proposed("TH-1.2", "G")).is_accepted_by("R68");
    given(begun().scene(), completion_claimed("TH-1.2", ""))
        .when(rating_proposed("TH-1.2", "G"))
        .is_accepted_by("R68");
    given(plan_in_delivery("TH"), action_done(), action_reopened("TH-1.2"))
        .when(rating_proposed("TH-1.2", "R"))
        .is_accepted_by("R68");
}

TEST(RatingWhile, refuses_an_action_that_is_paused_complete_or_ended) {
    given(begun().scene(), action_paused("TH-1.2", "2022-09-01"))
        .when(rating_proposed("TH-1.2", "G"))
        .is_refused_by("R68");
    given(plan_in_delivery("TH"), action_done())
        .when(rating_proposed("TH-1.2", "A"))
        .is_refused_by("R68");
    given(begun().scene(), action_withdrawn("TH-1.2"))
        .when(rating_proposed("TH-1.2", "G"))
        .is_refused_by("R68");
    given(proposed().scene(), action_withdrawn("TH-1.2"))
        .when(rating_confirmed("TH-1.2", "G"))
        .is_refused_by("R68");
}

TEST(RatingWhile, tells_who_can_make_a_complete_action_one_that_is_rated) {
    const auto judged =
        given(plan_in_delivery("TH"), action_done()).scene().judge(rating_proposed("TH-1.2", "A"));
    ASSERT_FALSE(judged.ok());
    EXPECT_NE(judged.error().advice.find("actionReopened"), std::string::npos);
}

TEST(RatingOverdue, accepts_any_rating_on_the_last_day) {
    begun().when(rating_proposed("TH-1.2", "G").on("2023-03-31")).is_accepted_by("R69");
}

TEST(RatingOverdue, accepts_red_only_from_the_day_after) {
    begun().when(rating_proposed("TH-1.2", "R").on("2023-04-01")).is_accepted_by("R69");
    begun().when(rating_proposed("TH-1.2", "G").on("2023-04-01")).is_refused_by("R69");
    begun().when(rating_proposed("TH-1.2", "A").on("2023-04-01")).is_refused_by("R69");
    proposed().when(rating_confirmed("TH-1.2", "G").on("2023-04-01")).is_refused_by("R69");
}

TEST(RatingOverdue, goes_by_the_deadline_in_force_on_the_day_that_the_rating_is_about) {
    const auto moved = given(
        begun().scene(), change_requested("TH-1.2", "2023-03-31", "2023-09-30").on("2023-04-10"),
        change_approved("TH-1.2", "2023-03-31", "2023-09-30").with("late", "true"),
        change_applied("TH-1.2", "2023-03-31", "2023-09-30"));
    moved.when(rating_proposed("TH-1.2", "G")).is_accepted_by("R69");
    moved.when(rating_proposed("TH-1.2", "G").effective("2023-04-09")).is_refused_by("R69");
    moved.when(rating_proposed("TH-1.2", "G").effective("2023-03-31")).is_accepted_by("R69");
}

TEST(RatingScales, accept_the_next_version) {
    given(plan_in_delivery("TH")).when(scale_defined("1", "GY,UN,G,A,R,B,E")).is_accepted_by("R70");
    given(plan_in_delivery("TH")).when(scale_defined("2", "G,A,R")).is_accepted_by("R70");
    given(plan_in_delivery("TH"), scale_defined("1", "G,A,R"))
        .when(scale_defined("2", "G,A,AR,R"))
        .is_accepted_by("R70");
}

TEST(RatingScales, refuse_a_version_that_does_not_follow) {
    given(plan_in_delivery("TH")).when(scale_defined("3", "G,A,R")).is_refused_by("R70");
    given(plan_in_delivery("TH")).when(scale_defined("0", "G,A,R")).is_refused_by("R70");
    given(plan_in_delivery("TH"), scale_defined("1", "G,A,R"))
        .when(scale_defined("1", "G,A,R"))
        .is_refused_by("R70");
    given(plan_in_delivery("TH"), scale_defined("1", "G,A,R").on("2022-03-01"))
        .when(scale_defined("2", "G,R").effective("2022-02-28"))
        .is_refused_by("R70");
}

TEST(RatingScales, refuse_to_edit_the_first_version_once_it_is_in_use) {
    proposed().when(scale_defined("1", "G,R")).is_refused_by("R70");
    proposed().when(scale_defined("2", "G,R")).is_accepted_by("R70");
    // The other axis has a scale of its own.
    proposed().when(scale_defined("1", "NM,R,A,G").with("axis", "impact")).is_accepted_by("R70");
}

TEST(RatingScales, refuse_codes_without_red_or_twice_the_same) {
    given(plan_in_delivery("TH")).when(scale_defined("2", "G,A")).is_refused_by("R70");
    given(plan_in_delivery("TH")).when(scale_defined("2", "G,R,G")).is_refused_by("R70");
}

TEST(RatingScales, say_which_codes_may_be_proposed_from_their_day_on) {
    const auto scaled =
        given(begun().scene(), scale_defined("2", "GY,UN,G,AG,AR,R,B,E").on("2022-03-01"));
    scaled.when(rating_proposed("TH-1.2", "AG").with("scale", "2")).is_accepted_by("R30");
    scaled.when(rating_proposed("TH-1.2", "A").with("scale", "2")).is_refused_by("R30");
    scaled.when(rating_proposed("TH-1.2", "A")).is_refused_by("R30");
    scaled.when(rating_proposed("TH-1.2", "A").effective("2022-02-28")).is_accepted_by("R30");
    for (const auto* const code : {"GY", "UN", "B", "E"}) {
        scaled.when(rating_proposed("TH-1.2", code).with("scale", "2")).is_refused_by("R30");
    }
}

TEST(RatingScales, let_a_proposal_be_confirmed_by_the_scale_on_which_it_was_made) {
    given(proposed().scene(), scale_defined("2", "G,AG,AR,R").on("2022-03-01"))
        .when(rating_confirmed("TH-1.2", "G"))
        .is_accepted_by("R30");
}

TEST(Overrides, are_by_another_person_than_the_proposer) {
    proposed().when(rating_overridden("TH-1.2", "R")).is_accepted_by("R71");
    given(begun().scene(), granted("head-of-send", Role::BOARD_CHAIR, "TH"),
          rating_proposed("TH-1.2", "G"))
        .when(rating_overridden("TH-1.2", "R").by("head-of-send").as(Role::BOARD_CHAIR))
        .is_refused_by("R71");
}

TEST(Overrides, answer_a_proposal_that_waits_and_differ_from_it) {
    proposed().when(rating_overridden("TH-1.2", "R")).is_accepted_by("R72");
    proposed().when(rating_overridden("TH-1.2", "G")).is_refused_by("R72");
    proposed().when(rating_overridden("TH-1.2", "R").answers_nothing()).is_refused_by("R72");
    given(proposed().scene(), rating_proposed("TH-1.2", "A"),
          rating_overridden("TH-1.2", "R").labelled("decided"))
        .when(rating_overridden("TH-1.2", "A", "R").because("once more"))
        .is_refused_by("R72");
}

TEST(Overrides, are_not_of_a_day_before_their_proposal) {
    given(begun().scene(), board_met("TH-B-2022-03-09"),
          rating_proposed("TH-1.2", "G").on("2022-03-10"))
        .when(rating_overridden("TH-1.2", "R")
                  .effective("2022-03-09")
                  .with("meeting", "TH-B-2022-03-09"))
        .is_refused_by("R72");
}

TEST(Overrides, keep_what_is_asked_of_every_rating) {
    given(plan_in_delivery("TH"), impact_proposed("TH-1", "A"))
        .when(rating_overridden("TH-1", "R", "NM").with("axis", "impact"))
        .is_accepted_by("R35");
    given(plan_in_delivery("TH"), impact_proposed("TH-1", "A"),
          granted("case-work-lead", Role::ACCOUNTABLE_OFFICER, "TH"))
        .when(rating_overridden("TH-1", "R", "NM")
                  .with("axis", "impact")
                  .by("case-work-lead")
                  .as(Role::ACCOUNTABLE_OFFICER))
        .is_refused_by("R35");
    proposed().when(rating_overridden("TH-1.2", "X")).is_refused_by("R30");
    proposed().when(rating_overridden("TH-1.2", "R", "A")).conflicts_by("R31");
    given(begun().scene(), rating_proposed("TH-1.2", "G").because("all posts are filled"))
        .when(rating_overridden("TH-1.2", "R").because("all posts are filled"))
        .is_refused_by("R32");
}

// R32: a reason is new among all that were given, not only after the last.

TEST(Reasons, are_not_those_of_any_earlier_rating_of_the_subject) {
    const auto rated =
        given(begun().scene(), rating_proposed("TH-1.2", "G").because("two posts are filled"),
              rating_confirmed("TH-1.2", "G").because("framework drafted on time"),
              rating_proposed("TH-1.2", "A", "G").because("one post is vacant again"),
              rating_confirmed("TH-1.2", "A", "G").because("one post is vacant again"));
    rated.when(rating_proposed("TH-1.2", "G", "A").because("framework drafted on time"))
        .is_refused_by("R32");
    rated.when(rating_proposed("TH-1.2", "G", "A").because("two posts are filled"))
        .is_refused_by("R32");
    rated.when(rating_proposed("TH-1.2", "G", "A").because("all posts are filled"))
        .is_accepted_by("R32");
}

TEST(Reasons, may_be_given_again_where_the_first_entry_was_struck) {
    given(begun().scene(), rating_proposed("TH-1.2", "R").because("two posts are filled"),
          Step(Kind::ENTRY_CORRECTED, "TH-1.2")
              .by("head-of-send")
              .because("meant Green")
              .answers_last(Kind::RATING_PROPOSED, "TH-1.2"))
        .when(rating_proposed("TH-1.2", "G").because("two posts are filled"))
        .is_accepted_by("R32");
}

TEST(Reasons, may_repeat_that_of_a_reopening) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "G"),
          rating_confirmed("TH-1.2", "G"), item_accepted("TH-E02", "TH-1.2"),
          completion_claimed("TH-1.2", "TH-E02"), action_completed("TH-1.2", "TH-E02"),
          action_reopened("TH-1.2").because("sessions had stopped"))
        .when(rating_proposed("TH-1.2", "R", "UN").because("sessions had stopped"))
        .is_accepted_by("R32");
}

}  // namespace
}  // namespace wsoa::test
