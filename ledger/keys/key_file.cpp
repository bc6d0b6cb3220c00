#include "ledger/keys/key_file.h"

#include "ledger/base/limits.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::string_view clear_name = "PRIVATE KEY";
constexpr std::string_view sealed_name = "ENCRYPTED PRIVATE KEY";
constexpr std::string_view public_name = "PUBLIC KEY";

// What a file may ask of us before we know that it is ours. OpenSSL's own limit of 32 MiB allows
// twice this N, but no more.
constexpr std::uint64_t scrypt_n_max = 1U << 14;
constexpr std::uint64_t scrypt_r_max = 8;
constexpr std::uint64_t scrypt_p_max = 4;
constexpr std::uint64_t pbkdf2_iterations_max = 1'000'000;
// As much as the openssl program reads of a line.
constexpr std::size_t passphrase_bytes_max = 1'023;

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t iv_bytes = 16;

// RFC 8410, section 4: all of the SubjectPublicKeyInfo that stands before the key.
constexpr std::array<std::uint8_t, 12> public_prefix = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                        0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
// RFC 8410, section 7: the tag and length of the seed within the private key.
constexpr std::array<std::uint8_t, 2> seed_prefix = {0x04, 0x20};

template <auto release>
struct Free {
    template <typename Held>
    void operator()(Held* held) const {
        release(held);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using KeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>>;
using SealedInfo = std::unique_ptr<X509_SIG, Free<X509_SIG_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Free<X509_ALGOR_free>>;
using Pbes2 = std::unique_ptr<PBE2PARAM, Free<PBE2PARAM_free>>;
using Pbkdf2 = std::unique_ptr<PBKDF2PARAM, Free<PBKDF2PARAM_free>>;
using Scrypt = std::unique_ptr<SCRYPT_PARAMS, Free<SCRYPT_PARAMS_free>>;

// Leaves no failure behind for the next user of OpenSSL in this thread to stumble over.
struct CleanErrors {
    CleanErrors() = default;
    CleanErrors(const CleanErrors&) = delete;
    CleanErrors& operator=(const CleanErrors&) = delete;
    ~CleanErrors() { ERR_clear_error(); }
};

// What PEM_read_bio_ex hands out, wiped when it goes.
struct PemParts {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;

    static constexpr unsigned int flags = PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE;

    PemParts() = default;
    PemParts(const PemParts&) = delete;
    PemParts& operator=(const PemParts&) = delete;
    ~PemParts() {
        OPENSSL_secure_free(name);
        OPENSSL_secure_free(header);
        OPENSSL_secure_clear_free(data, static_cast<std::size_t>(size));
    }
};

struct PemBlock {
    std::string name;
    Secret der;
};

bool is_space(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

// The one block that the text holds, with nothing but white space around it.
Result<PemBlock> read_block(std::string_view pem) {
    if (pem.size() > limits::key_file_bytes_max) {
        return error(Fault::invalid, "a key file has at most {} bytes, not {}",
                     limits::key_file_bytes_max, pem.size());
    }
    const auto* start = std::ranges::find_if_not(pem, is_space);
    pem.remove_prefix(static_cast<std::size_t>(start - pem.begin()));
    constexpr std::string_view begin = "-----BEGIN ";
    if (!pem.starts_with(begin)) {
        return Error{Fault::invalid, "this is no PEM file: it does not begin with -----BEGIN"};
    }
    if (pem.find(begin, begin.size()) != std::string_view::npos) {
        return Error{Fault::invalid, "the file holds more than one PEM block, and not one key"};
    }
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CHECK(bio != nullptr);
    PemParts parts;
    if (PEM_read_bio_ex(bio.get(), &parts.name, &parts.header, &parts.data, &parts.size,
                        PemParts::flags) != 1) {
        return Error{Fault::invalid, "this is no complete PEM block"};
    }
    if (*parts.header != '\0') {
        return Error{Fault::invalid, "the PEM block has headers, which are not read",
                     "write the key anew with: openssl pkcs8 -topk8 -scrypt"};
    }
    char* rest = nullptr;
    const auto rest_size = BIO_get_mem_data(bio.get(), &rest);
    if (!std::all_of(rest, rest + rest_size, is_space)) {
        return Error{Fault::invalid, "something stands after the PEM block"};
    }
    const ByteView der(parts.data, static_cast<std::size_t>(parts.size));
    return PemBlock{parts.name, Secret(der)};
}

Result<PemBlock> read_private_block(std::string_view pem) {
    auto block = TRY(read_block(pem));
    if (block.name != clear_name && block.name != sealed_name) {
        return error(Fault::invalid, "this is no private key in PKCS#8 but a \"{}\"", block.name)
            .advise(
                "a private key file begins with -----BEGIN PRIVATE KEY----- or -----BEGIN "
                "ENCRYPTED PRIVATE KEY-----");
    }
    return block;
}

// The DER read by one of OpenSSL's d2i functions, which must use up all of it.
template <typename Owner, auto d2i>
Result<Owner> decoded(ByteView der, std::string_view what) {
    const auto* at = der.data();
    Owner value(d2i(nullptr, &at, static_cast<long>(der.size())));
    if (value == nullptr || at != der.data() + der.size()) {
        return error(Fault::invalid, "the PEM block holds no {}", what);
    }
    return value;
}

// The parameters of an algorithm, as the type that its standard gives them.
template <typename Owner, auto d2i>
Result<Owner> parameters_of(const X509_ALGOR& algorithm) {
    int type = V_ASN1_UNDEF;
    const void* value = nullptr;
    X509_ALGOR_get0(nullptr, &type, &value, &algorithm);
    if (type != V_ASN1_SEQUENCE) {
        return Error{Fault::invalid, "the key file does not say how it is sealed"};
    }
    const auto* text = static_cast<const ASN1_STRING*>(value);
    const ByteView der(ASN1_STRING_get0_data(text),
                       static_cast<std::size_t>(ASN1_STRING_length(text)));
    return decoded<Owner, d2i>(der, "readable description of how it is sealed");
}

int name_of(const X509_ALGOR& algorithm) {
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, &algorithm);
    return OBJ_obj2nid(name);
}

bool is_within(const ASN1_INTEGER* number, std::uint64_t max) {
    std::uint64_t value = 0;
    return ASN1_INTEGER_get_uint64(&value, number) == 1 && value >= 1 && value <= max;
}

// The file's own words decide how long deriving the key takes, so they are weighed before.
Result<void> check_work(const X509_ALGOR& derivation) {
    bool is_cheap = false;
    switch (name_of(derivation)) {
        case NID_id_scrypt: {
            const auto scrypt = TRY((parameters_of<Scrypt, d2i_SCRYPT_PARAMS>(derivation)));
            is_cheap = is_within(scrypt->costParameter, scrypt_n_max) &&
                       is_within(scrypt->blockSize, scrypt_r_max) &&
                       is_within(scrypt->parallelizationParameter, scrypt_p_max);
            break;
        }
        case NID_id_pbkdf2: {
            const auto pbkdf2 = TRY((parameters_of<Pbkdf2, d2i_PBKDF2PARAM>(derivation)));
            is_cheap = is_within(pbkdf2->iter, pbkdf2_iterations_max);
            break;
        }
        default:
            return Error{Fault::invalid,
                         "the key file is sealed in a way that is not read: neither by scrypt nor "
                         "by PBKDF2"};
    }
    if (!is_cheap) {
        return error(Fault::invalid,
                     "the key file asks for more work than scrypt with N={}, r={}, p={}, or "
                     "PBKDF2 with {} iterations",
                     scrypt_n_max, scrypt_r_max, scrypt_p_max, pbkdf2_iterations_max);
    }
    return done();
}

// RFC 8018, appendix A.4: PBES2, here with AES-256-CBC.
Result<void> check_sealing(const X509_ALGOR& algorithm) {
    constexpr auto advice = "write the key anew with: openssl pkcs8 -topk8 -scrypt";
    if (name_of(algorithm) != NID_pbes2) {
        return Error{Fault::invalid, "the key file is not sealed by PBES2", advice};
    }
    const auto pbes2 = TRY((parameters_of<Pbes2, d2i_PBE2PARAM>(algorithm)));
    if (name_of(*pbes2->encryption) != NID_aes_256_cbc) {
        return Error{Fault::invalid, "the key file is not sealed by AES-256-CBC", advice};
    }
    auto work = check_work(*pbes2->keyfunc);
    if (!work.ok()) {
        return std::move(work).error().advise(advice);
    }
    return done();
}

Result<void> check_passphrase(const Secret& passphrase) {
    if (passphrase.empty()) {
        return Error{Fault::invalid, "the passphrase is empty"};
    }
    if (passphrase.size() > passphrase_bytes_max) {
        return error(Fault::invalid, "a passphrase has at most {} bytes", passphrase_bytes_max);
    }
    return done();
}

Result<KeyInfo> unseal(ByteView der, const std::optional<Secret>& passphrase) {
    const auto sealed = TRY((decoded<SealedInfo, d2i_X509_SIG>(der, "sealed private key")));
    const X509_ALGOR* algorithm = nullptr;
    X509_SIG_get0(sealed.get(), &algorithm, nullptr);
    TRY(check_sealing(*algorithm));
    if (!passphrase.has_value()) {
        return Error{Fault::invalid,
                     "the key file is sealed under a passphrase, and none was given",
                     "give the passphrase that the file was written with"};
    }
    TRY(check_passphrase(*passphrase));
    const auto text = text_of(passphrase->view());
    KeyInfo info(PKCS8_decrypt(sealed.get(), text.data(), static_cast<int>(text.size())));
    if (info == nullptr) {
        return Error{Fault::distrusted, "the passphrase does not open the key file"};
    }
    return info;
}

// RFC 8410, section 7.
Result<std::unique_ptr<MemorySigner>> signer_of(const PKCS8_PRIV_KEY_INFO& info) {
    const ASN1_OBJECT* name = nullptr;
    const unsigned char* data = nullptr;
    int size = 0;
    const X509_ALGOR* algorithm = nullptr;
    CHECK(PKCS8_pkey_get0(&name, &data, &size, &algorithm, &info) == 1);
    if (OBJ_obj2nid(name) != NID_ED25519) {
        return Error{Fault::invalid, "this is a private key of another kind than Ed25519",
                     "make one with: openssl genpkey -algorithm ed25519"};
    }
    int parameters = V_ASN1_UNDEF;
    X509_ALGOR_get0(nullptr, &parameters, nullptr, algorithm);
    const ByteView key(data, static_cast<std::size_t>(size));
    if (parameters != V_ASN1_UNDEF || key.size() != seed_prefix.size() + Hash{}.bytes.size() ||
        !equal(key.first(seed_prefix.size()), seed_prefix)) {
        return Error{Fault::invalid, "the Ed25519 private key is malformed"};
    }
    return MemorySigner::from_seed(Secret(key.subspan(seed_prefix.size())));
}

Bio new_text() {
    Bio bio(BIO_new(BIO_s_secmem()));
    CHECK(bio != nullptr);
    return bio;
}

std::string written(const Bio& bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

KeyInfo info_of(const MemorySigner& signer) {
    const auto seed = signer.seed();
    const Key key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.view().data(), seed.size()));
    CHECK(key != nullptr);
    KeyInfo info(EVP_PKEY2PKCS8(key.get()));
    CHECK(info != nullptr);
    return info;
}

Result<SealedInfo> seal(PKCS8_PRIV_KEY_INFO& info, const Secret& passphrase, ByteView salt_and_iv) {
    CHECK(salt_and_iv.size() == salt_bytes + iv_bytes);
    TRY(check_passphrase(passphrase));
    // OpenSSL wants to be able to write to both, and does not.
    auto salt = copy_of(salt_and_iv.first(salt_bytes));
    auto iv = copy_of(salt_and_iv.subspan(salt_bytes));
    Algorithm algorithm(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), salt_bytes, iv.data(),
                                              scrypt_n_max, scrypt_r_max, scrypt_p_max));
    CHECK(algorithm != nullptr);
    const auto text = text_of(passphrase.view());
    SealedInfo sealed(
        PKCS8_set0_pbe(text.data(), static_cast<int>(text.size()), &info, algorithm.get()));
    if (sealed == nullptr) {
        return Error{Fault::unavailable, "the key could not be sealed: scrypt needs 16 MiB"};
    }
    // Now part of what is sealed.
    static_cast<void>(algorithm.release());
    return sealed;
}

}  // namespace

