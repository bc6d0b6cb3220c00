#pragma once

#include "ledger/history.h"

#include <map>

namespace wsoa {

// Each plan, and the event that drafted it. The rows that count the events of plans name them all,
// so that this takes no longer in a ledger of a million events.
Result<std::map<PlanRef, EventIndex>> drafted_plans(const History& history);

// `missing` where nothing was ever recorded of the plan.
Result<void> expect_plan(const History& history, const PlanRef& plan);

}  // namespace wsoa
