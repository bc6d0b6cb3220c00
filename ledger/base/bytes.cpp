#include "ledger/base/bytes.h"

#include <algorithm>
#include <cstring>

namespace wsoa {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

template <typename Fixed>
Result<Fixed> fixed_of(ByteView bytes, std::string_view what) {
    Fixed fixed;
    if (bytes.size() != fixed.bytes.size()) {
        return error(Fault::invalid, "{} has {} bytes, not {}", what, fixed.bytes.size(),
                     bytes.size());
    }
    std::copy(bytes.begin(), bytes.end(), fixed.bytes.begin());
    return fixed;
}

template <typename Number>
void append_number(Bytes& to, Number value) {
    for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8) {
        to.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

template <typename Number>
Number number_of(ByteView bytes) {
    std::uint64_t value = 0;
    for (const auto byte : bytes) {
        value = value << 8 | byte;
    }
    return static_cast<Number>(value);
}

std::array<int, 256> digits_of(std::string_view alphabet) {
    std::array<int, 256> digits{};
    digits.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<std::uint8_t>(alphabet[i])] = static_cast<int>(i);
    }
    return digits;
}

}  // namespace

bool equal(ByteView left, ByteView right) { return std::ranges::equal(left, right); }
void append(Bytes& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }
void append(Bytes& to, std::string_view text) { append(to, bytes_of(text)); }

Result<Hash> Hash::of(ByteView bytes) { return fixed_of<Hash>(bytes, "a hash"); }
Result<Signature> Signature::of(ByteView bytes) {
    return fixed_of<Signature>(bytes, "a signature");
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::move(other.bytes_);
        other.bytes_.clear();
    }
    return *this;
}

void Secret::wipe() noexcept {
    if (!bytes_.empty()) {
        ::explicit_bzero(bytes_.data(), bytes_.size());
    }
}

void append_u16(Bytes& to, std::uint16_t value) { append_number(to, value); }
void append_u32(Bytes& to, std::uint32_t value) { append_number(to, value); }
void append_u64(Bytes& to, std::uint64_t value) { append_number(to, value); }

Result<ByteView> ByteReader::take(std::size_t count) {
    if (count > rest_.size()) {
        return Error{Fault::corrupt, "the bytes end too early"};
    }
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

Result<std::uint8_t> ByteReader::u8() {
    const auto bytes = TRY(take(1));
    return bytes[0];
}

Result<std::uint16_t> ByteReader::u16() {
    const auto bytes = TRY(take(2));
    return number_of<std::uint16_t>(bytes);
}

Result<std::uint32_t> ByteReader::u32() {
    const auto bytes = TRY(take(4));
    return number_of<std::uint32_t>(bytes);
}

Result<std::uint64_t> ByteReader::u64() {
    const auto bytes = TRY(take(8));
    return number_of<std::uint64_t>(bytes);
}

Result<Hash> ByteReader::hash() {
    const auto bytes = TRY(take(32));
    return Hash::of(bytes);
}

Result<void> ByteReader::finish() const {
    if (!at_end()) {
        return error(Fault::corrupt, "{} bytes too many", rest_.size());
    }
    return done();
}

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text.push_back(hex_digits[byte >> 4]);
        text.push_back(hex_digits[byte & 15]);
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    static const auto digits = digits_of(hex_digits);
    if (text.size() % 2 != 0) {
        return Error{Fault::invalid, "a hexadecimal number has an odd number of digits"};
    }
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digits[static_cast<std::uint8_t>(text[i])];
        const int low = digits[static_cast<std::uint8_t>(text[i + 1])];
        if (high < 0 || low < 0) {
            return Error{Fault::invalid, "hexadecimal digits are 0 to 9 and a to f"};
        }
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

Result<Hash> hash_from_hex(std::string_view text) {
    const auto bytes = TRY(from_hex(text));
    return Hash::of(bytes);
}

std::string to_base64(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = group << 8 | (j < count ? bytes[i + j] : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            text.push_back(j <= count ? base64_digits[group >> (18 - 6 * j) & 63U] : '=');
        }
    }
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    static const auto digits = digits_of(base64_digits);
    const Error wrong{Fault::invalid, "this is not base64 with padding (RFC 4648, section 4)"};
    if (text.size() % 4 != 0) {
        return wrong;
    }
    std::size_t padding = 0;
    if (text.ends_with("==")) {
        padding = 2;
    } else if (text.ends_with('=')) {
        padding = 1;
    }
    Bytes bytes(text.size() / 4 * 3);
    int all = 0;  // negative once a digit was none
    std::uint32_t value = 0;
    for (std::size_t i = 0, to = 0; i < text.size(); i += 4, to += 3) {
        const auto unpadded = i + 4 == text.size() ? 4 - padding : 4;
        value = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const int digit = j < unpadded ? digits[static_cast<std::uint8_t>(text[i + j])] : 0;
            all |= digit;
            value = value << 6 | static_cast<std::uint32_t>(digit);
        }
        bytes[to] = static_cast<std::uint8_t>(value >> 16);
        bytes[to + 1] = static_cast<std::uint8_t>(value >> 8);
        bytes[to + 2] = static_cast<std::uint8_t>(value);
    }
    // What the last digit has beyond the last byte is zero, so that there is one way to write it.
    const auto unused = (std::uint32_t{1} << (8 * padding)) - 1;
    if (all < 0 || (value & unused) != 0) {
        return wrong;
    }
    for (; padding > 0; --padding) {
        bytes.pop_back();
    }
    return bytes;
}

}  // namespace wsoa
