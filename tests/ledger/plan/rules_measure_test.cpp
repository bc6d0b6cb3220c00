#include "tests/support/story_evid.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

Story measured() { return given(plan_in_delivery("TH"), measure_defined("TH-M1")); }

Story read_three_times() {
    return given(plan_in_delivery("TH"), measure_defined("TH-M1"),
                 reading_recorded("TH-M1", "2022-02-28", "38"),
                 reading_recorded("TH-M1", "2022-03-31", "41"),
                 reading_recorded("TH-M1", "2022-04-30", "44.5"));
}

TEST(MeasureRules, count_definitions_from_1) {
    const auto story = given(plan_in_delivery("TH"));
    story.when(measure_defined("TH-M1").with("definition", "0")).is_refused_by("R75");
    story.when(measure_defined("TH-M1").with("definition", "2")).is_refused_by("R75");
    story.when(measure_defined("TH-M1")).is_accepted_by("R75");
}

TEST(MeasureRules, count_the_next_definition_one_more) {
    measured().when(measure_redefined("TH-M1", 3)).is_refused_by("R75");
    measured().when(measure_redefined("TH-M1", 1)).conflicts_by("R75");
    measured().when(measure_redefined("TH-M1", 2)).is_accepted_by("R75");
}

TEST(MeasureRules, compare_only_definitions_of_the_same_unit_and_direction) {
    const auto anew = measure_redefined("TH-M1", 2);
    measured().when(Step(anew).with("unit", "number")).is_refused_by("R75");
    measured().when(Step(anew).with("polarity", "lowerIsBetter")).is_refused_by("R75");
    measured()
        .when(Step(anew).with("unit", "number").with("comparable", "false"))
        .is_accepted_by("R75");
}

TEST(MeasureRules, set_values_only_by_a_definition_that_is_there) {
    measured().when(baseline_set("TH-M1", "41").with("definition", "2")).is_refused_by("R76");
    measured().when(target_set("TH-M1", "60").with("definition", "0")).is_refused_by("R76");
    measured()
        .when(path_set("TH-M1", "2022-06-30=40").with("definition", "2"))
        .is_refused_by("R76");
    measured().when(target_set("TH-M1", "60")).is_accepted_by("R76");
}

TEST(MeasureRules, read_by_the_definition_that_was_in_force_when_the_period_ended) {
    const auto story = given(plan_in_delivery("TH"), measure_defined("TH-M1"),
                             measure_redefined("TH-M1", 2).on("2022-04-01"));
    const auto late = reading_recorded("TH-M1", "2022-03-31", "38");
    story.when(reading_recorded("TH-M1", "2022-04-30", "38")).is_refused_by("R76");
    story.when(reading_recorded("TH-M1", "2022-04-30", "38").with("definition", "2"))
        .is_accepted_by("R76");
    story.when(late).is_accepted_by("R76");
}

TEST(MeasureRules, set_a_baseline_once_for_each_definition) {
    auto story = given(plan_in_delivery("TH"), measure_defined("TH-M1"),
                       baseline_set("TH-M1", "41"), measure_redefined("TH-M1", 2));
    story.when(baseline_set("TH-M1", "42")).is_refused_by("R77");
    story.when(baseline_set("TH-M1", "42").with("definition", "2")).is_accepted_by("R77");
}

TEST(MeasureRules, plan_a_path_of_days_in_order) {
    measured().when(path_set("TH-M1", "2022-12-31=48,2022-06-30=40")).is_refused_by("R78");
    measured().when(path_set("TH-M1", "2022-06-30=40,2022-06-30=41")).is_refused_by("R78");
    measured().when(path_set("TH-M1", "2022-06-30=40,2022-12-31=48.5")).is_accepted_by("R78");
}

TEST(ReadingRules, read_no_period_that_has_not_ended) {
    const auto reading = reading_recorded("TH-M1", "2022-03-31", "61");
    measured().when(Step(reading).on("2022-03-30")).is_refused_by("R79");
    measured().when(Step(reading).on("2022-03-31")).is_accepted_by("R79");
    measured()
        .when(baseline_set("TH-M1", "41").with("periodEnd", "2022-03-31"))
        .is_refused_by("R79");
}

