#include "ledger/keys/key_file.h"

#include "ledger/base/limits.h"
#include "tests/ledger/keys/key_file_samples.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <fstream>
#include <iterator>

namespace wsoa {
namespace {

std::string golden(const std::string& name) {
    std::ifstream file(std::string(WSOA_SOURCE) + "/tests/golden/keys/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

// What reading says; an empty message where it succeeds.
Error refusal(std::string_view pem, const std::optional<Secret>& secret = std::nullopt) {
    const auto read = read_private_key(pem, secret);
    return read.ok() ? Error{} : read.error();
}

void expect_invalid(const Error& error, std::string_view part) {
    EXPECT_EQ(error.fault, Fault::invalid);
    EXPECT_NE(error.message.find(part), std::string::npos) << error.message;
}

TEST(KeyFile, in_clear_gives_back_its_key) {
    const auto read = read_private_key(clear_file(), std::nullopt);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read.value()->key(), sample_signer()->key());
    EXPECT_TRUE(equal(read.value()->seed().view(), counted_from(0)));
}

TEST(KeyFile, in_clear_needs_no_passphrase_and_ignores_one) {
    EXPECT_TRUE(read_private_key(clear_file(), passphrase("anything")).ok());
}

TEST(KeyFile, sealed_gives_back_its_key_under_its_passphrase) {
    const auto read = read_private_key(sealed_file(), passphrase(sample_passphrase));
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read.value()->key(), sample_signer()->key());
    EXPECT_TRUE(equal(read.value()->seed().view(), counted_from(0)));
}

TEST(KeyFile, sealed_does_not_open_under_another_passphrase) {
    for (const auto* const wrong : {"four words on Paper", "four words on paper "}) {
        EXPECT_EQ(refusal(sealed_file(), passphrase(wrong)).fault, Fault::distrusted) << wrong;
    }
}

TEST(KeyFile, sealed_asks_for_a_passphrase_in_words) {
    const auto error = refusal(sealed_file());
    expect_invalid(error, "sealed under a passphrase");
    EXPECT_FALSE(error.advice.empty());
}

TEST(KeyFile, refuses_an_empty_passphrase) {
    expect_invalid(refusal(sealed_file(), passphrase("")), "empty");
    const auto written = write_private_key(*sample_signer(), passphrase(""), counted_from(0));
    ASSERT_FALSE(written.ok());
    expect_invalid(written.error(), "empty");
}

TEST(KeyFile, refuses_a_passphrase_that_the_openssl_program_could_not_read) {
    const auto written =
        write_private_key(*sample_signer(), passphrase(std::string(1'024, 'a')), counted_from(0));
    ASSERT_FALSE(written.ok());
    expect_invalid(written.error(), "1023 bytes");
}

TEST(KeyFile, says_whether_it_is_sealed) {
    EXPECT_FALSE(is_sealed(clear_file()).value());
    EXPECT_TRUE(is_sealed(sealed_file()).value());
    ASSERT_FALSE(is_sealed(public_file()).ok());
    expect_invalid(is_sealed(public_file()).error(), "no private key");
    EXPECT_FALSE(is_sealed("").ok());
}

TEST(KeyFile, has_the_bytes_that_it_always_had) {
    EXPECT_EQ(clear_file(), golden("clear.pem"));
    EXPECT_EQ(sealed_file(), golden("sealed.pem"));
    EXPECT_EQ(public_file(), golden("public.pem"));
}

TEST(KeyFile, in_public_gives_back_its_key) {
    const auto read = read_public_key(public_file());
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read.value(), sample_signer()->key());
}

TEST(KeyFile, in_public_is_not_taken_for_a_private_one_nor_the_reverse) {
    expect_invalid(refusal(public_file()), "no private key");
    for (const auto& text : {clear_file(), sealed_file()}) {
        const auto read = read_public_key(text);
        ASSERT_FALSE(read.ok());
        expect_invalid(read.error(), "no public key");
    }
}

TEST(KeyFile, may_have_white_space_around_it_and_line_ends_of_another_system) {
    std::string text;
    for (const char letter : "\n \t" + clear_file() + "\n\n  ") {
        text += letter == '\n' ? "\r\n" : std::string(1, letter);
    }
    EXPECT_EQ(read_private_key(text, std::nullopt).value()->key(), sample_signer()->key());
}

TEST(KeyFile, holds_one_block_only) {
    expect_invalid(refusal(clear_file() + clear_file()), "more than one");
    expect_invalid(refusal(clear_file() + public_file()), "more than one");
    expect_invalid(refusal("-----BEGIN X\n" + clear_file()), "more than one");
    const auto read = read_public_key(public_file() + public_file());
    ASSERT_FALSE(read.ok());
    expect_invalid(read.error(), "more than one");
}

TEST(KeyFile, holds_nothing_beside_its_block) {
    expect_invalid(refusal("my key:\n" + clear_file()), "does not begin");
    expect_invalid(refusal(clear_file() + "my key"), "after the PEM block");
    expect_invalid(refusal(clear_file() + std::string(1, '\0')), "after the PEM block");
}

TEST(KeyFile, is_refused_at_every_length_short_of_its_own) {
    for (const auto& text : {clear_file(), sealed_file()}) {
        // The last line feed may be missing, as editors leave it.
        for (std::size_t size = 0; size + 1 < text.size(); ++size) {
            EXPECT_EQ(refusal(text.substr(0, size), passphrase("x")).fault, Fault::invalid) << size;
            EXPECT_FALSE(refusal(text.substr(0, size), passphrase("x")).message.empty()) << size;
        }
    }
}

TEST(KeyFile, is_refused_where_it_is_too_long_to_be_one) {
    const std::string space(limits::key_file_bytes_max, ' ');
    expect_invalid(refusal(clear_file() + space), "at most 16384 bytes");
    EXPECT_TRUE(is_sealed(clear_file() + space.substr(clear_file().size())).ok());
}

TEST(KeyFile, is_refused_with_headers_as_older_programs_write_them) {
    auto text = clear_file();
    text.insert(text.find('\n') + 1, "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n");
    expect_invalid(refusal(text), "headers");
}

TEST(KeyFile, is_refused_where_der_is_followed_by_more) {
    for (const auto& text : {clear_file(), sealed_file()}) {
        auto der = der_of(text);
        der.push_back(0);
        const std::string name = is_sealed(text).value() ? "ENCRYPTED PRIVATE KEY" : "PRIVATE KEY";
        expect_invalid(refusal(pem_of(name, der), passphrase(sample_passphrase)), "holds no");
    }
    auto der = der_of(public_file());
    der.push_back(0);
    EXPECT_FALSE(read_public_key(pem_of("PUBLIC KEY", der)).ok());
}

TEST(KeyFile, is_refused_for_a_seed_of_another_length) {
    const auto file_with_seed_of = [](std::size_t size) {
        const auto algorithm = sequence({object("2b6570")});
        const auto key = element(0x04, {octets(size)});
        return pem_of("PRIVATE KEY", sequence({integer("00"), algorithm, key}));
    };
    EXPECT_TRUE(read_private_key(file_with_seed_of(32), std::nullopt).ok());
    for (const std::size_t size : {0U, 31U, 33U, 64U}) {
        expect_invalid(refusal(file_with_seed_of(size)), "malformed");
    }
}

// RFC 8410, section 3: the parameters must be absent.
TEST(KeyFile, is_refused_where_its_algorithm_has_parameters) {
    const auto algorithm = sequence({object("2b6570"), element(0x05, {})});
    const auto key = element(0x04, {octets(32)});
    expect_invalid(refusal(pem_of("PRIVATE KEY", sequence({integer("00"), algorithm, key}))),
                   "malformed");
}

TEST(KeyFile, is_refused_for_a_key_of_another_kind_with_the_same_shape) {
    // X25519, 1.3.101.110.
    const auto algorithm = sequence({object("2b656e")});
    const auto key = element(0x04, {octets(32)});
    const auto error = refusal(pem_of("PRIVATE KEY", sequence({integer("00"), algorithm, key})));
    expect_invalid(error, "another kind");
    EXPECT_FALSE(error.advice.empty());
    auto der = der_of(public_file());
    der[8] = 0x6e;
    EXPECT_FALSE(read_public_key(pem_of("PUBLIC KEY", der)).ok());
}

TEST(SealedKeyFile, is_refused_before_the_work_where_it_asks_for_too_much) {
    const auto secret = passphrase("x");
    for (const auto& derivation : {
             scrypt_of("4001", "08", "04"),
             scrypt_of("008000", "01", "01"),
             scrypt_of("7fffffffffffffff", "01", "01"),
             scrypt_of("0100000000000000000000", "01", "01"),
             scrypt_of("4000", "09", "01"),
             scrypt_of("4000", "7fffffff", "01"),
             scrypt_of("4000", "08", "05"),
             scrypt_of("02", "01", "7fffffff"),
             scrypt_of("00", "08", "04"),
             scrypt_of("ff", "08", "04"),
             pbkdf2_of("0f4241"),
             pbkdf2_of("7fffffff"),
             pbkdf2_of("0100000000000000000000"),
             pbkdf2_of("00"),
             pbkdf2_of("80"),
         }) {
        const auto error = refusal(sealed_by(derivation, oid::aes_256_cbc), secret);
        expect_invalid(error, "more work");
        EXPECT_FALSE(error.advice.empty());
    }
}

TEST(SealedKeyFile, may_ask_for_as_much_work_as_we_do_ourselves) {
    const auto error =
        refusal(sealed_by(scrypt_of("4000", "08", "04"), oid::aes_256_cbc), passphrase("x"));
    EXPECT_EQ(error.fault, Fault::distrusted);
}

TEST(SealedKeyFile, may_ask_for_a_million_iterations_of_pbkdf2) {
    const auto error = refusal(sealed_by(pbkdf2_of("0f4240"), oid::aes_256_cbc), passphrase("x"));
    EXPECT_EQ(error.fault, Fault::distrusted);
}

TEST(SealedKeyFile, is_refused_under_another_cipher_or_derivation) {
    const auto secret = passphrase("x");
    expect_invalid(refusal(sealed_by(scrypt_of("02", "01", "01"), oid::aes_128_cbc), secret),
                   "AES-256-CBC");
    const auto strange = sequence({object(oid::hmac_sha256), sequence({})});
    expect_invalid(refusal(sealed_by(strange, oid::aes_256_cbc), secret), "neither by scrypt");
    const auto old = sequence({object(oid::pbes1), sequence({octets(8), integer("02")})});
    expect_invalid(refusal(pem_of("ENCRYPTED PRIVATE KEY", sequence({old, octets(64)})), secret),
                   "PBES2");
}

TEST(SealedKeyFile, is_refused_without_a_description_of_how_it_is_sealed) {
    const auto secret = passphrase("x");
    const auto bare = sequence({sequence({object(oid::pbes2)}), octets(64)});
    expect_invalid(refusal(pem_of("ENCRYPTED PRIVATE KEY", bare), secret), "how it is sealed");
    const auto empty = sequence({sequence({object(oid::pbes2), sequence({})}), octets(64)});
    expect_invalid(refusal(pem_of("ENCRYPTED PRIVATE KEY", empty), secret), "how it is sealed");
    const auto no_numbers = sequence({object(oid::scrypt), sequence({octets(16)})});
    expect_invalid(refusal(sealed_by(no_numbers, oid::aes_256_cbc), secret), "how it is sealed");
}

TEST(KeyFile, leaves_no_failure_behind_in_openssl) {
    EXPECT_FALSE(refusal(sealed_file(), passphrase("x")).message.empty());
    EXPECT_FALSE(refusal(sealed_file().substr(0, 100)).message.empty());
    EXPECT_FALSE(read_public_key("-----BEGIN PUBLIC KEY-----\n*").ok());
    EXPECT_FALSE(is_sealed("-----BEGIN PRIVATE KEY-----\n*").ok());
    EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace wsoa
