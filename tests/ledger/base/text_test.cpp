#include "ledger/base/text.h"

#include "tests/support/mutants.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wsoa {
namespace {

using std::string_view_literals::operator""sv;

bool fits(std::string_view text) { return check_text(text, 1'000).ok(); }

std::string message_of(std::string_view text) { return check_text(text, 1'000).error().message; }

std::string utf8(unsigned point) {
    std::string text;
    const auto put = [&text](unsigned byte) { text.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0 | point >> 6);
        put(0x80 | (point & 63));
    } else if (point < 0x10000) {
        put(0xe0 | point >> 12);
        put(0x80 | (point >> 6 & 63));
        put(0x80 | (point & 63));
    } else {
        put(0xf0 | point >> 18);
        put(0x80 | (point >> 12 & 63));
        put(0x80 | (point >> 6 & 63));
        put(0x80 | (point & 63));
    }
    return text;
}

TEST(Text, may_hold_the_letters_of_every_language) {
    for (const auto text : {"14 of 22 staff trained"sv, "caf\u00e9"sv, "\u0627\u0644\u0639"sv,
                            "\u09ac\u09be\u0982\u09b2\u09be"sv, "\u4e2d\u6587"sv, "\U0001f600"sv,
                            "Somali \u2013 \u201cquoted\u201d \u00a35"sv}) {
        EXPECT_TRUE(fits(text)) << text;
    }
}

TEST(Text, holds_no_control_characters) {
    for (unsigned point = 0; point < 0xa0; ++point) {
        const bool is_control = point < 0x20 || point >= 0x7f;
        EXPECT_EQ(fits("a" + utf8(point) + "b"), !is_control) << point;
    }
    EXPECT_EQ(message_of("a\nb"), "the text holds a control character (U+000A)");
    EXPECT_EQ(message_of("a\0b"sv), "the text holds a control character (U+0000)");
}

TEST(Text, holds_no_line_separators) {
    EXPECT_EQ(message_of("a\u2028b"), "the text holds a line separator (U+2028)");
    EXPECT_FALSE(fits("a\u2029b"));
}

TEST(Text, holds_no_characters_that_turn_the_direction) {
    for (const unsigned point :
         {0x202aU, 0x202bU, 0x202cU, 0x202dU, 0x202eU, 0x2066U, 0x2067U, 0x2068U, 0x2069U}) {
        EXPECT_EQ(message_of("a" + utf8(point)).substr(0, 30), "the text holds a character tha")
            << point;
    }
    // Marks that do not override, which right-to-left text is commonly typed with.
    EXPECT_TRUE(fits("a\u200e"));
    EXPECT_TRUE(fits("a\u200f"));
}

TEST(Text, holds_no_unassigned_private_or_surrogate_characters) {
    for (const unsigned point : {0x0378U, 0x0e80U, 0xe000U, 0xf8ffU, 0xfdd0U, 0xfffeU, 0xffffU,
                                 0x1fffeU, 0xe0fffU, 0xf0000U, 0x10fffdU, 0x10ffffU}) {
        EXPECT_NE(message_of("a" + utf8(point)).find("does not define"), std::string::npos)
            << point;
    }
    EXPECT_FALSE(fits("a\xed\xa0\x80"));
    EXPECT_FALSE(fits("a\xed\xbf\xbf"));
}

TEST(Text, is_valid_utf8) {
    for (const auto text :
         {"\x80"sv, "\xbf"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xc3"sv, "\xc3("sv, "\xe0\x80\xaf"sv,
          "\xe0\x9f\xbf"sv, "\xe2\x82"sv, "\xe2\x28\xa1"sv, "\xf0\x80\x80\xaf"sv,
          "\xf0\x8f\xbf\xbf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv,
          "\xf8\x88\x80\x80\x80"sv, "\xfe"sv, "\xff"sv, "caf\xe9"sv, "a\xf0\x9f\x98"sv}) {
        EXPECT_EQ(message_of(text), "the text is not valid UTF-8") << text;
    }
}

TEST(Text, is_in_composed_form) {
    EXPECT_EQ(message_of("cafe\u0301"), "the text is not in Unicode's composed form (NFC)");
    EXPECT_FALSE(fits("\u212b"));         // angstrom sign, composed to A with ring
    EXPECT_FALSE(fits("\u1100\u1161"));   // two jamo that make one syllable
    EXPECT_FALSE(fits("a\u0315\u0300"));  // marks out of canonical order
    EXPECT_FALSE(fits("\u0958"));         // excluded from composition
    EXPECT_TRUE(fits("q\u0301"));         // there is no composed q
}

TEST(Text, has_at_least_one_byte_and_at_most_so_many) {
    EXPECT_EQ(message_of(""), "the text is empty");
    EXPECT_TRUE(check_text("abc", 3).ok());
    EXPECT_EQ(check_text("abcd", 3).error().message, "the text has 4 bytes; at most 3 are taken");
    EXPECT_FALSE(check_text("\u00e9\u00e9", 3).ok());
}

TEST(NormalizeText, composes_and_trims) {
    EXPECT_EQ(normalize_text("  cafe\u0301 \r\n\t", 100).value(), "caf\u00e9");
    EXPECT_EQ(normalize_text("two  words", 100).value(), "two  words");
}

TEST(NormalizeText, drops_nothing_but_white_space_at_the_ends) {
    for (const auto text : {"a\nb"sv, "a\tb"sv, "a\x1b[0mb"sv, "a\0"sv, "a\u202e"sv, "a\xff"sv,
                            "\ue000"sv, "\u2028"sv}) {
        EXPECT_EQ(normalize_text(text, 100).error().fault, Fault::invalid) << text;
    }
}

TEST(NormalizeText, refuses_what_is_empty_or_only_white_space) {
    EXPECT_EQ(normalize_text("", 100).error().message, "the text is empty");
    EXPECT_EQ(normalize_text(" \t\r\n ", 100).error().message, "the text is empty");
}

TEST(NormalizeText, bounds_what_comes_in_and_what_comes_out) {
    EXPECT_FALSE(normalize_text("abcd", 3).ok());
    EXPECT_TRUE(normalize_text(" abc ", 3).ok());
    // Three bytes that become six: excluded from composition.
    EXPECT_FALSE(normalize_text("\u0958", 3).ok());
    EXPECT_TRUE(normalize_text("\u0958", 6).ok());
}

TEST(NormalizeText, gives_for_every_character_nothing_that_check_text_refuses) {
    for (unsigned point = 0x21; point < 0x110000; ++point) {
        const auto text = utf8(point);
        const auto normal = normalize_text(text, 1'000);
        if (!normal.ok()) {
            ASSERT_FALSE(check_text(text, 1'000).ok()) << point;
            continue;
        }
        ASSERT_TRUE(check_text(normal.value(), 1'000).ok()) << point;
        ASSERT_EQ(normalize_text(normal.value(), 1'000).value(), normal.value()) << point;
    }
}

TEST(Text, survives_a_hundred_thousand_mutants) {
    Mutants mutator(
        std::vector<std::string>{"caf\u00e9", "cafe\u0301 au lait", "\U0001f600\u200d\u2764",
                                 "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "plain words"},
        21);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutator.next();
        const auto normal = normalize_text(text, 24);
        ASSERT_TRUE(normal.ok() ? check_text(normal.value(), 24).ok()
                                : !normal.error().message.empty())
            << text;
        if (check_text(text, 24).ok()) {
            ASSERT_TRUE(normal.ok() || text.find_first_not_of(' ') == std::string::npos) << text;
        }
    }
}

TEST(Excerpt, quotes_plain_text_as_it_is) {
    EXPECT_EQ(excerpt_of("TH-1.2"), "TH-1.2");
    EXPECT_EQ(excerpt_of("caf\u00e9"), "caf\u00e9");
    EXPECT_EQ(excerpt_of(""), "");
}

TEST(Excerpt, puts_a_question_mark_for_what_no_terminal_should_see) {
    EXPECT_EQ(excerpt_of("a\x1b[31mb\n\0c\xff\xc3"sv), "a?[31mb??c??");
    EXPECT_EQ(excerpt_of("a\u202eb\ue000"), "a?b?");
}

TEST(Excerpt, is_cut_between_characters) {
    const std::string long_text(100, 'x');
    EXPECT_EQ(excerpt_of(long_text), std::string(64, 'x') + "...");
    EXPECT_EQ(excerpt_of(std::string(64, 'x')), std::string(64, 'x'));
    EXPECT_EQ(excerpt_of(std::string(63, 'x') + "\u00e9"), std::string(63, 'x') + "...");
}

TEST(Width, counts_columns_and_not_bytes) {
    EXPECT_EQ(width_of("abc"), 3U);
    EXPECT_EQ(width_of("caf\u00e9"), 4U);
    EXPECT_EQ(width_of("q\u0301"), 1U);
    EXPECT_EQ(width_of("\u4e2d\u6587"), 4U);
    EXPECT_EQ(width_of(""), 0U);
    EXPECT_EQ(width_of("a\xff\xff"), 3U);
}

}  // namespace
}  // namespace wsoa
