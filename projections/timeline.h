#pragma once

#include "ledger/plan/calendar.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// A run of days on which a rating was shown in one way and for one reason.
struct Spell {
    Date from;
    Date to;  // the last day of it, or the last day that was asked about
    ShownRating shown;
    std::optional<EventIndex> by;  // the event that began it; null where the calendar alone did

    bool holds(Date day) const { return from <= day && day <= to; }
    std::int32_t days() const { return to.days - from.days + 1; }
    bool operator==(const Spell&) const = default;
};

// What was shown of an action's delivery or an area's impact, from the day on which it was added to
// the end of that day: without gaps, each spell unlike the one before. Empty for a part that was
// added later. Struck settings are as if they had never been.
std::vector<Spell> delivery_spells(const Plan& plan, const Action& action, Date until);
std::vector<Spell> impact_spells(const Area& area, Date until);

// At the end of how many days each code was shown.
std::map<std::string, std::int32_t> days_by_code(const std::vector<Spell>& spells);

// The spell with which a code began that was shown on the day, through whatever reasons it was
// shown since. Null for a day that no spell holds.
const Spell* began_before(const std::vector<Spell>& spells, Date day);

}  // namespace wsoa
