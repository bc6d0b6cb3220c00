#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

TEST(ReviewRules, accept_checks_that_count_up) {
    forum_at_work({review_held("TH-R1", 1, "2022-03-01")})
        .when(review_held("TH-R2", 2, "2022-06-01"))
        .is_accepted_by("R123");
    forum_at_work({review_held("TH-R1", 1, "2022-03-01")})
        .when(review_held("TH-R2", 1, "2022-06-01").with("type", "stocktake"))
        .is_accepted_by("R123");
}

TEST(ReviewRules, accept_the_late_record_of_one_in_between) {
    forum_at_work({review_held("TH-R1", 1, "2022-03-01"), review_held("TH-R3", 3, "2022-09-01")})
        .when(review_held("TH-R2", 2, "2022-06-01").on("2022-10-01").effective("2022-06-01"))
        .is_accepted_by("R123");
}

TEST(ReviewRules, refuse_numbers_out_of_the_order_of_days) {
    forum_at_work().when(review_held("TH-R1", 0, "2022-03-01")).is_refused_by("R123");
    forum_at_work({review_held("TH-R2", 2, "2022-03-01")})
        .when(review_held("TH-R1", 1, "2022-06-01"))
        .is_refused_by("R123");
    forum_at_work({review_held("TH-R1", 1, "2022-03-01")})
        .when(review_held("TH-R2", 2, "2022-02-01").on("2022-03-01").effective("2022-02-01"))
        .is_refused_by("R123");
}

TEST(ReviewRules, turn_away_a_number_that_is_taken) {
    forum_at_work({review_held("TH-R1", 1, "2022-03-01")})
        .when(review_held("TH-R2", 1, "2022-06-01"))
        .conflicts_by("R123");
    forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")})
        .when(review_scheduled("TH-R2", 1, "2022-06-01"))
        .conflicts_by("R123");
}

TEST(ReviewRules, refuse_a_check_that_is_held_as_another_one_than_was_scheduled) {
    forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")})
        .when(review_held("TH-R1", 2, "2022-03-01"))
        .is_refused_by("R123");
    forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")})
        .when(review_held("TH-R1", 1, "2022-03-01").with("type", "stocktake"))
        .is_refused_by("R123");
}

TEST(ReviewRules, accept_a_check_from_its_schedule_to_its_day) {
    forum_at_work()
        .when(review_scheduled("TH-R1", 1, "2022-03-01").with("until", "2022-03-02"))
        .is_accepted_by("R124");
    forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")})
        .when(review_notified("TH-R1", "2022-03-01"))
        .is_accepted_by("R124");
    forum_at_work(
        {review_scheduled("TH-R1", 1, "2022-03-01"), review_notified("TH-R1", "2022-03-01")})
        .when(review_held("TH-R1", 1, "2022-03-02"))
        .is_accepted_by("R124");
}

TEST(ReviewRules, refuse_days_out_of_order) {
    forum_at_work()
        .when(review_scheduled("TH-R1", 1, "2022-03-01").with("until", "2022-02-28"))
        .is_refused_by("R124");
    const auto scheduled = forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")});
    scheduled.when(review_notified("TH-R1", "2022-01-31")).is_refused_by("R124");
    scheduled.when(review_notified("TH-R1", "2022-03-01").with("noticeDate", "2022-02-02"))
        .is_refused_by("R124");
    scheduled.when(review_held("TH-R1", 1, "2022-03-01").with("date", "2022-03-02"))
        .is_refused_by("R124");
    scheduled.when(review_held("TH-R1", 1, "2022-03-01").with("about", "TH-9"))
        .is_refused_by("R124");
}

TEST(ReviewRules, refuse_a_notice_after_the_check_and_turn_away_a_second_holding) {
    const auto held = forum_at_work({review_held("TH-R1", 1, "2022-03-01")});
    held.when(review_notified("TH-R1", "2022-03-01")).is_refused_by("R124");
    held.when(review_held("TH-R1", 1, "2022-03-01").by("nhse-adviser")).conflicts_by("R124");
}

// A re-visit on 1 March, and its letter of the thirtieth.
Story letter_has_come() {
    return forum_at_work({review_held("TH-R1", 1, "2022-03-01").with("type", "revisit"),
                          letter_received("TH-E20", "2022-03-30")});
}

TEST(OutcomeRules, accept_what_a_dated_letter_says_of_an_area_or_the_plan) {
    for (const auto* const subject : {"TH-1", "TH"}) {
        letter_has_come()
            .when(outcome_recorded(subject, "TH-R1", "TH-E20").with("nextReview", "2022-09-01"))
            .is_accepted_by("R125");
    }
}

TEST(OutcomeRules, accept_the_days_from_the_letter_on) {
    letter_has_come()
        .when(outcome_recorded("TH-1", "TH-R1", "TH-E20").on("2022-04-10").effective("2022-03-30"))
        .is_accepted_by("R125");
    letter_has_come()
        .when(outcome_recorded("TH-1", "TH-R1", "TH-E20").on("2022-04-10").effective("2022-03-29"))
        .is_refused_by("R125");
}

TEST(OutcomeRules, refuse_the_judgement_of_the_partnership_itself) {
    auto story = letter_has_come();
    story.add({letter_received("TH-E21", "2022-04-01").with("sourceOrganisation", "council"),
               letter_received("TH-E22", "2022-04-01").without("sourceOrganisation"),
               letter_received("TH-E23", "2022-04-01").with("type", "report"),
               letter_received("TH-E24", "2022-04-01").without("dateOfDocument"),
               letter_received("TH-E25", "2022-04-01").with("dateOfDocument", "2022-02-28")});
    for (const auto* const letter : {"TH-E21", "TH-E22", "TH-E23", "TH-E24", "TH-E25", "TH-1"}) {
        story.when(outcome_recorded("TH-1", "TH-R1", letter)).is_refused_by("R125");
    }
}

