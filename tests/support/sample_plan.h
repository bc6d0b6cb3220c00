#pragma once

#include "ledger/plan/plan.h"

#include <string_view>

namespace wsoa::test {

// A plan in which every member is set, of the plan's and of everything in it: TH with the area
// TH-1, the outcome TH-O1, the action TH-1.2 and the evidence TH-E03.
Plan sample_plan();

// What stands in it.
Proposal sample_proposal();

}  // namespace wsoa::test
