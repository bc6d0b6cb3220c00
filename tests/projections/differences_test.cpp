#include "projections/differences.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using Because = ShownRating::Because;
using Of = Difference::Of;
using test::day_of;
using test::PlanDays;
using test::ref_of;
using testing::ElementsAre;
using testing::IsEmpty;

Between between(std::string_view from, std::string_view to) {
    return {.from = day_of(from), .to = day_of(to)};
}

std::vector<Difference> of_sort(Of of, std::vector<Difference> all) {
    std::erase_if(all, [&](const Difference& each) { return each.of != of; });
    return all;
}

TEST(Differences, name_the_last_event_that_made_a_rating_what_it_is) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "A", "2022-03-10");
    days.rate("TH-1.1", "G", "2022-04-10");
    const auto completed = days.complete("TH-1.1", "2022-05-19");
    const auto found = differences(days.plan(), between("2022-03-31", "2022-06-30"));
    EXPECT_THAT(of_sort(Of::rating, found), ElementsAre(Difference{.of = Of::rating,
                                                                   .ref = ref_of("TH-1.1"),
                                                                   .from = "A",
                                                                   .to = "B",
                                                                   .on = day_of("2022-05-19"),
                                                                   .by = completed,
                                                                   .because = Because::complete}));
    EXPECT_THAT(of_sort(Of::stage, found), ElementsAre(Difference{.of = Of::stage,
                                                                  .ref = ref_of("TH-1.1"),
                                                                  .from = "inProgress",
                                                                  .to = "complete",
                                                                  .on = day_of("2022-05-19"),
                                                                  .by = completed,
                                                                  .because = {}}));
}

TEST(Differences, are_none_where_a_rating_came_back_to_what_it_was) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "A", "2022-03-10");
    days.rate("TH-1.1", "R", "2022-04-10");
    days.rate("TH-1.1", "A", "2022-05-10");
    EXPECT_THAT(differences(days.plan(), between("2022-03-31", "2022-06-30")), IsEmpty());
}

TEST(Differences, of_deadlines_say_from_when_to_when) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    const auto moved = days.move("TH-1.1", "2022-10-31", "2023-07-31", "2022-09-23");
    EXPECT_THAT(
        of_sort(Of::deadline, differences(days.plan(), between("2022-09-22", "2022-09-23"))),
        ElementsAre(Difference{.of = Of::deadline,
                               .ref = ref_of("TH-1.1"),
                               .from = "2022-10-31",
                               .to = "2023-07-31",
                               .on = day_of("2022-09-23"),
                               .by = moved,
                               .because = {}}));
}

TEST(Differences, of_values_tell_the_figures) {
    PlanDays days;
    days.tell({.kind = Kind::MEASURE_DEFINED,
               .subject = "TH-M1",
               .fields = {{"definition", "1"},
                          {"unit", "percent"},
                          {"polarity", "higherIsBetter"},
                          {"period", "month"}},
               .effective = "2022-02-01"});
    const auto read =
        days.tell({.kind = Kind::READING_RECORDED,
                   .subject = "TH-M1",
                   .fields = {{"definition", "1"}, {"periodEnd", "2022-06-30"}, {"value", "38.5"}},
                   .effective = "2022-06-30"});
    const auto found =
        of_sort(Of::value, differences(days.plan(), between("2022-06-29", "2022-06-30")));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().from, std::nullopt);
    EXPECT_EQ(found.front().to, "38.5");
    EXPECT_EQ(found.front().by, read);
}

TEST(Differences, by_the_calendar_are_told_with_their_day_and_cause) {
    PlanDays days;
    days.start("TH-1.1", "2022-03-01");
    days.rate("TH-1.1", "A", "2022-03-10");
    days.add_action("TH-1.2", "2022-05-31", "2022-02-01");
    const auto overdue = [](std::string_view ref, std::string_view from, std::string_view on) {
        return Difference{.of = Of::rating,
                          .ref = ref_of(ref),
                          .from = std::string(from),
                          .to = "R",
                          .on = day_of(on),
                          .by = {},
                          .because = Because::overdue};
    };
    EXPECT_THAT(
        calendar_changes(days.plan(), between("2022-05-31", "2022-11-01")),
        ElementsAre(overdue("TH-1.2", "GY", "2022-06-01"), overdue("TH-1.1", "A", "2022-11-01")));
    EXPECT_THAT(calendar_changes(days.plan(), between("2022-06-01", "2022-10-31")), IsEmpty());
}

TEST(Differences, keep_apart_what_was_added_in_between) {
    PlanDays days;
    days.add_action("TH-1.2", "2022-12-31", "2022-04-01");
    days.start("TH-1.2", "2022-05-01");
    const auto found = differences(days.plan(), between("2022-03-31", "2022-06-30"));
    EXPECT_THAT(found, IsEmpty());
    EXPECT_THAT(added_between(days.plan(), between("2022-03-31", "2022-06-30")),
                ElementsAre(ref_of("TH-1.2")));
}

}  // namespace
}  // namespace wsoa
