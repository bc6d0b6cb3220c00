#include "ledger/base/bytes.h"

#include "tests/support/mutants.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <type_traits>

namespace wsoa {
namespace {

Bytes some_bytes(std::mt19937_64& chance, std::size_t size) {
    Bytes bytes(size);
    for (auto& byte : bytes) {
        byte = static_cast<std::uint8_t>(chance());
    }
    return bytes;
}

TEST(Hex, writes_two_lower_case_digits_a_byte) {
    EXPECT_EQ(to_hex(Bytes{0x00, 0x01, 0x9a, 0xbc, 0xff}), "00019abcff");
    EXPECT_EQ(to_hex(ByteView{}), "");
}

TEST(Hex, reads_back_every_byte) {
    for (unsigned value = 0; value < 256; ++value) {
        const Bytes bytes{static_cast<std::uint8_t>(value)};
        EXPECT_EQ(from_hex(to_hex(bytes)).value(), bytes);
    }
}

TEST(Hex, refuses_an_odd_number_of_digits) { EXPECT_FALSE(from_hex("abc").ok()); }

TEST(Hex, refuses_every_character_but_its_sixteen_digits) {
    for (unsigned value = 0; value < 256; ++value) {
        const auto character = static_cast<char>(value);
        const bool is_digit = std::string_view("0123456789abcdef").find(character) < 16;
        EXPECT_EQ(from_hex(std::string{character, '0'}).ok(), is_digit) << value;
        EXPECT_EQ(from_hex(std::string{'0', character}).ok(), is_digit) << value;
    }
}

TEST(Hex, gives_a_hash_from_64_digits_only) {
    const std::string digits(64, 'a');
    EXPECT_EQ(hash_from_hex(digits).value().bytes[31], 0xaa);
    EXPECT_FALSE(hash_from_hex(digits.substr(2)).ok());
    EXPECT_FALSE(hash_from_hex(digits + "00").ok());
    EXPECT_FALSE(hash_from_hex("").ok());
}

TEST(Hex, has_one_spelling_for_each_byte_string) {
    Mutants mutator(std::vector<std::string>{"", "00", "deadbeef", std::string(64, '7')}, 1);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutator.next();
        const auto bytes = from_hex(text);
        ASSERT_TRUE(bytes.ok() ? to_hex(bytes.value()) == text
                               : bytes.error().fault == Fault::invalid)
            << text;
    }
}

// RFC 4648, section 10.
TEST(Base64, gives_what_rfc_4648_prints) {
    const std::vector<std::pair<std::string, std::string>> printed{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (const auto& [text, base64] : printed) {
        EXPECT_EQ(to_base64(bytes_of(text)), base64);
        EXPECT_EQ(from_base64(base64).value(), copy_of(bytes_of(text)));
    }
}

TEST(Base64, uses_the_plain_alphabet_and_not_the_one_for_urls) {
    EXPECT_EQ(to_base64(Bytes{0xfb, 0xff, 0xfe}), "+//+");
    EXPECT_TRUE(from_base64("+//+").ok());
    EXPECT_FALSE(from_base64("-__-").ok());
}

TEST(Base64, refuses_missing_surplus_and_misplaced_padding) {
    for (const auto* text : {"Zg", "Zg=", "Zm8", "Zm9v=", "Zm9v====", "Z===", "====", "=",
                             "Zg==Zg==", "Zm8=Zm8=", "=Zm8", "Z=m8", "Zm=8", "Zg=x"}) {
        EXPECT_FALSE(from_base64(text).ok()) << text;
    }
}

TEST(Base64, refuses_stray_bits_below_the_last_byte) {
    // Of the 64 characters before "==" only those whose low four bits are zero may stand there, and
    // before "=" those whose low two bits are.
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        EXPECT_EQ(from_base64(std::string("Z") + digits[i] + "==").ok(), i % 16 == 0) << i;
        EXPECT_EQ(from_base64(std::string("Zm") + digits[i] + "=").ok(), i % 4 == 0) << i;
    }
}

TEST(Base64, refuses_white_space_and_line_breaks) {
    for (const auto* text : {"Zm9v\n", " Zm9v", "Zm9v ", "Zm\n9v", "Zm9v\r\n\r\n", "\tm9v"}) {
        EXPECT_FALSE(from_base64(text).ok()) << text;
    }
}

TEST(Base64, refuses_every_character_outside_its_alphabet) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (unsigned value = 0; value < 256; ++value) {
        const auto character = static_cast<char>(value);
        const bool is_digit = digits.find(character) != std::string_view::npos;
        EXPECT_EQ(from_base64(std::string{character, 'A', 'A', 'A'}).ok(), is_digit) << value;
    }
}

TEST(Base64, reads_back_what_it_wrote_at_every_length) {
    std::mt19937_64 chance(2);
    for (std::size_t size = 0; size < 200; ++size) {
        const auto bytes = some_bytes(chance, size);
        const auto text = to_base64(bytes);
        EXPECT_EQ(text.size(), (size + 2) / 3 * 4);
        EXPECT_EQ(from_base64(text).value(), bytes);
    }
}

