#include "ledger/tree/lines.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

TEST(Decimal, is_read_up_to_the_largest_number_of_64_bits) {
    EXPECT_EQ(parse_decimal("0").value(), 0U);
    EXPECT_EQ(parse_decimal("7").value(), 7U);
    EXPECT_EQ(parse_decimal("18446744073709551615").value(), ~std::uint64_t{0});
}

TEST(Decimal, has_one_spelling_only) {
    for (const auto* text : {"", "00", "007", "+7", "-7", "-0", "0x7", " 7", "7 ", "7.0", "1e3",
                             "7a", "18446744073709551616", "99999999999999999999999", "\xd9\xa7"}) {
        EXPECT_FALSE(parse_decimal(text).ok()) << text;
    }
}

TEST(LineReader, takes_lines_up_to_their_line_feeds) {
    LineReader lines("one\n\nthree\n");
    EXPECT_EQ(lines.line("it").value(), "one");
    EXPECT_EQ(lines.line("it").value(), "");
    EXPECT_FALSE(lines.at_end());
    EXPECT_EQ(lines.rest(), "three\n");
    EXPECT_EQ(lines.line_after("th").value(), "ree");
    EXPECT_TRUE(lines.at_end());
}

TEST(LineReader, refuses_a_line_without_its_line_feed) {
    LineReader lines("one");
    const auto line = lines.line("the size");
    ASSERT_FALSE(line.ok());
    EXPECT_EQ(line.error().message, "the text ends before the size");
}

TEST(LineReader, takes_nothing_when_a_line_begins_otherwise) {
    LineReader lines("one\n");
    EXPECT_FALSE(lines.line_after("two").ok());
    EXPECT_EQ(lines.rest(), "one\n");
}

}  // namespace
}  // namespace wsoa
