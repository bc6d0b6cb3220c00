#include "tests/ledger/keys/key_file_samples.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <random>

namespace wsoa {
namespace {

constexpr int mutants = 100'000;

// Changes, repeats, drops or cuts at one to three places.
template <typename Text>
Text mutant_of(Text text, std::mt19937_64& random) {
    using Unit = typename Text::value_type;
    const auto places = 1 + random() % 3;
    for (std::uint64_t i = 0; i < places && !text.empty(); ++i) {
        const auto at = text.begin() + static_cast<std::ptrdiff_t>(random() % text.size());
        switch (random() % 6) {
            case 0: *at = static_cast<Unit>(random()); break;
            case 1: *at = static_cast<Unit>(*at ^ static_cast<Unit>(1U << random() % 8)); break;
            case 2: text.insert(at, static_cast<Unit>(random())); break;
            case 3: text.erase(at); break;
            case 4: text.insert(at, *at); break;
            default:
                // Rarely, or nothing would get past the first look.
                if (random() % 8 == 0) {
                    text.erase(at, text.end());
                }
                break;
        }
    }
    return text;
}

// Makes mutants of a file, half of them of its text, half of the DER within it.
class Mutants {
public:
    Mutants(std::string_view name, std::string text, std::uint64_t seed)
        : name_(name), text_(std::move(text)), der_(der_of(text_)), random_(seed) {}

    std::string next() {
        return random_() % 2 == 0 ? mutant_of(text_, random_)
                                  : pem_of(name_, mutant_of(der_, random_));
    }

private:
    std::string_view name_;
    std::string text_;
    Bytes der_;
    std::mt19937_64 random_;
};

void expect_clear(const Error& error) {
    EXPECT_TRUE(error.fault == Fault::invalid || error.fault == Fault::distrusted);
    EXPECT_FALSE(error.message.empty());
}

// Sealed with next to no work, so that many can be tried.
std::string cheaply_sealed_file() {
    auto salt = Bytes(16, 1);
    auto iv = Bytes(16, 2);
    const auto seed = sample_signer()->seed();
    auto* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.view().data(), 32);
    auto* info = EVP_PKEY2PKCS8(key);
    auto* algorithm = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), 16, iv.data(), 2, 1, 1);
    auto* sealed = PKCS8_set0_pbe("x", 1, info, algorithm);
    unsigned char* der = nullptr;
    const auto size = i2d_X509_SIG(sealed, &der);
    auto text = pem_of("ENCRYPTED PRIVATE KEY", {der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    X509_SIG_free(sealed);
    PKCS8_PRIV_KEY_INFO_free(info);
    EVP_PKEY_free(key);
    return text;
}

// Some of the mutants are read, some are not, and those in words.
template <typename Read>
void expect_read_or_refused(Mutants all, Read read) {
    int taken = 0;
    for (int i = 0; i < mutants; ++i) {
        const auto result = read(all.next());
        if (result.ok()) {
            ++taken;
        } else {
            expect_clear(result.error());
        }
    }
    EXPECT_GT(taken, 0);
    EXPECT_LT(taken, mutants);
}

TEST(KeyFileMutants, in_clear_are_read_or_refused_in_words) {
    expect_read_or_refused(Mutants("PRIVATE KEY", clear_file(), 1), [](const std::string& text) {
        return read_private_key(text, std::nullopt);
    });
}

TEST(KeyFileMutants, sealed_are_read_or_refused_in_words) {
    const auto text = cheaply_sealed_file();
    ASSERT_EQ(read_private_key(text, passphrase("x")).value()->key(), sample_signer()->key());
    Mutants all("ENCRYPTED PRIVATE KEY", text, 2);
    int distrusted = 0;
    for (int i = 0; i < mutants; ++i) {
        const auto result = read_private_key(all.next(), passphrase("x"));
        if (!result.ok()) {
            expect_clear(result.error());
            distrusted += result.error().fault == Fault::distrusted ? 1 : 0;
        }
    }
    EXPECT_GT(distrusted, 0);
    EXPECT_LT(distrusted, mutants);
}

TEST(KeyFileMutants, in_public_are_read_or_refused_in_words) {
    expect_read_or_refused(Mutants("PUBLIC KEY", public_file(), 3),
                           [](const std::string& text) { return read_public_key(text); });
}

TEST(KeyFileMutants, that_are_noise_are_refused) {
    std::mt19937_64 random(4);
    for (int i = 0; i < 10'000; ++i) {
        std::string noise = i % 2 == 0 ? "" : "-----BEGIN PRIVATE KEY-----\n";
        for (auto size = random() % 200; size > 0; --size) {
            noise += static_cast<char>(random());
        }
        EXPECT_FALSE(read_private_key(noise, std::nullopt).ok());
        EXPECT_FALSE(read_public_key(noise).ok());
        EXPECT_FALSE(is_sealed(noise).ok());
    }
}

}  // namespace
}  // namespace wsoa
