#pragma once

#include <span>
#include <string_view>

namespace wsoa {

// What satisfies a rule, for those who read the rules before anything is refused. A refusal itself
// says more: what is wrong there and then.
struct RuleAdvice {
    std::string_view id;
    std::string_view satisfied_by;
};

// In the order of their numbers, every rule once.
std::span<const RuleAdvice> all_rule_advice();
// Empty for what is no rule.
std::string_view satisfied_by(std::string_view rule);

}  // namespace wsoa
