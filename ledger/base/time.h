#pragma once

#include "ledger/base/result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace wsoa {

// A moment, in milliseconds since 1970-01-01T00:00:00Z without leap seconds.
struct Instant {
    std::int64_t ms = 0;

    auto operator<=>(const Instant&) const = default;
};

// `invalid` outside the years that a Date can name: what a number from outside must pass.
Result<Instant> instant_from_ms(std::int64_t ms);
// RFC 3339 in UTC: "2022-03-08T09:11:33.250Z"; the fraction is left out where it is zero. Reading
// takes no other zone, no leap second, one to three digits of fraction, and the years of a Date.
Result<Instant> parse_instant(std::string_view text);
std::string to_string(Instant instant);

// A civil day, counted from 1970-01-01. Between 1900-01-01 and 2199-12-31.
struct Date {
    std::int32_t days = 0;

    auto operator<=>(const Date&) const = default;
};

// "2022-03-31", and nothing else.
Result<Date> parse_date(std::string_view text);
Result<Date> date_from_days(std::int64_t days);
std::string to_string(Date date);
// "31 March 2022", as people write it.
std::string in_words(Date date);

// A calendar month.
struct Month {
    std::uint16_t months = 0;  // year * 12 + (month - 1)

    auto operator<=>(const Month&) const = default;
};

// "2022-03", and nothing else.
Result<Month> parse_month(std::string_view text);
Result<Month> month_from_number(std::uint32_t months);
std::string to_string(Month month);
Month month_of(Date date);
// Of a month within the years that a Date can name.
Date first_day(Month month);

// The civil zone whose days a ledger keeps; its rules come from the machine's tz database. Days and
// instants asked of it lie in the years that a Date can name.
class Zone {
public:
    // `invalid` if the database has no such zone, or the name means another one on each machine.
    static Result<Zone> find(std::string_view name);

    // The day on which the instant falls.
    Date day_of(Instant instant) const;
    // The first instant of the day after: what is recorded before it was known on that day.
    Instant end_of(Date day) const;
    // "14 Mar 2023 10:02", in civil time.
    std::string civil(Instant instant) const;
    const std::string& name() const { return name_; }

private:
    Zone(const date::time_zone* zone, std::string name) : zone_(zone), name_(std::move(name)) {}
    const date::time_zone* zone_;
    std::string name_;
};

}  // namespace wsoa
