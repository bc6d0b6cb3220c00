#pragma once

#include <cstdint>
#include <cstdlib>

namespace wsoa::test {

// The number that a variable holds, by which a test is made longer or begins elsewhere.
inline std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
    const auto* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace wsoa::test
