#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_action() { return {}; }

}  // namespace wsoa::rules
