#include "tests/support/story_evid.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::WordField;

// Strikes the last event of the kind about the subject.
Step struck_last(Kind kind, const std::string& subject) {
    return entry_struck(subject).answers_last(kind, subject);
}

Story in_progress() {
    return given(plan_in_delivery("TH"), action_started("TH-1.2"), progress_recorded("TH-1.2", 60));
}

TEST(CorrectionRules, strike_progress_and_proposals_that_wait) {
    auto story = in_progress();
    story.add(rating_proposed("TH-1.2", "A"));
    story.when(struck_last(Kind::PROGRESS_RECORDED, "TH-1.2")).is_accepted_by("R99");
    story.when(struck_last(Kind::RATING_PROPOSED, "TH-1.2")).is_accepted_by("R99");
}

TEST(CorrectionRules, strike_no_proposal_that_was_confirmed) {
    auto story = in_progress();
    story.add(rating_proposed("TH-1.2", "A"));
    story.add(rating_confirmed("TH-1.2", "A"));
    story.when(struck_last(Kind::RATING_PROPOSED, "TH-1.2")).is_refused_by("R99");
    story.when(struck_last(Kind::RATING_CONFIRMED, "TH-1.2")).is_refused_by("R99");
}

TEST(CorrectionRules, strike_nothing_else_about_an_action) {
    in_progress().when(struck_last(Kind::ACTION_STARTED, "TH-1.2")).is_refused_by("R99");
    in_progress().when(struck_last(Kind::ACTION_ADDED, "TH-1.2")).is_refused_by("R99");
    in_progress().when(entry_struck("TH-1.2").answers_nothing()).is_refused_by("R99");
    in_progress()
        .when(entry_struck("TH-1.1").answers_last(Kind::PROGRESS_RECORDED, "TH-1.2"))
        .is_refused_by("R99");
    in_progress()
        .when(entry_struck("TH").answers_last(Kind::PROGRESS_RECORDED, "TH-1.2"))
        .is_refused_by("R99");
}

TEST(CorrectionRules, strike_an_entry_once) {
    auto story = in_progress();
    story.add(struck_last(Kind::PROGRESS_RECORDED, "TH-1.2"));
    story.when(struck_last(Kind::PROGRESS_RECORDED, "TH-1.2")).conflicts_by("R99");
}

TEST(CorrectionRules, strike_a_reading_unless_it_was_corrected_since) {
    auto story = given(plan_in_delivery("TH"), measure_defined("TH-M1"), target_set("TH-M1", "60"),
                       reading_recorded("TH-M1", "2022-02-28", "38"));
    const auto strike = struck_last(Kind::READING_RECORDED, "TH-M1");
    story.when(struck_last(Kind::TARGET_SET, "TH-M1")).is_refused_by("R99");
    story.when(strike).is_accepted_by("R99");
    story.add(reading_corrected("TH-M1", "2022-02-28", "39"));
    story.when(strike).is_refused_by("R99");
    story.when(struck_last(Kind::READING_CORRECTED, "TH-M1")).is_accepted_by("R99");
    story.add(struck_last(Kind::READING_CORRECTED, "TH-M1"));
    story.when(strike).is_accepted_by("R99");
}

TEST(CorrectionRules, strike_a_title_but_not_the_first) {
    auto story = given(
        plan_in_delivery("TH"),
        Step(Kind::AREA_REWORDED, "TH-1").says(WordField::TITLE, "Plans").because("it is shorter"));
    story.when(struck_last(Kind::AREA_REWORDED, "TH-1")).is_accepted_by("R99");
    story.when(struck_last(Kind::AREA_ADDED, "TH-1")).is_refused_by("R99");
}

TEST(CorrectionRules, let_the_author_or_the_office_strike_an_entry) {
    const auto strike = struck_last(Kind::PROGRESS_RECORDED, "TH-1.2");
    in_progress().when(Step(strike).by("director-of-education")).is_refused_by("R100");
    in_progress().when(Step(strike).by("send-team-manager")).is_refused_by("R100");
    in_progress().when(Step(strike).by("head-of-send")).is_accepted_by("R100");
    in_progress().when(Step(strike).by("programme-deputy")).is_accepted_by("R100");
}

TEST(CorrectionRules, let_only_the_author_of_a_proposal_or_reading_strike_it) {
    auto story = in_progress();
    story.add(rating_proposed("TH-1.2", "A"));
    story.add(measure_defined("TH-M1"));
    story.add(reading_recorded("TH-M1", "2022-02-28", "38"));
    story.when(struck_last(Kind::RATING_PROPOSED, "TH-1.2").by("director-of-education"))
        .is_refused_by("R100");
    story.when(struck_last(Kind::RATING_PROPOSED, "TH-1.2").by("head-of-send"))
        .is_accepted_by("R100");
    story.when(struck_last(Kind::READING_RECORDED, "TH-M1").by("head-of-send"))
        .is_refused_by("R100");
}

