#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_records() { return {}; }

}  // namespace wsoa::rules
