#include "ledger/keys/group.h"

#include "tests/ledger/keys/rfc8032_vectors.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

PointOrder order_of(std::string_view hex) { return order_of_point(hash_from_hex(hex).value()); }

// The encoding of a small y (below 256), its sign bit clear.
Hash with_y(std::size_t y) {
    Hash encoded;
    encoded.bytes[0] = static_cast<std::uint8_t>(y);
    return encoded;
}

Hash with_sign(Hash encoded) {
    encoded.bytes.back() |= 0x80;
    return encoded;
}

// p + offset, which fits its 255 bits for the first 19.
Hash with_p_added(std::uint8_t offset) {
    Hash encoded;
    encoded.bytes.fill(0xff);
    encoded.bytes.front() = static_cast<std::uint8_t>(0xed + offset);
    encoded.bytes.back() = 0x7f;
    return encoded;
}

TEST(PointOrder, is_prime_for_the_keys_of_rfc_8032) {
    for (const auto& vector : rfc8032_vectors) {
        EXPECT_EQ(order_of(vector.key), PointOrder::prime) << vector.name;
    }
}

TEST(PointOrder, is_prime_for_the_base_point) {
    EXPECT_EQ(order_of("5866666666666666666666666666666666666666666666666666666666666666"),
              PointOrder::prime);
}

TEST(PointOrder, is_small_for_the_eight_points_whose_eightfold_is_neutral) {
    for (const auto* const hex : {
             "0100000000000000000000000000000000000000000000000000000000000000",
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
             "0000000000000000000000000000000000000000000000000000000000000000",
             "0000000000000000000000000000000000000000000000000000000000000080",
             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
         }) {
        EXPECT_EQ(order_of(hex), PointOrder::small) << hex;
    }
}

TEST(PointOrder, is_not_told_for_the_other_encodings_of_those_points) {
    for (const auto* const hex : {
             "0100000000000000000000000000000000000000000000000000000000000080",
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
             "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
             "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
         }) {
        EXPECT_EQ(order_of(hex), PointOrder::not_canonical) << hex;
    }
}

TEST(PointOrder, is_not_told_for_any_y_from_p_on) {
    for (std::uint8_t offset = 0; offset < 19; ++offset) {
        EXPECT_EQ(order_of_point(with_p_added(offset)), PointOrder::not_canonical) << +offset;
        EXPECT_EQ(order_of_point(with_sign(with_p_added(offset))), PointOrder::not_canonical)
            << +offset;
    }
}

TEST(PointOrder, is_mixed_for_a_prime_order_point_with_a_small_order_one_added) {
    EXPECT_EQ(order_of("a25539d969de92b3fecfd846a63f2178f1c385e22d28d1250c872a23ad221b80"),
              PointOrder::prime);
    // That point plus 1 to 7 times the point of order 8 that begins with c717.
    for (const auto* const hex : {
             "f5e331f8258092c2cb2e0b87b31293c39c923ab33e4cf5b8b26d4723ad9abd7c",
             "e1f42a3731b371cebacdbde46aa6b7f82f3897c542134e46ab9d33fd5ab869fa",
             "e82484b92f0b064d220463442d3066db14575679e7cefe25b14cac445841978a",
             "4baac62696216d4c013027b959c0de870e3c7a1dd2d72edaf378d5dc52dde47f",
             "f81bce07da7f6d3d34d1f4784ced6c3c636dc54cc1b30a474d92b8dc52654283",
             "0c0bd5c8ce4c8e314532421b95594807d0c7683abdecb1b95462cc02a5479605",
             "05db7b46d0f4f9b2ddfb9cbbd2cf9924eba8a986183101da4eb353bba7be6875",
         }) {
        EXPECT_EQ(order_of(hex), PointOrder::mixed) << hex;
    }
}

// Found with affine coordinates and Python's integers: s small, p prime, m mixed, - no point.
TEST(PointOrder, agrees_with_another_calculation_for_the_first_64_y) {
    constexpr std::string_view expected =
        "ss-mmmm--mm---mmm-mm-m-mmmpmmmm-mm-m-p-mm-mmm---m--pm-pmpmm-mmmm";
    std::string found;
    for (std::size_t y = 0; y < expected.size(); ++y) {
        switch (order_of_point(with_y(y))) {
            case PointOrder::small: found += 's'; break;
            case PointOrder::prime: found += 'p'; break;
            case PointOrder::mixed: found += 'm'; break;
            case PointOrder::no_point: found += '-'; break;
            case PointOrder::not_canonical: found += '!'; break;
        }
    }
    EXPECT_EQ(found, expected);
}

TEST(PointOrder, is_the_same_for_a_point_and_its_negative) {
    for (std::size_t y = 2; y < 64; ++y) {
        EXPECT_EQ(order_of_point(with_y(y)), order_of_point(with_sign(with_y(y)))) << y;
    }
}

}  // namespace
}  // namespace wsoa
