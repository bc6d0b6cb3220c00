#include "cli/render/text.h"

#include "ledger/base/text.h"

#include <gtest/gtest.h>

#include <random>

namespace wsoa {
namespace {

using Lines = std::vector<std::string>;

TEST(PrintableText, cannot_move_the_cursor_or_begin_a_line) {
    EXPECT_EQ(printable("a\x1b[2Jb\nc\rd"), "a\\x1b[2Jb\\nc\\x0dd");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "\\xc2\\x9b31m");
    EXPECT_EQ(printable("\x7f\xff"), "\\x7f\\xff");
}

TEST(PrintableText, leaves_other_text_alone) {
    EXPECT_EQ(printable("Bj\xc3\xb6rk \xe2\x97\x86 20\xc2\xa0%"),
              "Bj\xc3\xb6rk \xe2\x97\x86 20\xc2\xa0%");
}

TEST(WrappedText, breaks_between_words) {
    EXPECT_EQ(wrapped("14 of 22 staff trained", 10), (Lines{"14 of 22", "staff", "trained"}));
}

TEST(WrappedText, cuts_a_word_that_no_line_holds) {
    EXPECT_EQ(wrapped("ab 0123456789", 4), (Lines{"ab", "0123", "4567", "89"}));
}

TEST(WrappedText, measures_in_columns_and_never_splits_a_character) {
    // Each of these takes two columns.
    EXPECT_EQ(wrapped("\xe8\xa9\x95\xe4\xbe\xa1\xe8\xa9\x95", 4),
              (Lines{"\xe8\xa9\x95\xe4\xbe\xa1", "\xe8\xa9\x95"}));
    // A combining accent stays with its letter.
    EXPECT_EQ(wrapped("e\xcc\x81"
                      "e\xcc\x81",
                      1),
              (Lines{"e\xcc\x81", "e\xcc\x81"}));
}

TEST(WrappedText, keeps_line_breaks_and_empty_lines) {
    EXPECT_EQ(wrapped("a\n\nb", 10), (Lines{"a", "", "b"}));
    EXPECT_EQ(wrapped("", 10), (Lines{""}));
}

TEST(WrappedText, stays_within_its_width_for_any_words) {
    std::mt19937 random(11);
    for (int round = 0; round < 5'000; ++round) {
        std::string text;
        for (auto count = random() % 30; count > 0; --count) {
            text += random() % 4 == 0 ? ' ' : static_cast<char>('a' + random() % 26);
        }
        const std::size_t width = 1 + random() % 12;
        for (const auto& line : wrapped(text, width)) {
            ASSERT_LE(width_of(line), width) << text;
        }
    }
}

TEST(HangingText, indents_all_lines_but_the_first) {
    EXPECT_EQ(hanging("aaaa bbbb cccc dddd eeee ffff", 5, 25),
              "aaaa bbbb cccc dddd\n     eeee ffff");
}

}  // namespace
}  // namespace wsoa
