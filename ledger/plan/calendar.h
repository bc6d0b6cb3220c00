#pragma once

#include "ledger/plan/plan.h"

#include <string>

namespace wsoa {

// What is shown for a rating on a day: the code, and how it came to be shown.
struct ShownRating {
    enum class Because : std::uint8_t {
        not_started,  // no start by that day
        unrated,      // nothing confirmed by that day
        confirmed,    // the confirmed rating
        overdue,      // the deadline has passed: Red, whatever was confirmed
    };
    std::string code;
    Because because = Because::unrated;

    bool operator==(const ShownRating&) const = default;
};

// What a date alone changes, computed at reading and never recorded. From the day after its current
// deadline an action that is not complete shows Red.
ShownRating delivery_on(const Action& action, Date day);
ShownRating impact_on(const Area& area, Date day);

// The deadline in force on the day; the original one where none is.
Date deadline_on(const Action& action, Date day);

}  // namespace wsoa
