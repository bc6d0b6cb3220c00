#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_evid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using How = ReadingValue::How;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }
Decimal number(std::string_view text) { return must(Decimal::parse(text)); }

const Measure& measure_in(const Scene& scene) {
    return scene.plan("TH").measures.at(subject("TH-M1"));
}

Scene read_twice() {
    return given(plan_in_delivery("TH"), measure_defined("TH-M1"),
                 reading_recorded("TH-M1", "2022-03-31", "41"),
                 reading_recorded("TH-M1", "2022-04-30", "44.5"))
        .scene();
}

TEST(FoldMeasure, keeps_every_definition) {
    const auto scene =
        given(plan_in_delivery("TH"),
              measure_defined("TH-M1").with("greenWithin", "5").with("amberWithin", "10"),
              measure_redefined("TH-M1", 2).with("cumulativeFrom", "2022-04-01"))
            .scene();
    const auto& definitions = measure_in(scene).definitions;
    ASSERT_EQ(definitions.size(), 2u);
    EXPECT_EQ(definitions[0].number, 1);
    EXPECT_EQ(definitions[0].unit, schema::Unit::PERCENT);
    EXPECT_EQ(definitions[0].green_within, number("5"));
    EXPECT_EQ(definitions[0].amber_within, number("10"));
    EXPECT_FALSE(definitions[0].is_comparable);
    EXPECT_EQ(definitions[1].number, 2);
    EXPECT_EQ(definitions[1].cumulative_from, day("2022-04-01"));
    EXPECT_TRUE(definitions[1].is_comparable);
    EXPECT_EQ(definitions[1].defined.index, scene.last(Kind::MEASURE_REDEFINED, "TH-M1"));
}

TEST(FoldMeasure, keeps_baseline_target_and_path) {
    const auto scene =
        given(plan_in_delivery("TH"), measure_defined("TH-M1"), baseline_set("TH-M1", "41"),
              target_set("TH-M1", "60").with("benchmark", "50.3"),
              path_set("TH-M1", "2022-06-30=45,2022-12-31=52.5"))
            .scene();
    const auto& measure = measure_in(scene);
    EXPECT_EQ(measure.baseline.latest()->value.value, number("41"));
    EXPECT_EQ(measure.baseline.latest()->value.period_end, day("2022-01-31"));
    EXPECT_EQ(measure.target.latest()->value.value, number("60"));
    EXPECT_EQ(measure.target.latest()->value.date, day("2023-12-31"));
    EXPECT_EQ(measure.target.latest()->value.benchmark, number("50.3"));
    const auto& points = measure.trajectory.latest()->value.points;
    ASSERT_EQ(points.size(), 2u);
    EXPECT_EQ(points[1].date, day("2022-12-31"));
    EXPECT_EQ(points[1].value, number("52.5"));
}

TEST(FoldMeasure, puts_a_late_target_into_the_past_and_not_the_present) {
    const auto scene = given(plan_in_delivery("TH"), measure_defined("TH-M1"),
                             target_set("TH-M1", "60").on("2022-06-01"),
                             target_set("TH-M1", "55").on("2022-06-10").effective("2022-05-01"))
                           .scene();
    const auto& target = measure_in(scene).target;
    EXPECT_EQ(target.at(day("2022-05-15"))->value.value, number("55"));
    EXPECT_EQ(target.latest()->value.value, number("60"));
}

TEST(FoldMeasure, keeps_readings_by_the_end_of_their_periods) {
    const auto scene =
        given(plan_in_delivery("TH"), measure_defined("TH-M1"),
              reading_recorded("TH-M1", "2022-04-30", "44.5").with("period", "2022-04"),
              reading_recorded("TH-M1", "2022-03-31", "41").on("2022-05-20"))
            .scene();
    const auto& readings = measure_in(scene).readings;
    ASSERT_EQ(readings.size(), 2u);
    EXPECT_EQ(readings[0].period_end, day("2022-03-31"));
    EXPECT_EQ(readings[1].period, must(parse_month("2022-04")));
    const auto& value = readings[1].value.latest()->value;
    EXPECT_EQ(value.how, How::recorded);
    EXPECT_EQ(value.value, number("44.5"));
    EXPECT_EQ(value.by, person("programme-officer"));
}

