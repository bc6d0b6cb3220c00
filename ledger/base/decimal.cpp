#include "ledger/base/decimal.h"

#include "ledger/base/check.h"
#include "ledger/base/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::array<std::int64_t, Decimal::scale_max + 1> powers_of_ten{
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Error not_a_decimal(std::string_view text) {
    return error(Fault::invalid, "\"{}\" is not a number such as 41 or 59.5",
                 text.substr(0, limits::reference_bytes_max));
}

// The mantissa at the greatest scale: 15 digits by 10^6 stay far below 2^127.
__extension__ using Wide = __int128;
Wide at_greatest_scale(const Decimal& decimal) {
    CHECK(decimal.scale <= Decimal::scale_max);
    return Wide{decimal.mantissa} * powers_of_ten[Decimal::scale_max - decimal.scale];
}

}  // namespace

Result<Decimal> Decimal::of(std::int64_t mantissa, std::uint64_t scale) {
    if (scale > scale_max) {
        return error(Fault::invalid, "a number has at most {} decimal places", scale_max);
    }
    if (mantissa > mantissa_max || mantissa < -mantissa_max) {
        return Error{Fault::invalid, "a number has at most 15 digits"};
    }
    return Decimal{mantissa, static_cast<std::uint16_t>(scale)};
}

Result<Decimal> Decimal::parse(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    const auto unsigned_text = text.substr(is_negative ? 1 : 0);
    const auto point = unsigned_text.find('.');
    const auto whole = unsigned_text.substr(0, point);
    const bool has_places = point != std::string_view::npos;
    const auto places = has_places ? unsigned_text.substr(point + 1) : std::string_view{};
    if (!is_digits(whole) || (whole.size() > 1 && whole.front() == '0') ||
        (has_places && !is_digits(places))) {
        return not_a_decimal(text);
    }
    constexpr std::size_t digits_max = 15;
    if (whole.size() + places.size() > digits_max) {
        return error(Fault::invalid, "\"{}\" has more than {} digits",
                     text.substr(0, limits::reference_bytes_max), digits_max);
    }
    std::int64_t mantissa = 0;
    for (const auto part : {whole, places}) {
        for (const char digit : part) {
            mantissa = mantissa * 10 + (digit - '0');
        }
    }
    if (is_negative && mantissa == 0) {
        return not_a_decimal(text);  // zero would have two spellings of its sign
    }
    return of(is_negative ? -mantissa : mantissa, places.size());
}

bool Decimal::is_whole() const {
    CHECK(scale <= scale_max);
    return mantissa % powers_of_ten[scale] == 0;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
    const auto one = at_greatest_scale(*this);
    const auto two = at_greatest_scale(other);
    if (one == two) {
        return std::strong_ordering::equal;
    }
    return one < two ? std::strong_ordering::less : std::strong_ordering::greater;
}

bool is_percentage(const Decimal& value, const Decimal& numerator, const Decimal& denominator) {
    CHECK(denominator.mantissa > 0);
    CHECK(value.scale <= Decimal::scale_max);
    // |value - 100 n / d| <= half of the last digit, times 2 d and the powers of ten of all scales:
    // past 100 the value is far off in any case, so that no product comes near 2^127.
    if (value < Decimal{0, 0} || value > Decimal{100, 0}) {
        return false;
    }
    const auto whole = at_greatest_scale(denominator);
    const auto given = Wide{value.mantissa} * whole;
    const auto exact = 100 * at_greatest_scale(numerator) * powers_of_ten[value.scale];
    const auto difference = given > exact ? given - exact : exact - given;
    return 2 * difference <= whole;
}

std::string to_string(Decimal decimal) {
    CHECK(decimal.scale <= Decimal::scale_max);
    const auto size = decimal.mantissa < 0 ? -decimal.mantissa : decimal.mantissa;
    const auto power = powers_of_ten[decimal.scale];
    const auto* sign = decimal.mantissa < 0 ? "-" : "";
    if (decimal.scale == 0) {
        return fmt::format("{}{}", sign, size);
    }
    return fmt::format("{}{}.{:0{}}", sign, size / power, size % power, decimal.scale);
}

}  // namespace wsoa