TEST(ReadingRules, know_no_value_before_its_period_ended) {
    const auto reading = reading_recorded("TH-M1", "2022-03-31", "61");
    measured().when(Step(reading).effective("2022-03-30")).is_refused_by("R79");
    measured().when(Step(reading).effective("2022-03-31")).is_accepted_by("R79");
}

TEST(ReadingRules, read_periods_in_order) {
    const auto reading = reading_recorded("TH-M1", "2022-03-31", "61");
    measured().when(Step(reading).with("periodStart", "2022-04-01")).is_refused_by("R79");
    measured().when(Step(reading).with("periodStart", "2022-03-01")).is_accepted_by("R79");
}

TEST(ReadingRules, replace_no_reading_by_another) {
    const auto again = reading_recorded("TH-M1", "2022-04-30", "61");
    read_three_times().when(again).is_refused_by("R80");
    read_three_times().when(Step(again).with("periodEnd", "2022-05-01")).is_accepted_by("R80");
}

TEST(ReadingRules, read_a_month_once) {
    const auto story =
        given(plan_in_delivery("TH"), measure_defined("TH-M1"),
              reading_recorded("TH-M1", "2022-04-28", "38").with("period", "2022-04"));
    const auto again = reading_recorded("TH-M1", "2022-04-30", "39");
    story.when(Step(again).with("period", "2022-04")).is_refused_by("R80");
    story.when(Step(again).with("period", "2022-05")).is_accepted_by("R80");
}

TEST(ReadingRules, read_a_period_again_once_its_reading_was_struck) {
    given(plan_in_delivery("TH"), measure_defined("TH-M1"),
          reading_recorded("TH-M1", "2022-02-28", "38"),
          entry_struck("TH-M1").answers_last(Kind::READING_RECORDED, "TH-M1"))
        .when(reading_recorded("TH-M1", "2022-02-28", "83"))
        .is_accepted_by("R80");
}

TEST(ReadingRules, keep_per_cents_from_0_to_100) {
    for (const auto* const value : {"140", "100.1", "-1"}) {
        measured().when(reading_recorded("TH-M1", "2022-02-28", value)).is_refused_by("R81");
        measured().when(target_set("TH-M1", value)).is_refused_by("R81");
        measured().when(baseline_set("TH-M1", value)).is_refused_by("R81");
        measured()
            .when(path_set("TH-M1", fmt::format("2022-06-30={}", value)))
            .is_refused_by("R81");
        measured().when(target_set("TH-M1", "60").with("benchmark", value)).is_refused_by("R81");
    }
    for (const auto* const value : {"0", "59.5", "100.0"}) {
        measured().when(reading_recorded("TH-M1", "2022-02-28", value)).is_accepted_by("R81");
    }
}

TEST(ReadingRules, keep_corrected_and_restated_values_in_range) {
    read_three_times().when(reading_corrected("TH-M1", "2022-04-30", "101")).is_refused_by("R81");
    read_three_times().when(reading_restated("TH-M1", "2022-04-30=101")).is_refused_by("R81");
}

TEST(ReadingRules, count_people_and_things_in_whole_numbers) {
    const auto story =
        given(plan_in_delivery("TH"), measure_defined("TH-M5").with("unit", "number"));
    story.when(reading_recorded("TH-M5", "2022-02-28", "12.5")).is_refused_by("R81");
    story.when(reading_recorded("TH-M5", "2022-02-28", "-12")).is_refused_by("R81");
    story.when(reading_recorded("TH-M5", "2022-02-28", "120")).is_accepted_by("R81");
}

TEST(ReadingRules, know_no_wait_or_sum_below_none) {
    for (const auto* const unit : {"days", "weeks", "months", "rate", "pounds"}) {
        const auto story =
            given(plan_in_delivery("TH"), measure_defined("TH-M4").with("unit", unit));
        story.when(reading_recorded("TH-M4", "2022-02-28", "-0.5")).is_refused_by("R81");
        story.when(reading_recorded("TH-M4", "2022-02-28", "140.5")).is_accepted_by("R81");
    }
    given(plan_in_delivery("TH"), measure_defined("TH-M4").with("unit", "score"))
        .when(reading_recorded("TH-M4", "2022-02-28", "-0.5"))
        .is_accepted_by("R81");
}

