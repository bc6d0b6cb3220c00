#include "ledger/event/json_reader.h"

#include "ledger/base/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::uint64_t u64_max = ~std::uint64_t{0};

// The message of a refusal; what was read is a failure of the test.
std::string refusal_of(std::string_view json) {
    const auto value = read_json(json);
    EXPECT_FALSE(value.ok()) << json.substr(0, 80);
    return value.ok() ? std::string{} : value.error().message;
}

JsonValue read(std::string_view json) {
    auto value = read_json(json);
    EXPECT_TRUE(value.ok()) << value.error().message;
    return std::move(value).value();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonReader, keeps_members_in_the_order_in_which_they_stand) {
    const auto value = read(R"( {"b": [true, null], "a": {"x": "y"}} )");
    ASSERT_EQ(value.members.size(), 2u);
    EXPECT_EQ(value.members[0].key, "b");
    EXPECT_TRUE(value.members[0].value.elements[0].flag);
    EXPECT_EQ(value.members[0].value.elements[1].type, JsonValue::Type::null);
    EXPECT_EQ(value.find("a")->find("x")->text, "y");
    EXPECT_EQ(value.find("c"), nullptr);
}

TEST(JsonReader, reads_escapes_as_rfc_8259_has_them) {
    EXPECT_EQ(read(R"("\u00e9\"\\\/\b\f\n\r\t\ud83d\ude00")").text,
              "\xc3\xa9\"\\/\b\f\n\r\t\xf0\x9f\x98\x80");
}

TEST(JsonReader, reads_whole_numbers_exactly_up_to_64_bits) {
    EXPECT_EQ(number_in(read("9007199254740993"), u64_max).value(), 9007199254740993u);
    EXPECT_EQ(number_in(read("18446744073709551615"), u64_max).value(), u64_max);
    EXPECT_EQ(number_in(read("0"), u64_max).value(), 0u);
}

TEST(JsonReader, refuses_a_number_past_64_bits) {
    const auto number = number_in(read("18446744073709551616"), u64_max);
    ASSERT_FALSE(number.ok());
    EXPECT_EQ(number.error().message,
              "18446744073709551616 is not a whole number from 0 to 18446744073709551615");
}

TEST(JsonReader, refuses_fractions_exponents_and_signs_where_a_whole_number_is_wanted) {
    for (const auto* json : {"1.0", "1.5", "1e2", "1E0", "-1", "-0", "-9223372036854775809"}) {
        EXPECT_FALSE(number_in(read(json), u64_max).ok()) << json;
    }
}

TEST(JsonReader, refuses_a_number_above_the_bound) {
    EXPECT_TRUE(number_in(read("100"), 100).ok());
    EXPECT_FALSE(number_in(read("101"), 100).ok());
}

TEST(JsonReader, refuses_a_number_that_no_double_holds) {
    EXPECT_THAT(refusal_of("[1e999]"), HasSubstr("a number is out of range"));
}

