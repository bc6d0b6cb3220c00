#pragma once

#include "ledger/base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The bytes of a text, and the text that bytes spell; neither copies nor checks.
inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
bool equal(ByteView left, ByteView right);
void append(Bytes& to, ByteView bytes);
void append(Bytes& to, std::string_view text);

// 32 bytes of SHA-256, or a value of that shape. Ordered as bytes.
struct Hash {
    std::array<std::uint8_t, 32> bytes{};

    // `invalid` unless there are exactly 32 bytes.
    static Result<Hash> of(ByteView bytes);
    ByteView view() const { return bytes; }
    bool is_zero() const { return *this == Hash{}; }
    auto operator<=>(const Hash&) const = default;
};

// 64 bytes of an Ed25519 signature (RFC 8032).
struct Signature {
    std::array<std::uint8_t, 64> bytes{};

    static Result<Signature> of(ByteView bytes);
    ByteView view() const { return bytes; }
    auto operator<=>(const Signature&) const = default;
};

// Bytes that open something. Moved, never copied, and wiped when they go.
class Secret {
public:
    Secret() = default;
    explicit Secret(Bytes bytes) : bytes_(std::move(bytes)) {}
    explicit Secret(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    ByteView view() const { return bytes_; }
    // For those who fill it in place; the size must not change afterwards.
    std::span<std::uint8_t> span() { return bytes_; }
    bool empty() const { return bytes_.empty(); }
    std::size_t size() const { return bytes_.size(); }

private:
    void wipe() noexcept;
    Bytes bytes_;
};

// Big-endian integers, as keys and signed messages hold them.
void append_u16(Bytes& to, std::uint16_t value);
void append_u32(Bytes& to, std::uint32_t value);
void append_u64(Bytes& to, std::uint64_t value);

// Reads fields from the front of a byte string; every read past the end is `corrupt`.
class ByteReader {
public:
    explicit ByteReader(ByteView bytes) : rest_(bytes) {}
    Result<std::uint8_t> u8();
    Result<std::uint16_t> u16();
    Result<std::uint32_t> u32();
    Result<std::uint64_t> u64();
    // A view into the bytes that the reader was given.
    Result<ByteView> take(std::size_t count);
    Result<Hash> hash();
    bool at_end() const { return rest_.empty(); }
    // `corrupt` if anything is left.
    Result<void> finish() const;

private:
    ByteView rest_;
};

// Lower-case hexadecimal. Reading refuses capitals, odd lengths and anything else.
std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);
Result<Hash> hash_from_hex(std::string_view text);

// RFC 4648 section 4, with padding. Reading refuses missing padding, other characters and stray low
// bits, so that each byte string has one spelling.
std::string to_base64(ByteView bytes);
Result<Bytes> from_base64(std::string_view text);

}  // namespace wsoa