TEST(OutcomeRules, refuse_a_check_that_was_not_held) {
    forum_at_work(
        {review_scheduled("TH-R1", 1, "2022-03-01"), letter_received("TH-E20", "2022-03-30")})
        .when(outcome_recorded("TH-1", "TH-R1", "TH-E20"))
        .is_refused_by("R125");
    letter_has_come().when(outcome_recorded("TH-1", "TH-R9", "TH-E20")).is_refused_by("R125");
    letter_has_come()
        .when(outcome_recorded("TH-1", "TH-R1", "TH-E20").with("nextReview", "2022-02-01"))
        .is_refused_by("R125");
}

TEST(MonitoringRules, accept_the_word_of_the_adviser) {
    forum_at_work({review_held("TH-R1", 1, "2022-03-01")})
        .when(monitoring_ceased("TH-1", "TH-R1", "2022-03-01"))
        .is_accepted_by("R126");
}

TEST(MonitoringRules, accept_the_word_of_the_office_only_from_a_letter) {
    auto story = letter_has_come();
    const auto ceased = monitoring_ceased("TH-1", "TH-R1", "2022-03-30").by("programme-officer");
    story.when(ceased).is_refused_by("R126");
    auto with_outcome = story;
    with_outcome.add(outcome_recorded("TH-1", "TH-R1", "TH-E20"));
    with_outcome.when(ceased).is_accepted_by("R126");
    auto of_another_area = story;
    of_another_area.add(outcome_recorded("TH-2", "TH-R1", "TH-E20"));
    of_another_area.when(ceased).is_refused_by("R126");
    auto with_steps = story;
    with_steps.add(next_steps_recorded("TH-R1").with("letter", "TH-E20"));
    with_steps.when(ceased).is_accepted_by("R126");
}

TEST(MonitoringRules, refuse_days_before_the_check_and_checks_that_were_not_held) {
    const auto held = forum_at_work({review_held("TH-R1", 1, "2022-03-01")});
    held.when(monitoring_ceased("TH-1", "TH-R1", "2022-02-28").effective("2022-02-28"))
        .is_refused_by("R126");
    held.when(monitoring_ceased("TH-1", "TH-R1", "2022-04-01")).is_refused_by("R126");
    held.when(monitoring_ceased("TH-1", "TH-R2", "2022-03-01")).is_refused_by("R126");
}

TEST(MonitoringRules, turn_away_a_second_end) {
    forum_at_work(
        {review_held("TH-R1", 1, "2022-03-01"), monitoring_ceased("TH-1", "TH-R1", "2022-03-01")})
        .when(monitoring_ceased("TH-1", "TH-R1", "2022-03-01").by("nhse-adviser"))
        .conflicts_by("R126");
}

TEST(NextSteps, follow_a_check_that_was_held) {
    letter_has_come().when(next_steps_recorded("TH-R1")).is_accepted_by("R127");
    letter_has_come()
        .when(next_steps_recorded("TH-R1").with("letter", "TH-E20"))
        .is_accepted_by("R127");
    letter_has_come()
        .when(next_steps_recorded("TH-R1").with("letter", "TH-R1"))
        .is_refused_by("R127");
    forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")})
        .when(next_steps_recorded("TH-R1"))
        .is_refused_by("R127");
}

TEST(RequestRules, accept_a_request_and_its_end) {
    forum_at_work().when(information_requested("TH-I1", "2022-02-03")).is_accepted_by("R128");
    const auto asked = forum_at_work({information_requested("TH-I1", "2022-02-03")});
    asked.when(information_fulfilled("TH-I1")).is_accepted_by("R129");
    asked.when(information_refused("TH-I1")).is_accepted_by("R129");
}

TEST(RequestRules, refuse_a_request_that_was_due_before_or_belongs_to_no_check) {
    forum_at_work().when(information_requested("TH-I1", "2022-01-31")).is_refused_by("R128");
    forum_at_work()
        .when(information_requested("TH-I1", "2022-02-03").with("review", "TH-1"))
        .is_refused_by("R128");
    forum_at_work({review_scheduled("TH-R1", 1, "2022-03-01")})
        .when(information_requested("TH-I1", "2022-02-03").with("review", "TH-R1"))
        .is_accepted_by("R128");
}

TEST(RequestRules, turn_away_a_second_end_and_refuse_a_pack_that_is_not_there) {
    const auto asked = forum_at_work({information_requested("TH-I1", "2022-02-03")});
    asked.when(information_fulfilled("TH-I1").with("pack", "TH-K1")).is_refused_by("R129");
    forum_at_work({information_requested("TH-I1", "2022-02-03"), information_fulfilled("TH-I1")})
        .when(information_refused("TH-I1"))
        .conflicts_by("R129");
    forum_at_work({information_requested("TH-I1", "2022-02-03"), information_refused("TH-I1")})
        .when(information_fulfilled("TH-I1"))
        .conflicts_by("R129");
    forum_at_work({information_requested("TH-I1", "2022-02-03"), evidence_registered("TH-E01"),
                   pack_frozen("TH-K1", "TH-E01")})
        .when(information_fulfilled("TH-I1").with("pack", "TH-K1"))
        .is_accepted_by("R129");
}

}  // namespace
}  // namespace wsoa::test