TEST(FoldMeasure, keeps_a_corrected_value_beside_the_one_before) {
    auto scene = read_twice();
    scene.force(reading_corrected("TH-M1", "2022-04-30", "45")
                    .with("numerator", "9")
                    .with("denominator", "20")
                    .on("2022-06-01"));
    const auto& value = measure_in(scene).readings[1].value;
    EXPECT_EQ(value.at(day("2022-05-31"))->value.value, number("44.5"));
    EXPECT_EQ(value.latest()->value.value, number("45"));
    EXPECT_EQ(value.latest()->value.how, How::corrected);
    EXPECT_EQ(value.latest()->value.denominator, number("20"));
}

TEST(FoldMeasure, restates_several_readings_at_once) {
    auto scene = read_twice();
    scene.force(reading_restated("TH-M1", "2022-03-31=40,2022-04-30=43"));
    const auto& readings = measure_in(scene).readings;
    EXPECT_EQ(readings[0].value.latest()->value.value, number("40"));
    EXPECT_EQ(readings[1].value.latest()->value.value, number("43"));
    EXPECT_EQ(readings[1].value.latest()->value.how, How::restated);
}

TEST(FoldMeasure, takes_a_struck_restatement_out_of_every_reading) {
    auto scene = read_twice();
    scene.force(reading_restated("TH-M1", "2022-03-31=40,2022-04-30=43"));
    scene.force(entry_struck("TH-M1").answers_last(Kind::READING_RESTATED, "TH-M1"));
    const auto& readings = measure_in(scene).readings;
    EXPECT_EQ(readings[0].value.latest()->value.value, number("41"));
    EXPECT_EQ(readings[1].value.latest()->value.value, number("44.5"));
    EXPECT_TRUE(scene.state().anomalies.empty());
}

TEST(FoldMeasure, reads_a_period_again_after_its_reading_was_struck) {
    auto scene = read_twice();
    scene.force(entry_struck("TH-M1").answers_last(Kind::READING_RECORDED, "TH-M1"));
    scene.force(reading_recorded("TH-M1", "2022-04-30", "54.4"));
    EXPECT_TRUE(scene.state().anomalies.empty());
    const auto& readings = measure_in(scene).readings;
    ASSERT_EQ(readings.size(), 3u);
    EXPECT_EQ(readings[1].value.latest(), nullptr);
    EXPECT_EQ(readings[2].value.latest()->value.value, number("54.4"));
}

TEST(FoldMeasureAnomaly, is_a_measure_that_is_not_there) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, target_set("TH-M1", "60"), "measure is not there");
    expect_anomaly(scene, measure_redefined("TH-M1", 2), "measure is not there");
    expect_anomaly(scene, measure_defined("TH-1.2"), "stands for something else");
}

TEST(FoldMeasureAnomaly, is_a_second_reading_of_a_period) {
    expect_anomaly(read_twice(), reading_recorded("TH-M1", "2022-04-30", "50"),
                   "has a reading already");
}

TEST(FoldMeasureAnomaly, is_a_reading_that_is_not_there) {
    const auto scene = read_twice();
    expect_anomaly(scene, reading_corrected("TH-M1", "2022-05-31", "50"), "no reading to correct");
    expect_anomaly(scene, reading_restated("TH-M1", "2022-04-30=50,2022-05-31=50"),
                   "no reading to restate");
}

TEST(FoldMeasureAnomaly, is_a_correction_of_what_was_struck) {
    auto scene = read_twice();
    scene.force(entry_struck("TH-M1").answers_last(Kind::READING_RECORDED, "TH-M1"));
    expect_anomaly(scene, reading_corrected("TH-M1", "2022-04-30", "50"), "no reading to correct");
}

}  // namespace
}  // namespace wsoa::test