TEST(ReadingRules, take_a_percentage_that_follows_from_what_was_counted) {
    const auto counted = [](const char* value, const char* numerator, const char* denominator) {
        return reading_recorded("TH-M1", "2022-02-28", value)
            .with("numerator", numerator)
            .with("denominator", denominator);
    };
    measured().when(counted("39", "19", "50")).is_refused_by("R82");
    measured().when(counted("38.8", "19", "49")).is_accepted_by("R82");
    measured().when(counted("38.7", "19", "49")).is_refused_by("R82");
    measured().when(counted("39", "19", "49")).is_accepted_by("R82");
    measured().when(counted("0", "0", "50")).is_accepted_by("R82");
    measured().when(counted("38", "19", "0")).is_refused_by("R82");
    measured().when(counted("38", "-19", "50")).is_refused_by("R82");
    measured().when(counted("38", "19", "50").without("denominator")).is_refused_by("R82");
    measured().when(counted("38", "19", "50").without("numerator")).is_refused_by("R82");
}

TEST(ReadingRules, name_evidence_that_is_in_the_plan) {
    const auto reading = reading_recorded("TH-M1", "2022-02-28", "38");
    const auto story =
        given(plan_in_delivery("TH"), measure_defined("TH-M1"), evidence_registered("TH-E01"));
    story.when(Step(reading).with("evidence", "TH-E02")).is_refused_by("R82");
    story.when(Step(reading).with("evidence", "TH-1.2")).is_refused_by("R82");
    story.when(Step(reading).with("evidence", "TH-E01")).is_accepted_by("R82");
}

TEST(ReadingRules, correct_the_reading_that_stands) {
    const auto correction = reading_corrected("TH-M1", "2022-04-30", "45");
    read_three_times().when(Step(correction).with("periodEnd", "2022-05-01")).is_refused_by("R83");
    read_three_times().when(Step(correction).answers_nothing()).is_refused_by("R83");
    read_three_times().when(Step(correction).with("periodEnd", "2022-03-31")).is_refused_by("R83");
    read_three_times().when(Step(correction).with("value", "44.50")).is_refused_by("R83");
    read_three_times().when(correction).is_accepted_by("R83");
}

TEST(ReadingRules, correct_what_was_corrected_since_by_its_last_value) {
    auto story = read_three_times();
    story.add(reading_corrected("TH-M1", "2022-04-30", "45"));
    const auto again = reading_corrected("TH-M1", "2022-04-30", "46");
    story.when(again).conflicts_by("R83");
    story.when(Step(again).answers_last(Kind::READING_CORRECTED, "TH-M1")).is_accepted_by("R83");
}

// It would stay hidden behind the reading that it corrects.
TEST(ReadingRules, date_no_correction_before_its_reading) {
    const auto correction = reading_corrected("TH-M1", "2022-04-30", "45");
    read_three_times().when(Step(correction).effective("2022-05-09")).is_refused_by("R83");
    read_three_times().when(Step(correction).effective("2022-05-10")).is_accepted_by("R83");
}

TEST(ReadingRules, restate_all_that_the_first_day_touches) {
    read_three_times()
        .when(reading_restated("TH-M1", "2022-03-31=40.5,2022-04-30=43"))
        .is_accepted_by("R84");
    read_three_times().when(reading_restated("TH-M1", "2022-02-28=37")).is_refused_by("R84");
    read_three_times()
        .when(reading_restated("TH-M1", "2022-02-28=37,2022-04-30=43"))
        .is_refused_by("R84");
}

TEST(ReadingRules, restate_readings_that_are_there_in_order_and_otherwise) {
    read_three_times()
        .when(reading_restated("TH-M1", "2022-04-30=43,2022-03-31=40"))
        .is_refused_by("R84");
    read_three_times().when(reading_restated("TH-M1", "2022-05-01=43")).is_refused_by("R84");
    read_three_times().when(reading_restated("TH-M1", "2022-04-30=44.5")).is_refused_by("R84");
    read_three_times()
        .when(reading_restated("TH-M1", "2022-04-30=43").effective("2022-05-01"))
        .is_refused_by("R84");
}

TEST(ReadingRules, restate_the_readings_of_one_definition) {
    auto story = read_three_times();
    story.add(measure_redefined("TH-M1", 2).on("2022-05-20"));
    story.add(reading_recorded("TH-M1", "2022-05-31", "50").with("definition", "2"));
    story.when(reading_restated("TH-M1", "2022-04-30=43")).is_accepted_by("R84");
}

}  // namespace
}  // namespace wsoa::test
