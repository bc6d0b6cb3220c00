#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

// "1 event", "2 events", "0 events". What has another plural than one with an s gives it.
inline std::string counted(std::integral auto count, std::string_view one,
                           std::string_view many = {}) {
    if (count == 1) {
        return fmt::format("1 {}", one);
    }
    return many.empty() ? fmt::format("{} {}s", count, one) : fmt::format("{} {}", count, many);
}

}  // namespace wsoa
