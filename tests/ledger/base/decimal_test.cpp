#include "ledger/base/decimal.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

Decimal decimal(std::string_view text) {
    auto parsed = Decimal::parse(text);
    EXPECT_TRUE(parsed.ok()) << text;
    return parsed.ok() ? parsed.value() : Decimal{};
}

TEST(Decimal, keeps_the_places_that_were_typed) {
    for (const auto* text : {"0", "41", "59.5", "59.50", "0.004", "-3.25", "999999999999999",
                             "0.000001", "-0.5", "123456789.123456"}) {
        EXPECT_EQ(to_string(decimal(text)), text);
    }
    EXPECT_EQ(decimal("59.50").mantissa, 5950);
    EXPECT_EQ(decimal("59.50").scale, 2);
}

TEST(Decimal, is_ordered_by_what_it_is_worth) {
    EXPECT_EQ(decimal("59.5"), decimal("59.50"));
    EXPECT_LT(decimal("59.49"), decimal("59.5"));
    EXPECT_LT(decimal("-1"), decimal("0"));
    EXPECT_GT(decimal("999999999999999"), decimal("999999999.999999"));
    EXPECT_LT(decimal("-999999999999999"), decimal("-999999999.999999"));
}

TEST(Decimal, knows_whether_it_is_whole) {
    EXPECT_TRUE(decimal("42").is_whole());
    EXPECT_TRUE(decimal("42.00").is_whole());
    EXPECT_FALSE(decimal("42.01").is_whole());
    EXPECT_TRUE(decimal("-7").is_whole());
}

TEST(Decimal, is_refused_in_any_other_spelling) {
    for (const auto* text : {"",
                             "-",
                             ".",
                             "1.",
                             ".5",
                             "+1",
                             "01",
                             "1e3",
                             "1,000",
                             " 1",
                             "1 ",
                             "0x1",
                             "-0",
                             "-0.00",
                             "NaN",
                             "1.2.3",
                             "--1",
                             "½",
                             "1234567890123456",
                             "0.0000001"}) {
        EXPECT_FALSE(Decimal::parse(text).ok()) << text;
    }
}

TEST(Decimal, is_a_percentage_to_within_half_of_its_last_digit) {
    const auto holds = [](std::string_view value, std::string_view numerator,
                          std::string_view denominator) {
        return is_percentage(decimal(value), decimal(numerator), decimal(denominator));
    };
    EXPECT_TRUE(holds("38", "19", "50"));
    EXPECT_TRUE(holds("39", "19", "49"));
    EXPECT_FALSE(holds("38", "19", "49"));
    EXPECT_TRUE(holds("38.8", "19", "49"));
    EXPECT_FALSE(holds("38.7", "19", "49"));
    EXPECT_TRUE(holds("12", "1", "8"));  // 12.5 lies half-way
    EXPECT_TRUE(holds("13", "1", "8"));
    EXPECT_FALSE(holds("12.4", "1", "8"));
    EXPECT_TRUE(holds("50.00", "1.5", "3.000"));
    EXPECT_TRUE(holds("0", "0", "1"));
    EXPECT_FALSE(holds("101", "101", "100"));
    EXPECT_FALSE(holds("-1", "-1", "100"));
    EXPECT_TRUE(holds("100", "999999999999999", "999999999999999"));
    EXPECT_TRUE(holds("0.000000", "0.000001", "999999999999999"));
    EXPECT_FALSE(holds("100.000000", "999999999999999", "0.000001"));
}

TEST(Decimal, from_outside_stays_within_its_bounds) {
    EXPECT_TRUE(Decimal::of(Decimal::mantissa_max, Decimal::scale_max).ok());
    EXPECT_TRUE(Decimal::of(-Decimal::mantissa_max, 0).ok());
    EXPECT_FALSE(Decimal::of(Decimal::mantissa_max + 1, 0).ok());
    EXPECT_FALSE(Decimal::of(-Decimal::mantissa_max - 1, 0).ok());
    EXPECT_FALSE(Decimal::of(1, Decimal::scale_max + 1).ok());
    EXPECT_FALSE(Decimal::of(1, std::uint64_t{1} << 16).ok());
}

}  // namespace
}  // namespace wsoa
