#include "ledger/evidence/vault_format.h"

#include "ledger/base/sha256.h"
#include "tests/ledger/evidence/samples.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::golden;
using test::hash_from;
using test::secret_from;

constexpr VaultSalt salt{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr Nonce nonce{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
constexpr ScryptCost quick{4, 8, 1};

VaultContents sample_contents() {
    auto contents = VaultContents::fresh(hash_from(1), secret_from(2), secret_from(3));
    contents.generation = 7;
    EXPECT_TRUE(contents.words.forget({812 * 64 + 3}).ok());
    return contents;
}

VaultKey unsealed() { return VaultKey::make(Unsealed{}, salt).value(); }
VaultKey sealed(std::string_view passphrase) {
    return VaultKey::make(SealedByPassphrase{Secret(bytes_of(passphrase)), quick}, salt).value();
}

Bytes unsealed_bytes() { return vault_bytes(sample_contents(), unsealed(), nonce); }
Bytes sealed_bytes() { return vault_bytes(sample_contents(), sealed("open sesame"), nonce); }

Result<VaultContents> open(ByteView bytes, std::string_view passphrase) {
    const auto file = TRY(VaultFile::read(bytes));
    const auto key = TRY(VaultKey::of(file, std::optional<Secret>(Secret(bytes_of(passphrase)))));
    return open_vault(file, key);
}

// The bytes with a new hash at their end, so that the change in them is looked at.
Bytes with_checksum(Bytes bytes) {
    CHECK(bytes.size() >= 32);
    bytes.erase(bytes.end() - 32, bytes.end());
    const auto checksum = sha256(bytes);
    append(bytes, checksum.view());
    return bytes;
}

Fault fault_of(const Bytes& bytes) {
    const auto file = VaultFile::read(bytes);
    return file.ok() ? Fault::busy : file.error().fault;
}

void expect_sample(const Result<VaultContents>& found) {
    ASSERT_TRUE(found.ok()) << found.error().message;
    const auto wanted = sample_contents();
    EXPECT_EQ(found.value().ledger, wanted.ledger);
    EXPECT_EQ(found.value().generation, wanted.generation);
    EXPECT_TRUE(equal(found.value().words.encode().view(), wanted.words.encode().view()));
    EXPECT_TRUE(equal(found.value().documents.encode().view(), wanted.documents.encode().view()));
}

TEST(VaultFormat, comes_back_from_its_bytes) {
    expect_sample(open(unsealed_bytes(), ""));
    expect_sample(open(sealed_bytes(), "open sesame"));
}

TEST(VaultFormat, has_the_golden_bytes) {
    EXPECT_EQ(to_hex(unsealed_bytes()), golden("vault_unsealed.hex"));
    EXPECT_EQ(to_hex(sealed_bytes()), golden("vault_scrypt.hex"));
}

TEST(VaultFormat, says_in_clear_which_ledger_and_generation_it_is_of) {
    const auto file = VaultFile::read(sealed_bytes()).value();
    EXPECT_EQ(file.ledger, hash_from(1));
    EXPECT_EQ(file.generation, 7U);
    EXPECT_EQ(file.work, (PassphraseWork{quick, salt}));
}

TEST(VaultFormat, shows_no_seed) {
    const auto bytes = sealed_bytes();
    EXPECT_EQ(text_of(bytes).find(text_of(secret_from(3).view())), std::string_view::npos);
}

TEST(VaultFormat, does_not_open_to_another_passphrase) {
    const auto opened = open(sealed_bytes(), "open barley");
    EXPECT_EQ(opened.error().fault, Fault::distrusted);
    EXPECT_EQ(opened.error().message, "the passphrase does not open the vault");
}

TEST(VaultFormat, asks_for_a_passphrase_where_there_is_none) {
    const auto file = VaultFile::read(sealed_bytes()).value();
    EXPECT_EQ(VaultKey::of(file, std::nullopt).error().fault, Fault::invalid);
}

TEST(VaultFormat, takes_no_empty_passphrase) {
    EXPECT_EQ(VaultKey::make(SealedByPassphrase{Secret{}, quick}, salt).error().fault,
              Fault::invalid);
}

TEST(VaultFormat, takes_no_cost_above_the_limit) {
    EXPECT_EQ(
        VaultKey::make(SealedByPassphrase{Secret(bytes_of("a")), {21, 8, 1}}, salt).error().fault,
        Fault::invalid);
}

// Magic 14, ledger 32, generation 8, kdf 1, then log2_n, r, p and the salt.
TEST(VaultFormat, does_no_more_work_than_the_limit_for_a_forged_file) {
    auto bytes = sealed_bytes();
    bytes[55] = 21;
    EXPECT_EQ(fault_of(with_checksum(bytes)), Fault::invalid);
}

TEST(VaultFormat, binds_its_head_to_what_it_seals) {
    for (const std::size_t at :
         {std::size_t{14}, std::size_t{53}, std::size_t{55}, std::size_t{70}, std::size_t{80}}) {
        auto bytes = sealed_bytes();
        bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 2U);
        const auto opened = open(with_checksum(bytes), "open sesame");
        ASSERT_FALSE(opened.ok()) << at;
        EXPECT_EQ(opened.error().fault, Fault::distrusted) << at;
    }
}

TEST(VaultFormat, tells_a_damaged_file_from_a_wrong_passphrase) {
    const auto bytes = sealed_bytes();
    for (std::size_t at = 14; at < bytes.size(); ++at) {
        auto damaged = bytes;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x10U);
        EXPECT_EQ(fault_of(damaged), Fault::corrupt) << at;
    }
}