Story after_milestone() {
    return given(
        plan_in_delivery("TH"), action_started("TH-1.2"), evidence_registered("TH-E01"),
        Step(Kind::MILESTONE_ADDED, "TH-1.2a")
            .with("parent", "TH-1.2")
            .with("deadline", "2022-02-10")
            .says(WordField::TITLE, "Half of the backlog is cleared"),
        Step(Kind::MILESTONE_MET, "TH-1.2a").with("date", "2022-02-01").with("evidence", "TH-E01"));
}

TEST(CorrectionRules, strike_that_a_milestone_was_met) {
    const auto story = after_milestone();
    story.when(struck_last(Kind::MILESTONE_MET, "TH-1.2a")).is_accepted_by("R99");
    story.when(struck_last(Kind::MILESTONE_ADDED, "TH-1.2a")).is_refused_by("R99");
    story.when(struck_last(Kind::MILESTONE_MET, "TH-1.2a").by("director-of-education"))
        .is_refused_by("R100");
}

TEST(CorrectionRules, strike_that_a_risk_was_scored_again) {
    auto story = given(plan_in_delivery("TH"), Step(Kind::RISK_RAISED, "TH-R1")
                                                   .with("type", "risk")
                                                   .with("about", "TH-1.2")
                                                   .with("owner", "head-of-send")
                                                   .with("likelihood", "3")
                                                   .with("impact", "4")
                                                   .says(WordField::TITLE, "No one applies"));
    story.add(Step(Kind::RISK_RESCORED, "TH-R1")
                  .by("head-of-send")
                  .with("type", "risk")
                  .with("likelihood", "5")
                  .with("impact", "4")
                  .because("nobody applied"));
    story.when(struck_last(Kind::RISK_RAISED, "TH-R1")).is_refused_by("R99");
    story.when(struck_last(Kind::RISK_RESCORED, "TH-R1").by("head-of-send")).is_accepted_by("R99");
    story.when(struck_last(Kind::RISK_RESCORED, "TH-R1").by("director-of-education"))
        .is_refused_by("R100");
}

TEST(RectificationRules, note_a_mistake_on_an_event_of_the_subject) {
    const auto note = mistake_noted("TH-1.2");
    in_progress().when(Step(note).answers_nothing()).is_refused_by("R101");
    in_progress().when(Step(note).answers_last(Kind::AREA_ADDED, "TH-1")).is_refused_by("R101");
    in_progress()
        .when(Step(note).answers_last(Kind::PROGRESS_RECORDED, "TH-1.2"))
        .is_accepted_by("R101");
}

TEST(RectificationRules, know_where_every_sort_of_subject_begins) {
    auto story =
        given(plan_in_delivery("TH"), measure_defined("TH-M1"), evidence_registered("TH-E01"));
    for (const auto& [kind, subject] :
         {std::pair(Kind::PLAN_DRAFTED, "TH"), std::pair(Kind::AREA_ADDED, "TH-2"),
          std::pair(Kind::OUTCOME_ADDED, "TH-O2"), std::pair(Kind::MEASURE_DEFINED, "TH-M1"),
          std::pair(Kind::EVIDENCE_REGISTERED, "TH-E01")}) {
        const auto first = story.scene().last(kind, subject)->value;
        story.when(mistake_noted(subject).answers_event(first - 1)).is_refused_by("R101");
        story.when(mistake_noted(subject).answers_event(first)).is_accepted_by("R101");
    }
}

Story with_records_office() { return given(plan_in_delivery("TH"), records_office()); }

TEST(HoldRules, place_a_hold_on_the_plan_or_a_part_of_it) {
    with_records_office().when(hold_placed("TH-H1", "TH-9.9")).is_refused_by("R102");
    with_records_office().when(hold_placed("TH-H1", "HGY")).is_refused_by("R102");
    for (const auto* const scope : {"TH", "TH-1", "TH-1.2"}) {
        with_records_office().when(hold_placed("TH-H1", scope)).is_accepted_by("R102");
    }
}

TEST(HoldRules, release_a_hold_in_answer_to_its_placing) {
    auto story = with_records_office();
    story.add(hold_placed("TH-H1", "TH"));
    story.add(hold_placed("TH-H2", "TH-1"));
    story.when(hold_released("TH-H1").answers_last(Kind::HOLD_PLACED, "TH-H2"))
        .is_refused_by("R103");
    story.when(hold_released("TH-H1")).is_accepted_by("R103");
    story.add(hold_released("TH-H1"));
    story.when(hold_released("TH-H1")).conflicts_by("R103");
}

TEST(HoldRules, have_a_hold_released_by_another_person) {
    auto story = with_records_office();
    story.add(hold_placed("TH-H1", "TH"));
    story.when(hold_released("TH-H1").by("records-manager")).is_refused_by("R104");
    story.when(hold_released("TH-H1").by("data-protection-officer")).is_accepted_by("R104");
}

}  // namespace
}  // namespace wsoa::test
