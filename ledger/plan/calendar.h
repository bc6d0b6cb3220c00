#pragma once

#include "ledger/plan/plan.h"

#include <string>
#include <string_view>

namespace wsoa {

// What is shown for a rating on a day: the code, and how it came to be shown.
struct ShownRating {
    enum class Because : std::uint8_t {
        not_started,  // no start by that day
        unrated,      // nothing confirmed by that day
        confirmed,    // the confirmed rating
        overdue,      // the deadline has passed: Red, whatever was confirmed
        complete,     // completed by that day: Blue, or embedded
        ended,        // withdrawn, merged or split by that day
        not_updated,  // the confirmed rating is of a period that is over
    };
    std::string code;
    Because because = Because::unrated;

    bool operator==(const ShownRating&) const = default;
};

// The codes that follow from what happened and are never proposed.
inline constexpr std::string_view code_not_started = "GY";
inline constexpr std::string_view code_unrated = "UN";
inline constexpr std::string_view code_overdue = "R";
inline constexpr std::string_view code_complete = "B";
inline constexpr std::string_view code_embedded = "E";
inline constexpr std::string_view code_ended = "NA";

// What a date alone changes, computed at reading and never recorded. From the day after its current
// deadline an action that is not complete shows Red; where the plan's policy says so, a rating that
// was not confirmed again after its period shows as not yet updated.
ShownRating delivery_on(const Plan& plan, const Action& action, Date day);
ShownRating impact_on(const Area& area, Date day);
// "overdue", "notUpdated": why a rating is shown, for programs.
std::string_view name_of(ShownRating::Because because);

// The deadline in force on the day; the original one where none is.
Date deadline_on(const Action& action, Date day);
Date deadline_on(const Milestone& milestone, Date day);

// Saturday and Sunday.
bool is_weekend(Date day);

// The last day of the period of that rhythm in which the day lies. Years are calendar years; terms
// end with December, April and August.
Date period_end(schema::Rhythm rhythm, Date day);

// Whether a deadline that lies ahead counts as due soon under the plan's policy of the day.
bool is_due_soon(const Plan& plan, Date deadline, Date day);

}  // namespace wsoa
