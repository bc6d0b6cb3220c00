#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_publication() { return {}; }

}  // namespace wsoa::rules
