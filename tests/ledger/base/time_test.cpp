#include "ledger/base/time.h"

#include "ledger/base/limits.h"
#include "tests/support/mutants.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace wsoa {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

Instant instant(std::string_view text) { return parse_instant(text).value(); }
Date day(std::string_view text) { return parse_date(text).value(); }
Zone london() { return Zone::find("Europe/London").value(); }

TEST(Instant, is_counted_from_1970) {
    EXPECT_EQ(instant("1970-01-01T00:00:00Z").ms, 0);
    EXPECT_EQ(instant("1969-12-31T23:59:59.999Z").ms, -1);
    EXPECT_EQ(instant("2022-03-08T09:11:33.250Z").ms, 1'646'730'693'250);
    EXPECT_EQ(instant("2000-02-29T12:00:00Z").ms, 951'825'600'000);
}

TEST(Instant, is_written_without_a_fraction_that_is_zero) {
    EXPECT_EQ(to_string(Instant{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_string(Instant{1'646'730'693'050}), "2022-03-08T09:11:33.050Z");
}

TEST(Instant, takes_one_to_three_digits_of_fraction) {
    EXPECT_EQ(instant("1970-01-01T00:00:00.1Z").ms, 100);
    EXPECT_EQ(instant("1970-01-01T00:00:00.12Z").ms, 120);
    EXPECT_EQ(instant("1970-01-01T00:00:00.123Z").ms, 123);
    EXPECT_EQ(instant("1970-01-01T00:00:00.000Z").ms, 0);
}

TEST(Instant, refuses_every_other_spelling) {
    for (const auto* text : {"",
                             "2022-03-08",
                             "2022-03-08T09:11:33",
                             "2022-03-08 09:11:33Z",
                             "2022-03-08t09:11:33Z",
                             "2022-03-08T09:11:33z",
                             "2022-03-08T09:11:33+00:00",
                             "2022-03-08T09:11:33-00:00",
                             "2022-03-08T09:11:33+01:00",
                             "2022-03-08T09:11Z",
                             "2022-03-08T9:11:33Z",
                             "2022-3-8T09:11:33Z",
                             "2022-03-08T09:11:33.Z",
                             "2022-03-08T09:11:33.1234Z",
                             "2022-03-08T09:11:33,5Z",
                             "2022-03-08T09:11:33Z ",
                             " 2022-03-08T09:11:33Z",
                             "2022-03-08T09:11:33ZZ",
                             "+2022-03-08T09:11:33Z",
                             "-022-03-08T09:11:33Z",
                             "12022-03-08T09:11:33Z",
                             "20220308T091133Z",
                             "2022-03-08T09:11:33.-1Z",
                             "2022-03-08T09:11:33\n",
                             "2022-03-08T-9:11:33Z"}) {
        EXPECT_EQ(parse_instant(text).error().fault, Fault::invalid) << text;
    }
}

TEST(Instant, refuses_times_that_do_not_exist) {
    for (const auto* text :
         {"2022-02-29T00:00:00Z", "2022-13-01T00:00:00Z", "2022-00-01T00:00:00Z",
          "2022-01-00T00:00:00Z", "2022-04-31T00:00:00Z", "2022-01-01T24:00:00Z",
          "2022-01-01T00:60:00Z", "2022-01-01T00:00:60Z", "2016-12-31T23:59:60Z"}) {
        EXPECT_FALSE(parse_instant(text).ok()) << text;
    }
}

TEST(Instant, lies_in_the_years_of_a_date) {
    EXPECT_EQ(to_string(instant("1900-01-01T00:00:00Z")), "1900-01-01T00:00:00Z");
    EXPECT_EQ(to_string(instant("2199-12-31T23:59:59.999Z")), "2199-12-31T23:59:59.999Z");
    EXPECT_FALSE(parse_instant("1899-12-31T23:59:59.999Z").ok());
    EXPECT_FALSE(parse_instant("2200-01-01T00:00:00Z").ok());
    EXPECT_FALSE(parse_instant("0000-01-01T00:00:00Z").ok());
    EXPECT_FALSE(parse_instant("9999-12-31T23:59:59Z").ok());
}

TEST(Instant, is_made_of_a_number_within_those_years_only) {
    EXPECT_EQ(instant_from_ms(instant("1900-01-01T00:00:00Z").ms).value().ms,
              limits::day_min * day_ms);
    EXPECT_FALSE(instant_from_ms(limits::day_min * day_ms - 1).ok());
    EXPECT_TRUE(instant_from_ms((limits::day_max + 1) * day_ms - 1).ok());
    EXPECT_FALSE(instant_from_ms((limits::day_max + 1) * day_ms).ok());
    EXPECT_FALSE(instant_from_ms(INT64_MIN).ok());
    EXPECT_FALSE(instant_from_ms(INT64_MAX).ok());
}

TEST(Instant, survives_a_hundred_thousand_mutants) {
    Mutants mutator(std::vector<std::string>{"2022-03-08T09:11:33Z", "2022-03-08T09:11:33.250Z",
                                             "1999-12-31T23:59:59.9Z", "2000-02-29T00:00:00.05Z"},
                    31);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutator.next();
        const auto parsed = parse_instant(text);
        if (parsed.ok()) {
            ASSERT_EQ(instant(to_string(parsed.value())), parsed.value()) << text;
            ASSERT_EQ(text.substr(0, 19), to_string(parsed.value()).substr(0, 19));
        } else {
            ASSERT_EQ(parsed.error().fault, Fault::invalid);
        }
    }
}

TEST(Date, is_counted_from_1970) {
    EXPECT_EQ(day("1970-01-01").days, 0);
    EXPECT_EQ(day("1969-12-31").days, -1);
    EXPECT_EQ(day("2000-03-01").days, 11'017);
}

TEST(Date, is_read_back_on_every_day_it_can_name) {
    std::string before;
    for (std::int32_t days = limits::day_min; days <= limits::day_max; ++days) {
        const auto text = to_string(date_from_days(days).value());
        ASSERT_EQ(parse_date(text).value().days, days);
        ASSERT_LT(before, text);
        before = text;
    }
    EXPECT_EQ(before, "2199-12-31");
    EXPECT_EQ(to_string(Date{limits::day_min}), "1900-01-01");
}

TEST(Date, lies_between_1900_and_2199) {
    EXPECT_FALSE(parse_date("1899-12-31").ok());
    EXPECT_FALSE(parse_date("2200-01-01").ok());
    EXPECT_FALSE(date_from_days(limits::day_min - 1).ok());
    EXPECT_FALSE(date_from_days(limits::day_max + 1).ok());
    EXPECT_FALSE(date_from_days(INT64_MAX).ok());
    EXPECT_FALSE(date_from_days(INT64_MIN).ok());
    EXPECT_FALSE(date_from_days(std::int64_t{1} << 32).ok());
}

TEST(Date, refuses_every_other_spelling_and_days_that_do_not_exist) {
    for (const auto* text : {"",
                             "2022-3-31",
                             "2022-03-1",
                             "22-03-31",
                             "20220331",
                             "2022/03/31",
                             "31-03-2022",
                             "2022-03-31 ",
                             " 2022-03-31",
                             "2022-03-31T",
                             "2022-03",
                             "2022-03-32",
                             "2022-00-10",
                             "2022-10-00",
                             "2022-13-01",
                             "2022-02-29",
                             "1900-02-29",
                             "2100-02-29",
                             "2022-04-31",
                             "-2022-03-31",
                             "+2022-03-3",
                             "2022--3-31",
                             "2022-03-3\n",
                             "\xd9\xa2"
                             "022-03-31"}) {
        EXPECT_EQ(parse_date(text).error().fault, Fault::invalid) << text;
    }
    EXPECT_TRUE(parse_date("2000-02-29").ok());
    EXPECT_TRUE(parse_date("2024-02-29").ok());
}

TEST(Date, is_said_in_words_as_people_write_it) {
    EXPECT_EQ(in_words(day("2022-03-31")), "31 March 2022");
    EXPECT_EQ(in_words(day("2022-12-01")), "1 December 2022");
    EXPECT_EQ(in_words(day("1900-01-01")), "1 January 1900");
}

TEST(Date, has_one_spelling_that_survives_a_hundred_thousand_mutants) {
    Mutants mutator(
        std::vector<std::string>{"2022-03-31", "2000-02-29", "1900-01-01", "2199-12-31"}, 32);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutator.next();
        const auto parsed = parse_date(text);
        ASSERT_TRUE(parsed.ok() ? to_string(parsed.value()) == text
                                : parsed.error().fault == Fault::invalid)
            << text;
    }
}

TEST(Month, is_read_back_from_1900_to_2199) {
    for (std::uint32_t months = 1900 * 12; months < 2200 * 12; ++months) {
        const auto month = month_from_number(months).value();
        ASSERT_EQ(parse_month(to_string(month)).value(), month);
    }
    EXPECT_EQ(to_string(Month{1900 * 12}), "1900-01");
    EXPECT_EQ(to_string(Month{2199 * 12 + 11}), "2199-12");
    EXPECT_FALSE(month_from_number(1900 * 12 - 1).ok());
    EXPECT_FALSE(month_from_number(2200 * 12).ok());
    EXPECT_FALSE(month_from_number(0xffffffff).ok());
}

TEST(Month, refuses_every_other_spelling) {
    for (const auto* text : {"", "2022", "2022-3", "2022-00", "2022-13", "2022-03-", "2022-03-31",
                             "202203", "2022/03", " 2022-03", "2022-03 ", "1899-12", "2200-01"}) {
        EXPECT_EQ(parse_month(text).error().fault, Fault::invalid) << text;
    }
}

TEST(Month, has_one_spelling_that_survives_a_hundred_thousand_mutants) {
    Mutants mutator(std::vector<std::string>{"2022-03", "1900-01", "2199-12"}, 33);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutator.next();
        const auto parsed = parse_month(text);
        ASSERT_TRUE(parsed.ok() ? to_string(parsed.value()) == text
                                : parsed.error().fault == Fault::invalid)
            << text;
    }
}

TEST(Zone, is_found_by_its_name_only) {
    EXPECT_EQ(london().name(), "Europe/London");
    EXPECT_TRUE(Zone::find("UTC").ok());
    for (const auto* name :
         {"", "europe/london", "Europe/Nowhere", "../../etc/passwd", "/usr/share/zoneinfo/UTC",
          "right/Europe/London", "posix/Europe/London", "localtime", "posixrules", "Europe",
          "Europe/London ", "Europe/London\n", "Europe/London/", "Europe//London", "Factory",
          "tzdata.zi", "zone.tab", "leapseconds", "Europe/../Europe/London"}) {
        EXPECT_EQ(Zone::find(name).error().fault, Fault::invalid) << name;
    }
    EXPECT_EQ(Zone::find("no\x1b[1m").error().message,
              "the time zone \"no?[1m\" is not in this machine's tz database");
}

// Under each name that the database's own list gives to a zone ("Z name ..."), or to another one's
// ("L zone name").
TEST(Zone, is_found_under_every_name_in_the_database) {
    std::ifstream list("/usr/share/zoneinfo/tzdata.zi");
    int zones = 0;
    for (std::string line; std::getline(list, line);) {
        std::istringstream words(line);
        std::string type;
        std::string name;
        words >> type >> name;
        if (type == "L") {
            words >> name;
        }
        if ((type == "Z" || type == "L") && name != "Factory") {
            EXPECT_TRUE(Zone::find(name).ok()) << name;
            ++zones;
        }
    }
    EXPECT_GT(zones, 400);
}

TEST(Zone, keeps_the_days_of_utc_in_winter) {
    EXPECT_EQ(london().day_of(instant("2022-01-15T23:59:59.999Z")), day("2022-01-15"));
    EXPECT_EQ(london().day_of(instant("2022-01-16T00:00:00Z")), day("2022-01-16"));
    EXPECT_EQ(london().end_of(day("2022-01-15")), instant("2022-01-16T00:00:00Z"));
}

TEST(Zone, turns_the_day_an_hour_before_utc_in_summer) {
    EXPECT_EQ(london().day_of(instant("2022-07-15T22:59:59.999Z")), day("2022-07-15"));
    EXPECT_EQ(london().day_of(instant("2022-07-15T23:00:00Z")), day("2022-07-16"));
    EXPECT_EQ(london().end_of(day("2022-07-15")), instant("2022-07-15T23:00:00Z"));
}

TEST(Zone, has_a_day_of_23_hours_in_march_and_one_of_25_in_october) {
    const auto hours = [](const char* of) {
        const auto that = day(of);
        const Date before{that.days - 1};
        return (london().end_of(that).ms - london().end_of(before).ms) / hour_ms;
    };
    EXPECT_EQ(hours("2022-03-26"), 24);
    EXPECT_EQ(hours("2022-03-27"), 23);
    EXPECT_EQ(hours("2022-03-28"), 24);
    EXPECT_EQ(hours("2022-10-29"), 24);
    EXPECT_EQ(hours("2022-10-30"), 25);
    EXPECT_EQ(hours("2022-10-31"), 24);
}

TEST(Zone, ends_every_day_from_1900_to_2199_where_the_next_begins) {
    const auto zone = london();
    for (std::int32_t days = limits::day_min + 1; days < limits::day_max; ++days) {
        const auto end = zone.end_of(Date{days});
        ASSERT_EQ(zone.day_of(end).days, days + 1) << to_string(Date{days});
        ASSERT_EQ(zone.day_of(Instant{end.ms - 1}).days, days) << to_string(Date{days});
    }
}

// The rule since 1996: from the last Sunday of March to the last Sunday of October. The tz database
// lists its turns to 2037 only.
TEST(Zone, keeps_summer_time_to_the_end_of_its_years) {
    const auto zone = london();
    for (int year = 1996; year < 2200; ++year) {
        std::map<std::int64_t, std::string> unusual;
        const auto first = day(std::to_string(year) + "-01-01").days;
        const auto last = day(std::to_string(year) + "-12-31").days;
        for (auto days = first; days <= last; ++days) {
            const auto length = zone.end_of(Date{days}).ms - zone.end_of(Date{days - 1}).ms;
            if (length != day_ms) {
                unusual[length / hour_ms] += to_string(Date{days});
            }
        }
        const auto last_sunday_of = [year](const char* month) {
            auto date = day(std::to_string(year) + month);
            while ((date.days + 4) % 7 != 0) {  // 1970-01-01 was a Thursday
                --date.days;
            }
            return to_string(date);
        };
        const std::map<std::int64_t, std::string> rule{{23, last_sunday_of("-03-31")},
                                                       {25, last_sunday_of("-10-31")}};
        ASSERT_EQ(unusual, rule) << year;
    }
}

TEST(Zone, ends_a_day_at_the_turn_where_midnight_does_not_exist) {
    const auto zone = Zone::find("America/Sao_Paulo").value();
    EXPECT_EQ(zone.end_of(day("2018-11-03")), instant("2018-11-04T03:00:00Z"));
    EXPECT_EQ(zone.day_of(instant("2018-11-04T02:59:59.999Z")), day("2018-11-03"));
    EXPECT_EQ(zone.day_of(instant("2018-11-04T03:00:00Z")), day("2018-11-04"));
}

TEST(Zone, ends_a_day_at_the_first_of_two_midnights) {
    const auto zone = Zone::find("America/St_Johns").value();  // turned at 00:01 until 2011
    EXPECT_EQ(zone.end_of(day("2010-11-06")), instant("2010-11-07T02:30:00Z"));
}

TEST(Zone, shows_civil_time) {
    EXPECT_EQ(london().civil(instant("2023-03-14T10:02:59Z")), "14 Mar 2023 10:02");
    EXPECT_EQ(london().civil(instant("2023-06-30T23:05:00Z")), "1 Jul 2023 00:05");
    EXPECT_EQ(london().civil(instant("2045-07-01T11:00:00Z")), "1 Jul 2045 12:00");
    EXPECT_EQ(london().civil(instant("1969-01-01T00:00:00Z")), "1 Jan 1969 01:00");
}

}  // namespace
}  // namespace wsoa