TEST(VaultFormat, is_corrupt_wherever_it_is_cut) {
    const auto bytes = unsealed_bytes();
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const auto cut = Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_EQ(fault_of(cut), Fault::corrupt) << length;
    }
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(fault_of(longer), Fault::corrupt);
}

TEST(VaultFormat, names_a_version_or_kdf_that_it_does_not_know) {
    auto version = unsealed_bytes();
    version[12] = '2';
    EXPECT_EQ(fault_of(version), Fault::unavailable);
    auto kdf = unsealed_bytes();
    kdf[54] = 3;
    EXPECT_EQ(fault_of(with_checksum(kdf)), Fault::unavailable);
}

TEST(VaultFormat, has_no_generation_zero_or_beyond_counting) {
    auto bytes = unsealed_bytes();
    bytes[53] = 0;
    EXPECT_EQ(fault_of(with_checksum(bytes)), Fault::corrupt);
    bytes[46] = 1;
    EXPECT_EQ(fault_of(with_checksum(bytes)), Fault::corrupt);
}

TEST(VaultFormat, answers_damaged_bytes_with_an_error_or_the_same_bytes_again) {
    const auto original = unsealed_bytes();
    test::Mutants mutants(original, 4);
    for (int turn = 0; turn < 100'000; ++turn) {
        const auto mutant = mutants.next();
        const auto opened = open(mutant, "");
        ASSERT_EQ(opened.ok(), mutant == original) << turn;
    }
}

// What a forger with the public key of an unsealed vault can do: everything but mislead the reader.
TEST(VaultFormat, answers_damaged_trees_with_an_error_or_the_trees_that_they_encode) {
    const auto key = unsealed();
    auto contents = VaultContents::fresh(hash_from(1), secret_from(2), secret_from(3));
    ASSERT_TRUE(contents.words.forget_range({3, 5}).ok());
    const auto file = VaultFile::read(vault_bytes(contents, key, nonce)).value();
    const auto trees = open_piece(key.secret(), file.nonce, file.associated, file.sealed).value();
    test::Mutants mutants(copy_of(trees.view()), 5);
    for (int turn = 0; turn < 100'000; ++turn) {
        auto forged = file;
        forged.sealed = seal_piece(key.secret(), file.nonce, file.associated, mutants.next());
        const auto opened = open_vault(forged, key);
        if (!opened.ok()) {
            ASSERT_EQ(opened.error().fault, Fault::corrupt) << turn;
            continue;
        }
        const auto again = VaultFile::read(vault_bytes(opened.value(), key, nonce)).value();
        ASSERT_EQ(again.sealed, forged.sealed) << turn;
    }
}

}  // namespace
}  // namespace wsoa
