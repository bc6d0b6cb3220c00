#include "tests/support/story_deeds.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::WordField;

// TH-1.2 is owned by head-of-send and needs one accepted item of evidence.
Story begun() { return given(plan_in_delivery("TH"), action_started("TH-1.2")); }

TEST(Completion, accepts_a_claim_on_evidence_that_is_there) {
    given(begun().scene(), item_handed_in("TH-E02", "TH-1.2"))
        .when(completion_claimed("TH-1.2", "TH-E02"))
        .is_accepted_by("R53");
}

TEST(Completion, refuses_a_claim_on_evidence_that_is_not_there) {
    begun().when(completion_claimed("TH-1.2", "TH-E02")).is_refused_by("R53");
    begun().when(completion_claimed("TH-1.2", "TH-1.1")).is_refused_by("R53");
}

TEST(Completion, refuses_an_answer_to_no_claim_that_waits) {
    const auto claimed = given(plan_in_delivery("TH"), action_claimed_on_evidence());
    claimed.when(action_completed("TH-1.2", "TH-E02").answers_nothing()).is_refused_by("R53");
    claimed.when(completion_rejected("TH-1.2").answers_event(0)).is_refused_by("R53");
    given(begun().scene(), item_accepted("TH-E02", "TH-1.2"),
          completion_claimed("TH-1.2", "TH-E02").labelled("first"), completion_rejected("TH-1.2"),
          completion_claimed("TH-1.2", "TH-E02"))
        .when(action_completed("TH-1.2", "TH-E02").answers("first"))
        .is_refused_by("R53");
}

TEST(Completion, accepts_an_answer_to_the_claim_that_waits) {
    given(plan_in_delivery("TH"), action_claimed_on_evidence())
        .when(action_completed("TH-1.2", "TH-E02").on("2022-02-20"))
        .is_accepted_by("R53");
}

TEST(Completion, accepts_evidence_that_was_accepted_for_the_action) {
    given(plan_in_delivery("TH"), action_claimed_on_evidence())
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_accepted_by("R54");
}

TEST(Completion, refuses_evidence_that_is_only_handed_in) {
    given(begun().scene(), item_handed_in("TH-E02", "TH-1.2"),
          completion_claimed("TH-1.2", "TH-E02"))
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_refused_by("R54");
}

TEST(Completion, refuses_evidence_that_was_accepted_for_another_action) {
    given(begun().scene(), item_accepted("TH-E02", "TH-1.1"),
          completion_claimed("TH-1.2", "TH-E02"))
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_refused_by("R54");
}

TEST(Completion, refuses_too_little_evidence) {
    const auto claimed = given(plan_in_delivery("TH"), action_claimed_on_evidence());
    claimed.when(action_completed("TH-1.2", "")).is_refused_by("R54");
    claimed.when(action_completed("TH-1.2", "TH-E02,TH-E03")).is_refused_by("R54");
}

TEST(Completion, refuses_one_unaccepted_item_beside_enough_accepted_ones) {
    given(plan_in_delivery("TH"), action_claimed_on_evidence(), item_handed_in("TH-E03", "TH-1.2"))
        .when(action_completed("TH-1.2", "TH-E02,TH-E03"))
        .is_refused_by("R54");
}

TEST(Completion, refuses_evidence_that_has_grown_stale) {
    given(plan_in_delivery("TH"), action_claimed_on_evidence(),
          Step(Kind::EVIDENCE_MARKED_STALE, "TH-E02").because("the service has moved"))
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_refused_by("R54");
}

// To be looked at again by 31 March 2022.
std::vector<Step> claimed_on_a_passing_item() {
    auto steps = action_claimed_on_evidence();
    for (auto& step : steps) {
        if (step.kind() == Kind::EVIDENCE_REGISTERED) {
            step.with("reviewBy", "2022-03-31");
        }
    }
    return steps;
}

TEST(Completion, goes_by_the_day_on_which_an_item_must_be_looked_at_again) {
    const auto claimed = given(plan_in_delivery("TH"), claimed_on_a_passing_item());
    claimed.when(action_completed("TH-1.2", "TH-E02").on("2022-03-31")).is_accepted_by("R54");
    claimed.when(action_completed("TH-1.2", "TH-E02").on("2022-04-01")).is_refused_by("R54");
}

Step version_of(const std::string& prior, const std::string& item) {
    return Step(Kind::EVIDENCE_VERSION_ADDED, item)
        .by("head-of-send")
        .with("type", "report")
        .with("version", "2")
        .with("dateOfDocument", "2022-01-25")
        .with("sourceOrganisation", "council")
        .with("personalData", "none")
        .with("prior", prior)
        .says(WordField::TITLE, "Monthly report of assessments")
        .because("two figures were wrong");
}
Step superseded(const std::string& item, const std::string& by) {
    return Step(Kind::EVIDENCE_SUPERSEDED, item)
        .by("head-of-send")
        .with("by", by)
        .because("the newer one has every figure");
}
std::vector<Step> newer_version_handed_in() {
    auto steps = item_handed_in("TH-E02v2", "TH-1.2");
    steps.front() = version_of("TH-E02", "TH-E02v2");
    return steps;
}