TEST(Base64, has_one_spelling_for_each_byte_string) {
    Mutants mutator(
        std::vector<std::string>{"Zg==", "Zm8=", "Zm9v", "Zm9vYmE=", "AAAAAAAAAAAAAAAAAAAAAA=="},
        3);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutator.next();
        const auto bytes = from_base64(text);
        ASSERT_TRUE(bytes.ok() ? to_base64(bytes.value()) == text
                               : bytes.error().fault == Fault::invalid)
            << text;
    }
}

TEST(Hash, is_made_of_exactly_32_bytes) {
    EXPECT_EQ(Hash::of(Bytes(32, 5)).value().bytes[0], 5);
    EXPECT_EQ(Hash::of(Bytes(31)).error().message, "a hash has 32 bytes, not 31");
    EXPECT_FALSE(Hash::of(Bytes(33)).ok());
    EXPECT_FALSE(Hash::of(ByteView{}).ok());
}

TEST(Hash, is_ordered_as_its_bytes_are) {
    Hash low;
    Hash high;
    low.bytes[31] = 0xff;
    high.bytes[0] = 0x80;
    EXPECT_LT(low, high);
    EXPECT_TRUE(Hash{}.is_zero());
    EXPECT_FALSE(low.is_zero());
}

TEST(Signature, is_made_of_exactly_64_bytes) {
    EXPECT_TRUE(Signature::of(Bytes(64, 5)).ok());
    EXPECT_EQ(Signature::of(Bytes(63)).error().message, "a signature has 64 bytes, not 63");
    EXPECT_FALSE(Signature::of(Bytes(65)).ok());
}

TEST(Secret, is_moved_and_never_copied) {
    static_assert(!std::is_copy_constructible_v<Secret>);
    static_assert(!std::is_copy_assignable_v<Secret>);
    Secret first(Bytes(8, 1));
    Secret second(std::move(first));
    EXPECT_EQ(second.size(), 8U);
    Secret third(Bytes(4, 2));
    third = std::move(second);
    EXPECT_TRUE(equal(third.view(), Bytes(8, 1)));
}

TEST(Secret, is_left_empty_by_a_move) {
    Secret first(Bytes(8, 1));
    const Secret second(std::move(first));
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move)
    Secret third;
    Secret fourth(Bytes(3, 1));
    third = std::move(fourth);
    EXPECT_TRUE(fourth.empty());  // NOLINT(bugprone-use-after-move)
}

TEST(Secret, survives_being_moved_onto_itself) {
    Secret secret(Bytes(8, 1));
    auto& same = secret;
    secret = std::move(same);
    EXPECT_TRUE(equal(secret.view(), Bytes(8, 1)));
}

TEST(Integers, are_written_big_endian) {
    Bytes bytes;
    append_u16(bytes, 0x0102);
    append_u32(bytes, 0x03040506);
    append_u64(bytes, 0x0708090a0b0c0d0e);
    EXPECT_EQ(to_hex(bytes), "0102030405060708090a0b0c0d0e");
}

TEST(ByteReader, reads_back_what_was_written) {
    Bytes bytes{0xfe};
    append_u16(bytes, 0xffee);
    append_u32(bytes, 0xfffffffe);
    append_u64(bytes, 0xfffffffffffffffe);
    append(bytes, Bytes(32, 9));
    append(bytes, "tail");
    ByteReader reader(bytes);
    EXPECT_EQ(reader.u8().value(), 0xfe);
    EXPECT_EQ(reader.u16().value(), 0xffee);
    EXPECT_EQ(reader.u32().value(), 0xfffffffe);
    EXPECT_EQ(reader.u64().value(), 0xfffffffffffffffe);
    EXPECT_EQ(reader.hash().value(), Hash::of(Bytes(32, 9)).value());
    EXPECT_EQ(reader.finish().error().message, "4 bytes too many");
    EXPECT_EQ(text_of(reader.take(4).value()), "tail");
    EXPECT_TRUE(reader.at_end());
    EXPECT_TRUE(reader.finish().ok());
}

TEST(ByteReader, calls_a_read_past_the_end_corrupt) {
    const Bytes bytes(7);
    EXPECT_EQ(ByteReader(bytes).u64().error().fault, Fault::corrupt);
    EXPECT_EQ(ByteReader(bytes).hash().error().fault, Fault::corrupt);
    EXPECT_EQ(ByteReader(bytes).take(8).error().fault, Fault::corrupt);
    EXPECT_EQ(ByteReader(bytes).take(~std::size_t{0}).error().fault, Fault::corrupt);
    EXPECT_EQ(ByteReader(ByteView{}).u8().error().fault, Fault::corrupt);
    EXPECT_EQ(ByteReader(ByteView(bytes).first(1)).u16().error().fault, Fault::corrupt);
    EXPECT_EQ(ByteReader(ByteView(bytes).first(3)).u32().error().fault, Fault::corrupt);
}

TEST(ByteReader, takes_nothing_when_a_read_fails) {
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    EXPECT_FALSE(reader.u32().ok());
    EXPECT_EQ(reader.take(3).value().size(), 3U);
}

}  // namespace
}  // namespace wsoa
