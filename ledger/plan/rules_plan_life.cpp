#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_plan_life() { return {}; }

}  // namespace wsoa::rules
