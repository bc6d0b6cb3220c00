#pragma once

#include "ledger/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

// A number that people measure, exactly as it was typed: mantissa / 10^scale. "59.50" is 5950 of
// scale 2. Two that are spelled differently may be equal; they are ordered by what they are worth.
struct Decimal {
    std::int64_t mantissa = 0;
    std::uint16_t scale = 0;

    static constexpr std::uint16_t scale_max = 6;
    static constexpr std::int64_t mantissa_max = 999'999'999'999'999;  // 15 digits

    // `invalid` past scale_max places or 15 digits.
    static Result<Decimal> of(std::int64_t mantissa, std::uint64_t scale);
    // "41", "-3.5", "59.50", and nothing else: no exponent, sign of plus, or digit that is not
    // needed before the point.
    static Result<Decimal> parse(std::string_view text);

    bool is_whole() const;
    bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }
    std::strong_ordering operator<=>(const Decimal& other) const;
};

// Whether the value is numerator / denominator as a percentage, rounded to the value's last digit.
// The denominator is more than 0.
bool is_percentage(const Decimal& value, const Decimal& numerator, const Decimal& denominator);

// As it was typed: "59.50".
std::string to_string(Decimal decimal);

}  // namespace wsoa
