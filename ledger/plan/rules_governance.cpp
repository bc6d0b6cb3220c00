#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_governance() { return {}; }

}  // namespace wsoa::rules