Result<bool> is_sealed(std::string_view pem) {
    const CleanErrors clean;
    const auto block = TRY(read_private_block(pem));
    return block.name == sealed_name;
}

Result<std::unique_ptr<MemorySigner>> read_private_key(std::string_view pem,
                                                       const std::optional<Secret>& passphrase) {
    const CleanErrors clean;
    const auto block = TRY(read_private_block(pem));
    const auto der = block.der.view();
    const auto info = block.name == sealed_name
                          ? unseal(der, passphrase)
                          : decoded<KeyInfo, d2i_PKCS8_PRIV_KEY_INFO>(der, "private key");
    if (!info.ok()) {
        return info.error();
    }
    return signer_of(*info.value());
}

Result<std::string> write_private_key(const MemorySigner& signer,
                                      const std::optional<Secret>& passphrase,
                                      ByteView salt_and_iv) {
    const CleanErrors clean;
    const auto info = info_of(signer);
    const auto text = new_text();
    if (!passphrase.has_value()) {
        CHECK(PEM_write_bio_PKCS8_PRIV_KEY_INFO(text.get(), info.get()) == 1);
        return written(text);
    }
    const auto sealed = TRY(seal(*info, *passphrase, salt_and_iv));
    CHECK(PEM_write_bio_PKCS8(text.get(), sealed.get()) == 1);
    return written(text);
}

Result<KeyId> read_public_key(std::string_view pem) {
    const CleanErrors clean;
    const auto block = TRY(read_block(pem));
    if (block.name != public_name) {
        return error(Fault::invalid, "this is no public key but a \"{}\"", block.name)
            .advise("a public key file begins with -----BEGIN PUBLIC KEY-----");
    }
    const auto der = block.der.view();
    if (der.size() != public_prefix.size() + Hash{}.bytes.size() ||
        !equal(der.first(public_prefix.size()), public_prefix)) {
        return Error{Fault::invalid, "this is no Ed25519 public key"};
    }
    return KeyId::of(der.subspan(public_prefix.size()));
}

std::string write_public_key(const KeyId& key) {
    Bytes der;
    append(der, public_prefix);
    append(der, key.view());
    const auto text = new_text();
    const std::string name(public_name);
    CHECK(PEM_write_bio(text.get(), name.c_str(), "", der.data(), static_cast<long>(der.size())) >
          0);
    return written(text);
}

}  // namespace wsoa
