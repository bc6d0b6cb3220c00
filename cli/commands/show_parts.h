#pragma once

#include "cli/commands/reading.h"

namespace wsoa {

// A plan and its parts as `wsoa show` gives them, with only what was true by the day of --as-at, or
// by today. `missing` for a part that was not there by then.
Result<Exit> show_plan(Desk& desk, const Reading& reading, const Plan& plan);
Result<Exit> show_action(Desk& desk, const Reading& reading, const Plan& plan,
                         const Action& action);
Result<Exit> show_area(Desk& desk, const Reading& reading, const Area& area);
Result<Exit> show_evidence(Desk& desk, const Reading& reading, const Evidence& evidence);

}  // namespace wsoa
