#include "ledger/plan/rules.h"

namespace wsoa::rules {

std::vector<Rule> of_evidence() { return {}; }

}  // namespace wsoa::rules
