#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_change() { return {}; }

}  // namespace wsoa::rules
