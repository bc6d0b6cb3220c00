#pragma once

#include <string_view>
#include <vector>

namespace wsoa {

// What satisfies a rule, for those who read the rules before anything is refused. A refusal itself
// says more: what is wrong there and then.
struct RuleAdvice {
    std::string_view id;
    std::string_view satisfied_by;
};

// In the order of their numbers, each rule once at most.
const std::vector<RuleAdvice>& all_rule_advice();
// Empty for a rule of which nothing is said beyond its sentence.
std::string_view satisfied_by(std::string_view rule);

}  // namespace wsoa
