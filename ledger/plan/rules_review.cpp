#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_review() { return {}; }

}  // namespace wsoa::rules
