#include "tests/support/golden_hex.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

namespace wsoa::test {
namespace {

std::string spelled(ByteView bytes) {
    constexpr std::size_t digits_per_line = 64;
    const auto hex = to_hex(bytes);
    std::string lines;
    for (std::size_t at = 0; at < hex.size(); at += digits_per_line) {
        lines += hex.substr(at, digits_per_line) + "\n";
    }
    return lines;
}

bool may_write() {
    const char* value = std::getenv("WSOA_UPDATE_GOLDEN");
    return value != nullptr && std::string_view(value) == "1";
}

}  // namespace

void expect_golden(const std::string& path, ByteView bytes) {
    const auto full = std::string(WSOA_SOURCE) + "/tests/golden/" + path;
    if (may_write()) {
        std::ofstream(full, std::ios::binary) << spelled(bytes);
    }
    std::ifstream file(full, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_EQ(text.str(), spelled(bytes)) << "against " << full;
}

}  // namespace wsoa::test