TEST(JsonReader, refuses_spellings_that_are_no_numbers) {
    for (const auto* json : {"01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "1_000", "--1"}) {
        EXPECT_THAT(refusal_of(json), StartsWith("this is not JSON at column ")) << json;
    }
}

TEST(JsonReader, refuses_a_key_that_stands_twice_and_says_where) {
    EXPECT_EQ(refusal_of(R"({"a":{"b":[{"c":1,"c":2}]}})"),
              R"("a": "b": the key "c" stands there twice)");
}

TEST(JsonReader, sees_a_key_twice_however_it_is_spelled) {
    EXPECT_EQ(refusal_of(R"({"a":1,"\u0061":2})"), R"(the key "a" stands there twice)");
}

TEST(JsonReader, takes_the_same_key_in_two_objects) {
    EXPECT_TRUE(read_json(R"([{"a":1},{"a":{"a":2}}])").ok());
}

TEST(JsonReader, names_the_column_of_what_is_not_json) {
    EXPECT_EQ(refusal_of(R"({"a":tru})"), "this is not JSON at column 9: invalid literal");
}

TEST(JsonReader, counts_columns_in_characters) {
    EXPECT_THAT(refusal_of("\"\xc3\xa9\xc3\xa9\" x"), StartsWith("this is not JSON at column 6: "));
}

TEST(JsonReader, names_the_line_where_there_are_several) {
    EXPECT_THAT(refusal_of("{\n \"a\": x}"), StartsWith("this is not JSON at line 2, column 7: "));
}

TEST(JsonReader, refuses_anything_after_the_value) {
    EXPECT_THAT(refusal_of("{} {}"), StartsWith("this is not JSON at column 4: "));
    EXPECT_THAT(refusal_of("{},"), StartsWith("this is not JSON at column 3: "));
}

TEST(JsonReader, refuses_what_follows_a_zero_byte) {
    EXPECT_EQ(refusal_of(std::string_view("{}\0{}", 5)),
              "this is not JSON at column 3: a zero byte");
    EXPECT_EQ(refusal_of(std::string_view("{}\0", 3)), "this is not JSON at column 3: a zero byte");
}

TEST(JsonReader, refuses_nothing_at_all) {
    EXPECT_THAT(refusal_of(""), StartsWith("this is not JSON at column 1: "));
    EXPECT_THAT(refusal_of("  "), StartsWith("this is not JSON at column "));
}

TEST(JsonReader, refuses_a_byte_order_mark) {
    const auto value = read_json("\xef\xbb\xbf{}");
    ASSERT_FALSE(value.ok());
    EXPECT_EQ(value.error().message, "the JSON begins with a byte-order mark");
    EXPECT_EQ(value.error().advice, "save the file as UTF-8 without a byte-order mark");
}

TEST(JsonReader, refuses_escapes_that_json_does_not_have) {
    for (const auto* json : {R"("\x41")", R"("\u12")", R"("\u12g4")", R"("\U0041")", R"("\'")"}) {
        EXPECT_THAT(refusal_of(json), StartsWith("this is not JSON at column ")) << json;
    }
}

TEST(JsonReader, refuses_half_a_surrogate_pair) {
    for (const auto* json : {R"("\ud83d")", R"("\ud83d\u0041")", R"("\ude00")", R"("\ud83dx")"}) {
        EXPECT_THAT(refusal_of(json), HasSubstr("surrogate")) << json;
    }
}

TEST(JsonReader, refuses_bytes_that_are_not_utf_8) {
    for (const auto* json : {"\"\xff\"", "\"\xc3\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"",
                             "\"\xf4\x90\x80\x80\"", "\"\xe9\""}) {
        EXPECT_THAT(refusal_of(json), HasSubstr("ill-formed UTF-8")) << json;
    }
}

TEST(JsonReader, refuses_bare_control_characters_in_a_text) {
    EXPECT_THAT(refusal_of("\"a\tb\""), HasSubstr("control character U+0009"));
    EXPECT_THAT(refusal_of("\"a\nb\""), HasSubstr("control character U+000A"));
}

TEST(JsonReader, refuses_comments_and_stray_commas) {
    for (const auto* json :
         {"[1,]", "{\"a\":1,}", "[1 2]", "/* */ 1", "// x\n1", "{a:1}", "{'a':1}"}) {
        EXPECT_THAT(refusal_of(json), StartsWith("this is not JSON at ")) << json;
    }
}

TEST(JsonReader, takes_values_as_deep_as_the_bound_and_no_deeper) {
    EXPECT_TRUE(read_json(nested(limits::json_depth_max)).ok());
    EXPECT_EQ(refusal_of(nested(limits::json_depth_max + 1)),
              "the values are nested more than 8 deep");
    EXPECT_EQ(refusal_of(std::string(1'000'000, '[')), "the values are nested more than 8 deep");
}

TEST(JsonReader, takes_a_line_as_long_as_the_bound_and_no_longer) {
    const std::string text(limits::json_line_bytes_max - 2, 'a');
    EXPECT_TRUE(read_json("\"" + text + "\"").ok());
    EXPECT_EQ(refusal_of("\"" + text + "a\""),
              "the JSON has 1048577 bytes; at most 1048576 are taken");
}

TEST(JsonReader, refuses_more_values_than_any_change_has) {
    std::string json = "[0";
    for (int i = 0; i < 1022; ++i) {
        json += ",0";
    }
    EXPECT_TRUE(read_json(json + "]").ok());
    EXPECT_EQ(refusal_of(json + ",0]"), "there are more than 1024 values");
}

TEST(JsonReader, says_what_a_value_is_instead_of_what_it_should_be) {
    const auto text = text_in(read("[1]"));
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(text.error().message, "there should be a text, not a list");
    EXPECT_FALSE(flag_in(read("\"true\"")).ok());
    EXPECT_FALSE(number_in(read("\"60\""), 100).ok());
}

TEST(JsonReader, quotes_foreign_text_in_messages_shortened_and_harmless) {
    EXPECT_EQ(quoted_in_message("a\x1b[2J"), R"("a\u001b[2J")");
    const std::string long_text = std::string(63, 'a') + "\xc3\xa9" + std::string(9, 'b');
    EXPECT_EQ(quoted_in_message(long_text), "\"" + std::string(63, 'a') + "...\"");
}

TEST(JsonReader, advises_the_nearest_word_or_all_of_them) {
    EXPECT_EQ(advice_for("strat", {"start", "deadline"}), "did you mean start?");
    EXPECT_EQ(advice_for("zzz", {"start", "deadline"}), "use one of start, deadline");
    EXPECT_EQ(advice_for("zzz", {}), "leave it out");
}

}  // namespace
}  // namespace wsoa
