#include "tests/support/golden_text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace wsoa::test {

void expect_golden_text(const std::string& path, std::string_view text) {
    const auto full = std::string(WSOA_SOURCE) + "/tests/golden/" + path;
    const char* update = std::getenv("WSOA_UPDATE_GOLDEN");
    if (update != nullptr && std::string_view(update) == "1") {
        std::ofstream(full, std::ios::binary) << text;
    }
    std::ifstream file(full, std::ios::binary);
    std::ostringstream held;
    held << file.rdbuf();
    EXPECT_EQ(held.str(), text) << "against " << full;
}

}  // namespace wsoa::test
