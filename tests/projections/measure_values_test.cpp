#include "projections/measure_values.h"

#include "tests/support/plan_days.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::day_of;
using test::must;
using test::PlanDays;
using test::ref_of;

using Fields = std::vector<std::pair<std::string, std::string>>;

// TH-M4, of which less is better: 68 weeks at the end of January 2022, to be 39.
struct Measured {
    PlanDays days;

    Measured() {
        tell(Kind::MEASURE_DEFINED,
             {{"definition", "1"},
              {"unit", "weeks"},
              {"polarity", "lowerIsBetter"},
              {"period", "halfYear"}},
             "2022-01-31");
        tell(Kind::BASELINE_SET,
             {{"definition", "1"}, {"periodEnd", "2022-01-31"}, {"value", "68"}}, "2022-01-31");
        tell(Kind::TARGET_SET, {{"definition", "1"}, {"value", "39"}, {"date", "2023-12-31"}},
             "2022-02-01");
    }
    EventIndex tell(Kind kind, const Fields& fields, const std::string& day,
                    std::optional<EventIndex> answers = {}) {
        return days.tell({.kind = kind,
                          .subject = "TH-M4",
                          .fields = fields,
                          .effective = day,
                          .answers = answers});
    }
    EventIndex read(const std::string& value, const std::string& day) {
        return tell(Kind::READING_RECORDED,
                    {{"definition", "1"}, {"periodEnd", day}, {"value", value}}, day);
    }
    Measure measure() { return days.plan().measures.at(ref_of("TH-M4")); }
};

TEST(MeasureValue, is_the_baseline_until_a_reading_of_a_later_period) {
    Measured at;
    const auto read = at.read("70.5", "2022-06-30");
    const auto measure = at.measure();
    EXPECT_EQ(value_on(measure, day_of("2022-01-30")), std::nullopt);
    const auto before = value_on(measure, day_of("2022-06-29"));
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(before->from, MeasureValue::From::baseline);
    EXPECT_EQ(to_string(before->value), "68");
    const auto after = value_on(measure, day_of("2022-06-30"));
    ASSERT_TRUE(after.has_value());
    EXPECT_EQ(after->from, MeasureValue::From::reading);
    EXPECT_EQ(to_string(after->value), "70.5");
    EXPECT_EQ(after->index, read);
}

TEST(MeasureValue, of_a_late_reading_stands_in_the_past_where_it_belongs) {
    Measured at;
    at.read("74", "2022-12-31");
    at.read("70", "2022-06-30");
    const auto measure = at.measure();
    EXPECT_EQ(to_string(value_on(measure, day_of("2023-01-31"))->value), "74");
    EXPECT_EQ(to_string(value_on(measure, day_of("2022-07-31"))->value), "70");
}

TEST(MeasureValue, meets_a_target_in_the_direction_that_is_wanted) {
    Measured at;
    at.read("40", "2022-06-30");
    at.read("39", "2022-12-31");
    const auto measure = at.measure();
    EXPECT_EQ(is_at_target(measure, day_of("2022-01-31")), std::nullopt);  // none is set yet
    EXPECT_EQ(is_at_target(measure, day_of("2022-06-30")), false);
    EXPECT_EQ(is_at_target(measure, day_of("2022-12-31")), true);
}

TEST(MeasureValue, is_planned_by_the_last_point_of_the_path) {
    Measured at;
    at.tell(Kind::TRAJECTORY_SET,
            {{"definition", "1"}, {"points", "2022-06-30=60,2022-12-31=50.5"}}, "2022-02-01");
    const auto measure = at.measure();
    EXPECT_EQ(planned_on(measure, day_of("2022-06-29")), std::nullopt);
    EXPECT_EQ(planned_on(measure, day_of("2022-12-30")), must(Decimal::parse("60")));
    EXPECT_EQ(planned_on(measure, day_of("2022-12-31")), must(Decimal::parse("50.5")));
}

}  // namespace
}  // namespace wsoa
