#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_measure() { return {}; }

}  // namespace wsoa::rules
