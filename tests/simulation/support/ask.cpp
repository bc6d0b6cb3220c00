#include "tests/simulation/support/ask.h"

#include <fmt/format.h>

#include <array>

namespace wsoa::test {

std::string Ask::str() const {
    static constexpr std::array kinds{"start",   "progress", "propose",
                                      "confirm", "evidence", "new key"};
    static constexpr std::array flaws{
        "", ", forged", ", other words", ", without words", ", other history", ", seen ahead"};
    return fmt::format("{} {} about {} by {} (key {}, role {}, version {}, seen {}, day {}{})",
                       kinds.at(static_cast<std::size_t>(is)), id, subject, person, key,
                       static_cast<unsigned>(role), version, seen, day,
                       flaws.at(static_cast<std::size_t>(flaw)));
}

}  // namespace wsoa::test
