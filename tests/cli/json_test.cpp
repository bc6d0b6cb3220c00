#include "cli/render/json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <random>

namespace wsoa {
namespace {

TEST(Json, writes_objects_and_arrays_in_the_order_given) {
    const auto value = Json::object()
                           .set("type", "plan")
                           .set("event", std::uint64_t{12})
                           .set("is_open", true)
                           .set("nothing", Json())
                           .set("list", Json::array().push(-1).push("x").push(Json::object()))
                           .set("taken", Json::written("{\"a\":1}"));
    EXPECT_EQ(value.str(),
              R"({"type":"plan","event":12,"is_open":true,"nothing":null,"list":[-1,"x",{}],)"
              R"("taken":{"a":1}})");
}

TEST(Json, writes_the_largest_numbers_in_full) {
    EXPECT_EQ(Json(std::numeric_limits<std::uint64_t>::max()).str(), "18446744073709551615");
    EXPECT_EQ(Json(std::numeric_limits<std::int64_t>::min()).str(), "-9223372036854775808");
}

TEST(Json, escapes_quotes_backslashes_and_controls) {
    EXPECT_EQ(Json("a\"b\\c\nd\te\x01").str(), R"("a\"b\\c\nd\te\u0001")");
    EXPECT_EQ(Json(std::string_view("\0", 1)).str(), R"("\u0000")");
}

TEST(Json, keeps_utf8_and_replaces_what_is_not) {
    EXPECT_EQ(Json("caf\xc3\xa9 \xf0\x9f\x98\x80").str(), "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"");
    EXPECT_EQ(Json("\xff").str(), "\"\xef\xbf\xbd\"");
    // An overlong slash, a surrogate, and a sequence that ends too early.
    EXPECT_EQ(Json("\xc0\xaf").str(), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    EXPECT_EQ(Json("\xed\xa0\x80").str(), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    EXPECT_EQ(Json("x\xe2\x82").str(), "\"x\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(Json, of_any_bytes_is_read_by_a_strict_reader) {
    const std::string valid = "a\"\\\n\xc2\x9b\xe2\x97\x86\xed\x9f\xbf\xf4\x8f\xbf\xbf";
    std::mt19937 random(7);
    for (int round = 0; round < 100'000; ++round) {
        auto mutant = valid;
        for (auto edits = 1 + random() % 3; edits > 0; --edits) {
            mutant[random() % mutant.size()] = static_cast<char>(random());
        }
        mutant.resize(random() % (mutant.size() + 1));
        ASSERT_TRUE(nlohmann::json::accept(Json(mutant).str())) << Json(mutant).str();
    }
}

TEST(Json, gives_ascii_text_back_unchanged) {
    std::string all;
    for (char letter = 0; letter < 127; ++letter) {
        all += letter;
    }
    all += '\x7f';
    EXPECT_EQ(nlohmann::json::parse(Json(all).str()).get<std::string>(), all);
}

}  // namespace
}  // namespace wsoa
