// The vault file that a token's key seals, and the names in it.

#include "ledger/base/sha256.h"
#include "ledger/evidence/vault_format.h"
#include "tests/ledger/evidence/samples.h"
#include "tests/support/memory_token.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::golden;
using test::hash_from;
using test::secret_from;

constexpr Nonce nonce{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
constexpr std::array<std::uint8_t, 8> chance{8, 7, 6, 5, 4, 3, 2, 1};
// Magic 14, ledger 32, generation 8, kdf 1; then the label with its length, the serial with its.
constexpr std::size_t label_at = 55;
constexpr std::size_t since_at = label_at + 1 + 7 + 1 + 4;
constexpr std::size_t id_at = since_at + 8;
constexpr std::size_t wrapped_at = id_at + 32;

class VaultInToken : public testing::Test {
protected:
    static TokenKeyId id() { return TokenKeyId::of(hash_from(1), 7, chance); }
    static VaultContents contents() {
        auto contents = VaultContents::fresh(hash_from(1), secret_from(2), secret_from(3));
        contents.generation = 7;
        return contents;
    }
    Bytes file_bytes() {
        const auto key = VaultKey::make(token_, id(), 5, secret_from(9)).value();
        return vault_bytes(contents(), key, nonce);
    }
    Result<VaultContents> open(ByteView bytes) {
        const auto file = TRY(VaultFile::read(bytes));
        const auto key = TRY(VaultKey::of(file, token_));
        return open_vault(file, key);
    }
    static Bytes with_checksum(Bytes bytes) {
        bytes.resize(bytes.size() - 32);
        const auto checksum = sha256(bytes);
        append(bytes, checksum.view());
        return bytes;
    }
    // The file with one byte of it another.
    Bytes with_byte(std::size_t at, std::uint8_t byte) {
        auto bytes = file_bytes();
        bytes.at(at) = byte;
        return with_checksum(std::move(bytes));
    }

    test::TokenStorage storage_;
    test::MemoryToken token_{storage_};
};

TEST_F(VaultInToken, comes_back_from_its_bytes) {
    const auto opened = open(file_bytes());
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened.value().generation, 7U);
    EXPECT_TRUE(equal(opened.value().words.encode().view(), contents().words.encode().view()));
}

TEST_F(VaultInToken, has_the_golden_bytes) {
    EXPECT_EQ(to_hex(file_bytes()), golden("vault_token.hex"));
}

TEST_F(VaultInToken, says_in_clear_which_token_and_key_open_it_and_nothing_of_the_module) {
    const auto file = VaultFile::read(file_bytes()).value();
    ASSERT_TRUE(file.token.has_value());
    EXPECT_FALSE(file.work.has_value());
    EXPECT_EQ(file.token->token, (TokenName{.label = "council", .serial = "4f1c"}));
    EXPECT_EQ(file.token->since, 5U);
    EXPECT_EQ(file.token->id, id());
}

TEST_F(VaultInToken, shows_neither_seed_nor_file_key) {
    const auto bytes = file_bytes();
    for (const std::uint8_t secret : {std::uint8_t{3}, std::uint8_t{9}}) {
        EXPECT_EQ(text_of(bytes).find(text_of(secret_from(secret).view())), std::string_view::npos);
    }
}

TEST_F(VaultInToken, asks_for_its_token_and_takes_no_passphrase_for_it) {
    const auto file = VaultFile::read(file_bytes()).value();
    EXPECT_EQ(VaultKey::of(file, std::nullopt).error().fault, Fault::invalid);
    const std::optional<Secret> passphrase(secret_from(9));
    const auto failed = VaultKey::of(file, passphrase);
    EXPECT_EQ(failed.error().fault, Fault::invalid);
    EXPECT_NE(failed.error().message.find("\"council\" (serial 4f1c)"), std::string::npos);
}

TEST_F(VaultInToken, does_not_open_once_its_key_is_destroyed) {
    const auto bytes = file_bytes();
    ASSERT_TRUE(token_.destroy(id()).ok());
    EXPECT_EQ(open(bytes).error().fault, Fault::missing);
}

TEST_F(VaultInToken, names_the_token_that_it_was_sealed_in_where_another_lacks_the_key) {
    const auto bytes = file_bytes();
    storage_.name.serial = "another";
    EXPECT_TRUE(open(bytes).ok());  // a copy of the token that has the key serves
    storage_.keys.clear();
    const auto failed = open(bytes);
    ASSERT_FALSE(failed.ok());
    EXPECT_NE(failed.error().message.find("sealed in the token \"council\" (serial 4f1c)"),
              std::string::npos)
        << failed.error().message;
}

