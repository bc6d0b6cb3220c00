#include "ledger/evidence/vault_spare.h"

#include "ledger/base/sha256.h"
#include "ledger/keys/key_file.h"
#include "tests/ledger/evidence/samples.h"
#include "tests/support/golden_hex.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::counting_bytes;
using test::hash_from;
using test::secret_from;

constexpr VaultSalt salt{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr Nonce nonce{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
constexpr ScryptCost quick{4, 8, 1};

Secret secret_of(std::string_view text) { return Secret(bytes_of(text)); }
std::unique_ptr<MemorySigner> signer() { return MemorySigner::from_seed(secret_from(4)).value(); }

template <typename Sealing>
Bytes vault_under(const Sealing& sealing) {
    auto contents = VaultContents::fresh(hash_from(1), secret_from(2), secret_from(3));
    contents.generation = 7;
    return vault_bytes(contents, VaultKey::make(sealing, salt).value(), nonce);
}
Bytes sealed_vault() { return vault_under(SealedByPassphrase{secret_of("open sesame"), quick}); }
std::string key_under(const std::optional<Secret>& passphrase) {
    return write_private_key(*signer(), passphrase, counting_bytes(9)).value();
}
std::string sealed_key() { return key_under(secret_of("open sesame")); }
Bytes sample() { return spare_bytes(sealed_vault(), sealed_key()); }

// The bytes with a new hash at their end, so that the change in them is looked at.
Bytes with_checksum(Bytes bytes) {
    bytes.resize(bytes.size() - 32);
    const auto checksum = sha256(bytes);
    append(bytes, checksum.view());
    return bytes;
}

Fault fault_of(const Bytes& bytes) {
    const auto file = SpareFile::read(bytes);
    return file.ok() ? Fault::busy : file.error().fault;
}

TEST(Spare, has_the_golden_bytes) { test::expect_golden("evidence/spare.hex", sample()); }

TEST(Spare, brings_back_the_vault_and_the_key) {
    const auto file = SpareFile::read(sample());
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file.value().vault.ledger, hash_from(1));
    EXPECT_EQ(file.value().vault.generation, 7U);
    const auto opened = open_spare(file.value(), secret_of("open sesame"));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened.value().key->key(), signer()->key());
    const auto fresh = VaultContents::fresh(hash_from(1), secret_from(2), secret_from(3));
    EXPECT_TRUE(equal(opened.value().vault.words.encode().view(), fresh.words.encode().view()));
    EXPECT_TRUE(
        equal(opened.value().vault.documents.encode().view(), fresh.documents.encode().view()));
}

TEST(Spare, does_not_open_to_another_passphrase) {
    const auto file = SpareFile::read(sample()).value();
    const auto opened = open_spare(file, secret_of("open barley"));
    EXPECT_EQ(opened.error().fault, Fault::distrusted);
    EXPECT_EQ(opened.error().message, "the passphrase does not open the spare");
}

TEST(Spare, is_told_from_other_files) {
    for (const auto& other : {sealed_vault(), Bytes{}, copy_of(bytes_of(sealed_key()))}) {
        EXPECT_EQ(fault_of(other), Fault::invalid);
        EXPECT_EQ(SpareFile::read(other).error().message, "this is no spare of a vault");
    }
}

TEST(Spare, is_damaged_wherever_it_is_cut_or_a_bit_is_flipped) {
    const auto bytes = sample();
    for (std::size_t at = 14; at < bytes.size(); ++at) {
        auto damaged = bytes;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x10U);
        EXPECT_EQ(fault_of(damaged), Fault::corrupt) << at;
        EXPECT_EQ(fault_of(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at))),
                  Fault::corrupt)
            << at;
    }
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(fault_of(longer), Fault::corrupt);
}

TEST(Spare, of_a_later_version_says_so) {
    auto bytes = sample();
    bytes[12] = '2';
    EXPECT_EQ(fault_of(with_checksum(bytes)), Fault::unavailable);
}

TEST(Spare, is_never_unsealed) {
    EXPECT_EQ(fault_of(spare_bytes(vault_under(Unsealed{}), sealed_key())), Fault::corrupt);
    EXPECT_EQ(fault_of(spare_bytes(sealed_vault(), key_under(std::nullopt))), Fault::corrupt);
}

// One that was forged whole still is no more than a vault file and a key file.
TEST(Spare, holds_a_vault_file_and_a_key_file_and_nothing_else) {
    EXPECT_NE(fault_of(spare_bytes(Bytes{}, sealed_key())), Fault::busy);
    EXPECT_NE(fault_of(spare_bytes(sealed_vault(), "no key")), Fault::busy);
    auto bytes = sample();
    bytes.insert(bytes.end() - 32, 0);
    EXPECT_EQ(fault_of(with_checksum(bytes)), Fault::corrupt);
}

TEST(Spare, answers_damaged_bytes_with_an_error_or_the_same_bytes_again) {
    const auto original = sample();
    test::Mutants mutants(original, 6);
    for (int turn = 0; turn < 100'000; ++turn) {
        const auto mutant = mutants.next();
        ASSERT_EQ(SpareFile::read(mutant).ok(), mutant == original) << turn;
    }
}

}  // namespace
}  // namespace wsoa
