#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

Story red_with(const std::vector<Step>& steps) {
    auto story = forum_at_work();
    story.add(gone_red());
    story.add(steps);
    return story;
}

TEST(ExceptionRules, accept_one_for_an_action_that_is_red) {
    red_with({}).when(exception_opened("TH-X1")).is_accepted_by("R119");
}

TEST(ExceptionRules, accept_one_for_an_action_that_is_overdue) {
    forum_at_work({action_started("TH-1.2")})
        .when(exception_opened("TH-X1").on("2023-04-01"))
        .is_accepted_by("R119");
}

TEST(ExceptionRules, accept_one_for_an_action_that_was_amber_twice_in_a_row) {
    auto story = forum_at_work();
    story.add({action_started("TH-1.2"), rating_proposed("TH-1.2", "A").on("2022-03-09"),
               rating_confirmed("TH-1.2", "A").on("2022-03-10")});
    story.when(exception_opened("TH-X1")).is_refused_by("R119");
    story.add({rating_proposed("TH-1.2", "A", "A").on("2022-04-09"),
               rating_confirmed("TH-1.2", "A", "A").on("2022-04-10")});
    story.when(exception_opened("TH-X1")).is_accepted_by("R119");
    story.when(exception_opened("TH-X1").on("2022-04-11").effective("2022-04-09"))
        .is_refused_by("R119");
}

TEST(ExceptionRules, refuse_one_for_an_action_that_is_on_track) {
    forum_at_work({action_started("TH-1.2")}).when(exception_opened("TH-X1")).is_refused_by("R119");
}

TEST(ExceptionRules, refuse_one_of_a_day_on_which_the_action_was_not_yet_red) {
    red_with({})
        .when(exception_opened("TH-X1").on("2022-03-11").effective("2022-03-09"))
        .is_refused_by("R119");
}

TEST(ExceptionRules, refuse_a_reference_that_is_taken_or_of_another_plan) {
    red_with({}).when(exception_opened("TH-1.1")).is_refused_by("R119");
    red_with({}).when(exception_opened("HGY-X1")).is_refused_by("R119");
}

TEST(ExceptionRules, turn_away_a_second_one_while_the_first_is_open) {
    red_with({exception_opened("TH-X1")}).when(exception_opened("TH-X2")).conflicts_by("R119");
    red_with({exception_opened("TH-X1"), exception_answered("TH-X1"), exception_closed("TH-X1")})
        .when(exception_opened("TH-X2"))
        .is_accepted_by("R119");
}

TEST(ExceptionRules, accept_an_answer_of_the_chair) {
    red_with({exception_opened("TH-X1")}).when(exception_answered("TH-X1")).is_accepted_by("R120");
}

TEST(ExceptionRules, accept_an_answer_of_the_accountable_officer_only_from_a_meeting) {
    const auto opened = red_with({exception_opened("TH-X1"), board_met("TH-B-2022-03-10")});
    const auto answer = exception_answered("TH-X1").by("director-of-commissioning");
    opened.when(answer).is_refused_by("R120");
    opened.when(Step(answer).with("meeting", "TH-B-2022-03-10")).is_accepted_by("R120");
}

TEST(ExceptionRules, refuse_an_answer_of_whoever_opened_it_or_had_it_opened) {
    auto both = granted("director-of-commissioning", Role::AREA_LEAD, "TH-1");
    both.push_back(exception_opened("TH-X1").by("director-of-commissioning").as(Role::AREA_LEAD));
    both.push_back(board_met("TH-B-2022-03-10"));
    const auto answer = exception_answered("TH-X1")
                            .by("director-of-commissioning")
                            .with("meeting", "TH-B-2022-03-10");
    red_with(both).when(answer).is_refused_by("R120");
    red_with({exception_opened("TH-X1")
                  .by("programme-officer")
                  .on_behalf_of("director-of-commissioning"),
              board_met("TH-B-2022-03-10")})
        .when(answer)
        .is_refused_by("R120");
}

TEST(ExceptionRules, refuse_an_answer_to_one_that_is_not_there_or_of_another_action) {
    red_with({}).when(exception_answered("TH-X1")).is_refused_by("R120");
    red_with({exception_opened("TH-X1")})
        .when(exception_answered("TH-X1", "TH-1.1"))
        .is_refused_by("R120");
}

TEST(ExceptionRules, turn_away_a_second_answer) {
    red_with({exception_opened("TH-X1"), exception_answered("TH-X1")})
        .when(exception_answered("TH-X1"))
        .conflicts_by("R120");
}

TEST(ExceptionRules, refuse_an_end_without_an_answer_and_turn_away_a_second_end) {
    red_with({exception_opened("TH-X1")}).when(exception_closed("TH-X1")).is_refused_by("R120");
    red_with({exception_opened("TH-X1"), exception_answered("TH-X1")})
        .when(exception_closed("TH-X1"))
        .is_accepted_by("R120");
    red_with({exception_opened("TH-X1"), exception_answered("TH-X1"), exception_closed("TH-X1")})
        .when(exception_closed("TH-X1").by("programme-deputy"))
        .conflicts_by("R120");
}

}  // namespace
}  // namespace wsoa::test