TEST_F(VaultInToken, does_not_open_to_another_key_under_the_same_id) {
    const auto bytes = file_bytes();
    storage_.keys.at(id()) += 1;
    const auto failed = open(bytes);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::distrusted);
}

TEST_F(VaultInToken, binds_its_head_to_what_it_seals) {
    for (const auto at : {label_at + 1, since_at + 7, id_at + 31, wrapped_at, wrapped_at + 31}) {
        auto bytes = file_bytes();
        bytes.at(at) = static_cast<std::uint8_t>(bytes.at(at) ^ 1U);
        const auto opened = open(with_checksum(std::move(bytes)));
        ASSERT_FALSE(opened.ok()) << at;
        // A key of another id is not there at all.
        EXPECT_EQ(opened.error().fault, at == id_at + 31 ? Fault::missing : Fault::distrusted)
            << at;
    }
}

TEST_F(VaultInToken, is_refused_where_its_key_is_named_in_no_way_that_we_do) {
    struct Case {
        const char* what;
        std::size_t at;
        std::uint8_t byte;
    };
    for (const auto& each :
         {Case{"a label of nothing", label_at, 0},
          Case{"a label that ends in a blank", label_at + 7, ' '},
          Case{"a label with a control character", label_at + 1, 7},
          Case{"a serial that ends in a blank", since_at - 1, ' '},
          Case{"since no generation", since_at + 7, 0},
          Case{"since a later generation", since_at + 7, 8}, Case{"another ledger's key", id_at, 9},
          Case{"another generation's key", id_at + 23, 6}}) {
        const auto file = VaultFile::read(with_byte(each.at, each.byte));
        ASSERT_FALSE(file.ok()) << each.what;
        EXPECT_EQ(file.error().fault, Fault::corrupt) << each.what;
    }
}

TEST_F(VaultInToken, is_corrupt_wherever_it_is_cut) {
    const auto bytes = file_bytes();
    for (std::size_t length = 0; length + 33 < bytes.size(); ++length) {
        auto cut = Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        const auto checksum = sha256(cut);
        append(cut, checksum.view());
        const auto file = VaultFile::read(cut);
        const bool holds_a_tag = length >= wrapped_at + 32 + 12 + seal_tag_bytes;
        EXPECT_EQ(file.ok(), holds_a_tag) << length;
        EXPECT_EQ(file.ok() ? open(cut).error().fault : file.error().fault,
                  file.ok() ? Fault::distrusted : Fault::corrupt)
            << length;
    }
}

TEST_F(VaultInToken, answers_damaged_bytes_with_an_error_or_the_same_bytes_again) {
    const auto original = file_bytes();
    auto open_part = original;
    open_part.resize(open_part.size() - 32);
    test::Mutants mutants(open_part, 6);
    for (int turn = 0; turn < 100'000; ++turn) {
        auto mutant = mutants.next();
        const auto checksum = sha256(mutant);
        append(mutant, checksum.view());
        const auto opened = open(mutant);
        ASSERT_EQ(opened.ok(), mutant == original) << turn;
    }
}

TEST(TokenKeyId, tells_ledgers_and_generations_apart) {
    const auto id = TokenKeyId::of(hash_from(1), 812, chance);
    EXPECT_EQ(id.generation(), 812U);
    EXPECT_TRUE(id.is_of(hash_from(1)));
    EXPECT_FALSE(id.is_of(hash_from(2)));
    EXPECT_NE(id, TokenKeyId::of(hash_from(1), 812, {}));
    EXPECT_NE(id, TokenKeyId::of(hash_from(1), 813, chance));
}

TEST(TokenName, is_text_that_fits_the_fields_of_a_token) {
    EXPECT_TRUE(TokenName::of("council", "").ok());
    EXPECT_TRUE(TokenName::of(std::string(32, 'a'), std::string(16, '7')).ok());
    for (const auto& [label, serial] : {std::pair<std::string, std::string>{"", "1"},
                                        {std::string(33, 'a'), "1"},
                                        {"council", std::string(17, '7')},
                                        {"council ", "1"},
                                        {"coun\ncil", "1"},
                                        {"council", "1 "},
                                        {"coun\xff", "1"}}) {
        EXPECT_EQ(TokenName::of(label, serial).error().fault, Fault::invalid) << label;
    }
    EXPECT_EQ(TokenName::of("council", "").value().str(), "\"council\"");
    EXPECT_EQ(TokenName::of("council", "4f1c").value().str(), "\"council\" (serial 4f1c)");
}

}  // namespace
}  // namespace wsoa
