#include "ledger/evidence/seal.h"

#include "tests/ledger/evidence/samples.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::golden;
using test::hash_from;
using test::secret_from;

const Bytes plaintext = copy_of(bytes_of("14 of 22 staff trained"));

WordPlace sample_place() { return {hash_from(1), {812}, schema::WordField::TEXT, hash_from(2)}; }

Bytes sealed_sample() { return seal_word(sample_place(), secret_from(3), plaintext); }

// The fault with which the sample's bytes fail to open at another place.
Fault fault_at(const WordPlace& place) {
    return open_word(place, secret_from(3), sealed_sample()).error().fault;
}

TEST(Seal, opens_what_it_sealed) {
    const auto opened = open_word(sample_place(), secret_from(3), sealed_sample());
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_TRUE(equal(opened.value().view(), plaintext));
}

TEST(Seal, adds_a_tag_of_16_bytes_and_nothing_else) {
    EXPECT_EQ(sealed_sample().size(), plaintext.size() + 16);
}

TEST(Seal, has_the_golden_bytes) { EXPECT_EQ(to_hex(sealed_sample()), golden("sealed_word.hex")); }

// NIST's test case 14 of the GCM submission: key, nonce and plaintext of zeros.
TEST(Seal, is_the_aes_256_gcm_of_the_published_vectors) {
    const Secret key(Bytes(32, 0));
    EXPECT_EQ(to_hex(seal_piece(key, Nonce{}, {}, Bytes(16))),
              "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    EXPECT_EQ(to_hex(seal_piece(key, Nonce{}, {}, {})), "530f8afbc74536b9a963b4f1c4cb738b");
}

TEST(Seal, opens_an_empty_piece) {
    const auto sealed = seal_piece(secret_from(3), Nonce{}, bytes_of("here"), {});
    EXPECT_TRUE(open_piece(secret_from(3), Nonce{}, bytes_of("here"), sealed).value().empty());
    EXPECT_FALSE(open_piece(secret_from(3), Nonce{}, bytes_of("there"), sealed).ok());
}

TEST(Seal, opens_nowhere_but_at_its_place) {
    auto event = sample_place();
    event.index.value = 813;
    EXPECT_EQ(fault_at(event), Fault::distrusted);
    auto field = sample_place();
    field.field = schema::WordField::REASON;
    EXPECT_EQ(fault_at(field), Fault::distrusted);
    auto ledger = sample_place();
    ledger.ledger = hash_from(9);
    EXPECT_EQ(fault_at(ledger), Fault::distrusted);
    auto commitment = sample_place();
    commitment.commitment = hash_from(9);
    EXPECT_EQ(fault_at(commitment), Fault::distrusted);
}

// The data key is the same at both places here, so that only the associated data tell them apart.
TEST(Seal, binds_a_piece_to_its_associated_data_and_number) {
    const auto sealed = seal_piece(secret_from(3), Nonce::of_piece(7), bytes_of("here"), plaintext);
    const auto open = [&](std::uint64_t number, std::string_view where) {
        return open_piece(secret_from(3), Nonce::of_piece(number), bytes_of(where), sealed).ok();
    };
    EXPECT_TRUE(open(7, "here"));
    EXPECT_FALSE(open(8, "here"));
    EXPECT_FALSE(open(7, "there"));
    EXPECT_FALSE(open(7, ""));
}

TEST(Seal, opens_with_no_other_leaf) {
    EXPECT_EQ(open_word(sample_place(), secret_from(4), sealed_sample()).error().fault,
              Fault::distrusted);
}

TEST(Seal, refuses_every_flipped_bit) {
    const auto sealed = sealed_sample();
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto flipped = sealed;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << bit % 8));
        EXPECT_EQ(open_word(sample_place(), secret_from(3), flipped).error().fault,
                  Fault::distrusted);
    }
}

TEST(Seal, refuses_every_length_but_the_right_one) {
    auto sealed = sealed_sample();
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        EXPECT_FALSE(
            open_word(sample_place(), secret_from(3), ByteView(sealed).first(length)).ok());
    }
    sealed.push_back(0);
    EXPECT_FALSE(open_word(sample_place(), secret_from(3), sealed).ok());
}

TEST(Seal, counts_pieces_from_the_nonces_end) {
    EXPECT_EQ(to_hex(Nonce::of_piece(0x0102030405060708).bytes), "000000000102030405060708");
}

TEST(Seal, gives_each_purpose_ledger_and_commitment_a_key_of_its_own) {
    const auto leaf = secret_from(3);
    const auto key = data_key(leaf, "a", hash_from(1), hash_from(2));
    EXPECT_FALSE(equal(key.view(), data_key(leaf, "b", hash_from(1), hash_from(2)).view()));
    EXPECT_FALSE(equal(key.view(), data_key(leaf, "a", hash_from(9), hash_from(2)).view()));
    EXPECT_FALSE(equal(key.view(), data_key(leaf, "a", hash_from(1), hash_from(9)).view()));
    EXPECT_FALSE(equal(key.view(), leaf.view()));
}

// RFC 7914, section 12, of which we keep the first 32 bytes; its second vector asks for more work
// than the limit.
TEST(PassphraseKey, is_the_scrypt_of_the_published_vectors) {
    EXPECT_EQ(to_hex(passphrase_key(Secret{}, {}, {4, 1, 1}).value().view()),
              "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442");
    const Secret please(bytes_of("pleaseletmein"));
    EXPECT_EQ(to_hex(passphrase_key(please, bytes_of("SodiumChloride"), {14, 8, 1}).value().view()),
              "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

TEST(PassphraseKey, does_the_vaults_own_work) {
    const auto key =
        passphrase_key(Secret(bytes_of("pleaseletmein")), bytes_of("SodiumChloride"), ScryptCost{});
    ASSERT_TRUE(key.ok()) << key.error().message;
    EXPECT_EQ(to_hex(key.value().view()), golden("passphrase_key.hex"));
}

TEST(PassphraseKey, refuses_more_work_than_the_limit) {
    for (const ScryptCost cost :
         {ScryptCost{21, 8, 1}, ScryptCost{10, 9, 1}, ScryptCost{10, 8, 5}, ScryptCost{255, 8, 1},
          ScryptCost{10, 0xffffffffU, 1}, ScryptCost{10, 8, 0xffffffffU}}) {
        EXPECT_EQ(passphrase_key(Secret{}, {}, cost).error().fault, Fault::invalid);
    }
    EXPECT_TRUE(check_cost({20, 8, 4}).ok());
}

TEST(PassphraseKey, refuses_work_that_scrypt_does_not_know) {
    for (const ScryptCost cost :
         {ScryptCost{0, 8, 1}, ScryptCost{10, 0, 1}, ScryptCost{10, 8, 0}, ScryptCost{16, 1, 1}}) {
        EXPECT_EQ(passphrase_key(Secret{}, {}, cost).error().fault, Fault::invalid);
    }
    EXPECT_TRUE(passphrase_key(Secret{}, {}, {15, 1, 1}).ok());
}

}  // namespace
}  // namespace wsoa
