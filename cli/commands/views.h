#pragma once

#include "cli/commands/moment.h"
#include "cli/render/table.h"

#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// The tables of a plan as at a moment, one a function: as text, and as one JSON object of the
// view's name from which every answer can be read.
Result<void> view_ratings(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_measures(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_evidence(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_changes(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_matters(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_publications(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_packs(Desk& desk, const Reading& reading, const Moment& moment);
Result<void> view_people(Desk& desk, const Reading& reading, const Moment& moment);

// A heading and its table, or nothing where the table has no rows.
void show_table(Output& output, std::string_view heading, const Table& table);
// A number as JSON; null for none.
template <typename Number>
Json number_json(const std::optional<Number>& number) {
    return number ? Json(*number) : Json();
}

}  // namespace wsoa
