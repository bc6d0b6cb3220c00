#include "ledger/base/time.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <exception>
#include <optional>

namespace wsoa {
namespace {

constexpr std::array<std::string_view, 12> month_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

// Exactly `count` decimal digits from the front of the text, which is shortened by them.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) {
        return std::nullopt;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return std::nullopt;
        }
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool literal(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<date::year_month_day> civil_day(std::string_view& text) {
    const auto year = digits(text, 4);
    if (!year || !literal(text, '-')) {
        return std::nullopt;
    }
    const auto month = digits(text, 2);
    if (!month || !literal(text, '-')) {
        return std::nullopt;
    }
    const auto day = digits(text, 2);
    if (!day) {
        return std::nullopt;
    }
    const date::year_month_day civil{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                     date::day{static_cast<unsigned>(*day)}};
    return civil.ok() ? std::optional(civil) : std::nullopt;
}

std::optional<std::chrono::milliseconds> fraction(std::string_view& text) {
    if (!literal(text, '.')) {
        return std::chrono::milliseconds{0};
    }
    int ms = 0;
    int count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9' && count < 3) {
        ms = ms * 10 + (text.front() - '0');
        text.remove_prefix(1);
        ++count;
    }
    if (count == 0) {
        return std::nullopt;
    }
    for (; count < 3; ++count) {
        ms *= 10;
    }
    return std::chrono::milliseconds{ms};
}

std::optional<Instant> instant_of(std::string_view text) {
    const auto day = civil_day(text);
    if (!day || !literal(text, 'T')) {
        return std::nullopt;
    }
    const auto hour = digits(text, 2);
    if (!hour || *hour > 23 || !literal(text, ':')) {
        return std::nullopt;
    }
    const auto minute = digits(text, 2);
    if (!minute || *minute > 59 || !literal(text, ':')) {
        return std::nullopt;
    }
    const auto second = digits(text, 2);
    if (!second || *second > 59) {
        return std::nullopt;
    }
    const auto rest = fraction(text);
    if (!rest || text != "Z") {
        return std::nullopt;
    }
    const auto since = date::sys_days{*day}.time_since_epoch() + std::chrono::hours{*hour} +
                       std::chrono::minutes{*minute} + std::chrono::seconds{*second} + *rest;
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

date::year_month_day civil_of(Date day) {
    return date::year_month_day{date::sys_days{date::days{day.days}}};
}

date::sys_time<std::chrono::milliseconds> time_point(Instant instant) {
    return date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{instant.ms}};
}

// How many days a year is put back before its zone rules are asked for.
//
// The library reads the transitions that the tz database lists, and those end with 2037; from then
// on it would know no summer time. The rules go by month and weekday, so a later year takes after
// the last listed year with the same calendar.
date::days shift_to_listed(date::year year) {
    constexpr date::year last_listed{2037};
    if (year <= last_listed) {
        return date::days{0};
    }
    const auto first_day = [](date::year of) { return date::sys_days{of / date::January / 1}; };
    auto twin = last_listed;
    while (twin.is_leap() != year.is_leap() ||
           date::weekday{first_day(twin)} != date::weekday{first_day(year)}) {
        --twin;
    }
    return first_day(year) - first_day(twin);
}

date::local_time<std::chrono::milliseconds> to_local(const date::time_zone& zone, Instant instant) {
    const auto point = time_point(instant);
    const auto shift = shift_to_listed(date::year_month_day{date::floor<date::days>(point)}.year());
    return zone.to_local(point - shift) + shift;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    const auto instant = instant_of(text);
    if (!instant) {
        return Error{Fault::invalid, "an instant is written like 2022-03-08T09:11:33Z"};
    }
    return instant_from_ms(instant->ms);
}

Result<Instant> instant_from_ms(std::int64_t ms) {
    constexpr std::int64_t day_ms = 86'400'000;
    if (ms < limits::day_min * day_ms || ms >= (limits::day_max + 1) * day_ms) {
        return Error{Fault::invalid, "an instant lies in the years 1900 to 2199"};
    }
    return Instant{ms};
}

std::string to_string(Instant instant) {
    const auto point = time_point(instant);
    const auto day = date::floor<date::days>(point);
    const date::hh_mm_ss<std::chrono::milliseconds> time{point - day};
    const auto ms = time.subseconds().count();
    return fmt::format("{}T{:02}:{:02}:{:02}{}Z",
                       to_string(Date{static_cast<std::int32_t>(day.time_since_epoch().count())}),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       ms == 0 ? std::string{} : fmt::format(".{:03}", ms));
}

Result<Date> parse_date(std::string_view text) {
    const auto day = civil_day(text);
    if (!day || !text.empty()) {
        return Error{Fault::invalid, "a date is written like 2022-03-31, and must exist"};
    }
    return date_from_days(date::sys_days{*day}.time_since_epoch().count());
}

Result<Date> date_from_days(std::int64_t days) {
    if (days < limits::day_min || days > limits::day_max) {
        return Error{Fault::invalid, "a date lies between 1900-01-01 and 2199-12-31"};
    }
    return Date{static_cast<std::int32_t>(days)};
}

std::string to_string(Date date) {
    const auto civil = civil_of(date);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                       static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

std::string in_words(Date date) {
    const auto civil = civil_of(date);
    return fmt::format("{} {} {}", static_cast<unsigned>(civil.day()),
                       month_names.at(static_cast<unsigned>(civil.month()) - 1),
                       static_cast<int>(civil.year()));
}

Result<Month> parse_month(std::string_view text) {
    const Error wrong{Fault::invalid, "a month is written like 2022-03"};
    const auto year = digits(text, 4);
    if (!year || !literal(text, '-')) {
        return wrong;
    }
    const auto month = digits(text, 2);
    if (!month || !text.empty() || *month < 1 || *month > 12) {
        return wrong;
    }
    return month_from_number(static_cast<std::uint32_t>(*year * 12 + *month - 1));
}

Result<Month> month_from_number(std::uint32_t months) {
    if (months < 1900 * 12 || months >= 2200 * 12) {
        return Error{Fault::invalid, "a month lies between 1900-01 and 2199-12"};
    }
    return Month{static_cast<std::uint16_t>(months)};
}

std::string to_string(Month month) {
    return fmt::format("{:04}-{:02}", month.months / 12, month.months % 12 + 1);
}

Month month_of(Date date) {
    const date::year_month_day civil{date::sys_days{date::days{date.days}}};
    return Month{static_cast<std::uint16_t>(static_cast<int>(civil.year()) * 12 +
                                            static_cast<int>(static_cast<unsigned>(civil.month())) -
                                            1)};
}

Date first_day(Month month) {
    const date::sys_days first{date::year{month.months / 12} /
                               date::month{static_cast<unsigned>(month.months % 12 + 1)} / 1};
    return Date{static_cast<std::int32_t>(first.time_since_epoch().count())};
}

Result<Zone> Zone::find(std::string_view name) {
    const auto unknown =
        error(Fault::invalid, "the time zone \"{}\" is not in this machine's tz database",
              excerpt_of(name))
            .advise(
                "use a name such as Europe/London, and see that the package tzdata "
                "is installed");
    if (name == "localtime") {  // whatever this machine is set to
        return unknown;
    }
    // The library throws for a zone that it does not know, and for a machine without the database.
    try {
        return Zone{date::locate_zone(std::string(name)), std::string(name)};
    } catch (const std::exception&) {
        return unknown;
    }
}

Date Zone::day_of(Instant instant) const {
    const auto local = to_local(*zone_, instant);
    return Date{
        static_cast<std::int32_t>(date::floor<date::days>(local).time_since_epoch().count())};
}

Instant Zone::end_of(Date day) const {
    // Where midnight does not exist or comes twice, the earlier reading is the end of the day.
    const date::local_days next{date::days{day.days + 1}};
    const auto shift = shift_to_listed(date::year_month_day{next}.year());
    const auto point = zone_->to_sys(next - shift, date::choose::earliest) + shift;
    return Instant{
        std::chrono::duration_cast<std::chrono::milliseconds>(point.time_since_epoch()).count()};
}

std::string Zone::civil(Instant instant) const {
    const auto local = to_local(*zone_, instant);
    const auto day = date::floor<date::days>(local);
    const date::year_month_day civil{day};
    const date::hh_mm_ss<std::chrono::milliseconds> time{local - day};
    return fmt::format("{} {} {} {:02}:{:02}", static_cast<unsigned>(civil.day()),
                       month_names.at(static_cast<unsigned>(civil.month()) - 1).substr(0, 3),
                       static_cast<int>(civil.year()), time.hours().count(),
                       time.minutes().count());
}

}  // namespace wsoa
