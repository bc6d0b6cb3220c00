#pragma once

#include "cli/output.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/time_bounds.h"

#include <string>
#include <vector>

namespace wsoa {

// What every check of a ledger, a log or a proof says in the same way.

// A table of what was found, and an object for each.
void show_findings(Output& output, const std::vector<Finding>& findings);

// An object for each run of events whose time is bounded from outside. People read it among what
// was checked.
void show_bounds(Output& output, const std::vector<TimeBound>& bounds);

// A line for each thing that was checked or was not, and the same as arrays for the object that the
// caller answers with.
struct ShownChecks {
    Json checked;
    Json not_checked;
};
ShownChecks show_checks(Output& output, const std::vector<std::string>& checked,
                        const std::vector<std::string>& not_checked);

}  // namespace wsoa