TEST(Completion, refuses_an_item_whose_newer_version_was_not_accepted) {
    given(plan_in_delivery("TH"), action_claimed_on_evidence(), newer_version_handed_in(),
          superseded("TH-E02", "TH-E02v2"))
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_refused_by("R54");
}

TEST(Completion, accepts_an_item_whose_newer_version_was_accepted_too) {
    auto newer = item_accepted("TH-E02v2", "TH-1.2");
    newer.front() = version_of("TH-E02", "TH-E02v2");
    given(plan_in_delivery("TH"), action_claimed_on_evidence(), newer,
          superseded("TH-E02", "TH-E02v2"))
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_accepted_by("R54");
}

TEST(Completion, goes_by_the_last_word_of_the_reviewers) {
    given(plan_in_delivery("TH"), action_claimed_on_evidence(),
          Step(Kind::EVIDENCE_SUBMITTED, "TH-E02").by("head-of-send").with("target", "TH-1.2"),
          Step(Kind::EVIDENCE_REJECTED, "TH-E02")
              .by("director-of-education")
              .with("target", "TH-1.2")
              .with("checks", "sourced")
              .because("two figures were wrong")
              .answers_last(Kind::EVIDENCE_SUBMITTED, "TH-E02"))
        .when(action_completed("TH-1.2", "TH-E02"))
        .is_refused_by("R54");
}

TEST(Completion, is_undone_from_what_the_action_is) {
    given(plan_in_delivery("TH"), action_done())
        .when(action_reopened("TH-1.2", "complete"))
        .is_accepted_by("R55");
}

TEST(Completion, turns_away_a_reopening_from_what_the_action_no_longer_is) {
    given(plan_in_delivery("TH"), action_done(), action_embedded("TH-1.2"))
        .when(action_reopened("TH-1.2", "complete"))
        .conflicts_by("R55");
}

TEST(Completion, refuses_a_reopening_that_leads_elsewhere) {
    given(plan_in_delivery("TH"), action_done())
        .when(action_reopened("TH-1.2").with("to", "notStarted"))
        .is_refused_by("R55");
}

// TH-M1, in per cent, with 60 as its target.
std::vector<Step> measure_with_target(const std::string& polarity) {
    return {Step(Kind::MEASURE_DEFINED, "TH-M1")
                .with("definition", "1")
                .with("unit", "percent")
                .with("polarity", polarity)
                .with("period", "month")
                .says(WordField::TITLE, "Plans issued in 20 weeks"),
            Step(Kind::TARGET_SET, "TH-M1")
                .with("definition", "1")
                .with("value", "60")
                .with("date", "2023-12-31")};
}
Step reading(const std::string& period_end, const std::string& value) {
    return Step(Kind::READING_RECORDED, "TH-M1")
        .on("2022-06-10")
        .effective(period_end)
        .with("definition", "1")
        .with("periodEnd", period_end)
        .with("value", value);
}

TEST(Embedding, accepts_measures_that_were_at_target_twice_running) {
    given(plan_in_delivery("TH"), action_done(), measure_with_target("higherIsBetter"),
          reading("2022-03-31", "48"), reading("2022-04-30", "60"), reading("2022-05-31", "61.5"))
        .when(action_embedded("TH-1.2"))
        .is_accepted_by("R56");
    given(plan_in_delivery("TH"), action_done(), measure_with_target("lowerIsBetter"),
          reading("2022-04-30", "60"), reading("2022-05-31", "48"))
        .when(action_embedded("TH-1.2"))
        .is_accepted_by("R56");
}

TEST(Embedding, refuses_measures_that_were_not) {
    const auto measured =
        given(plan_in_delivery("TH"), action_done(), measure_with_target("higherIsBetter"));
    measured.when(action_embedded("TH-1.2")).is_refused_by("R56");
    given(measured.scene(), reading("2022-05-31", "61"))
        .when(action_embedded("TH-1.2"))
        .is_refused_by("R56");
    given(measured.scene(), reading("2022-04-30", "59.9"), reading("2022-05-31", "61"))
        .when(action_embedded("TH-1.2"))
        .is_refused_by("R56");
    given(measured.scene(), reading("2022-03-31", "61"), reading("2022-04-30", "61"),
          reading("2022-05-31", "59"))
        .when(action_embedded("TH-1.2"))
        .is_refused_by("R56");
    given(plan_in_delivery("TH"), action_done(), measure_with_target("lowerIsBetter"),
          reading("2022-04-30", "60"), reading("2022-05-31", "61"))
        .when(action_embedded("TH-1.2"))
        .is_refused_by("R56");
}

TEST(Embedding, passes_over_measures_without_a_target) {
    given(plan_in_delivery("TH"), action_done(), measure_with_target("higherIsBetter").front())
        .when(action_embedded("TH-1.2"))
        .is_accepted_by("R56");
}

}  // namespace
}  // namespace wsoa::test
