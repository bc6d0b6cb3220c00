#pragma once

#include "cli/commands/reading.h"
#include "projections/as_at.h"

#include <optional>
#include <vector>

namespace wsoa {

// A plan as a command was asked about it: as at a day, as known by a day.
struct Moment {
    AsAt as_at;
    std::optional<Date> known_on;  // null: all that is recorded now

    const Plan& plan() const { return as_at.plan(); }
    Date day() const { return as_at.day; }
};

// --as-at and --as-known.
std::vector<OptionSpec> moment_options();

// Of the options of the line. `missing` where there was no such plan by then; `invalid` for what is
// no day.
Result<Moment> moment_of(Desk& desk, Reading& reading, const PlanRef& plan);
// The same as at a day, whatever --as-at says.
Result<Moment> moment_at(Desk& desk, Reading& reading, const PlanRef& plan, Date day);
// The day that --as-at names, or today in the ledger's zone.
Result<Date> day_asked(Desk& desk, const Reading& reading);

// "As true on 9 March 2023, as known on 8 March 2023 (228 events)".
std::string in_words(const Moment& moment);
// What makes an answer one that others can ask for again: plan, asAt, asKnown, events, root.
Json moment_json(std::string_view type, const Moment& moment);

// A day as JSON; null for none.
Json date_json(const std::optional<Date>& day);
// References as a JSON array, and as a list with commas.
Json refs_json(const std::vector<SubjectRef>& refs);
std::string listed(const std::vector<SubjectRef>& refs);
// A day in a table; empty for none.
std::string day_cell(const std::optional<Date>& day);

}  // namespace wsoa
