#pragma once

#include "ledger/inspection/pack.h"
#include "ledger/plan/plan.h"

#include <string>
#include <vector>

namespace wsoa {

// How shown.jsonl differs from what the plan was on the pack's day, a sentence each: `plan` is what
// was known of it by then. Parts that lack, parts that never were, and every value that the events
// give; a title is the disclosed one, or empty. A part that says anything else differs too.
std::vector<std::string> differences_in_shown(const PackFile& pack, const Plan& plan);

}  // namespace wsoa
