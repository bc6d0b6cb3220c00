#include "cli/nearest.h"

#include <algorithm>
#include <numeric>

namespace wsoa {
namespace {
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1] ? 1U : 0U)});
            corner = above;
        }
    }
    return row.back();
}
}  // namespace
std::optional<std::string> nearest(std::string_view typed,
                                   const std::vector<std::string>& candidates) {
    std::optional<std::string> best;
    std::size_t least = 3;
    for (const auto& candidate : candidates) {
        if (typed.size() > candidate.size() + 2 || candidate.size() > typed.size() + 2)
            continue;
        const auto edits = distance(typed, candidate);
        if (edits < least && edits < candidate.size()) {
            least = edits;
            best = candidate;
        }
    }
    return best;
}
}  // namespace wsoa
