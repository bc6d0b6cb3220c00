#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
namespace wsoa {
std::optional<std::string> nearest(std::string_view typed,
                                   const std::vector<std::string>& candidates);
}  // namespace wsoa
