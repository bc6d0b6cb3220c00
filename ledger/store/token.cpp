#define CRYPTOKI_GNU  // the header's names without capitals
#include "ledger/store/token.h"

#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr unsigned long keys_at_once = 64;
constexpr std::size_t keys_max = 65'536;  // of one ledger, far more than crashes can leave

Result<void> check(std::string_view doing, ck_rv_t answer) {
    return answer == CKR_OK ? done() : Result<void>(token_error(doing, answer));
}

template <typename T>
ck_attribute attribute(ck_attribute_type_t type, T& value) {
    return {type, &value, sizeof(value)};
}

// PKCS#11 takes what it only reads as what it could write.
ck_attribute attribute(ck_attribute_type_t type, ByteView value) {
    return {type, const_cast<std::uint8_t*>(value.data()), value.size()};
}

// Each key encrypts one value of 32 random bytes, once: there is nothing that another IV would set
// apart.
struct WrapMechanism {
    std::array<std::uint8_t, 16> iv{};
    ck_mechanism mechanism{CKM_AES_CBC, iv.data(), iv.size()};
};

}  // namespace

Result<std::unique_ptr<Token>> Token::open(const TokenModule& module, const TokenName& wanted,
                                           const AskPin& ask_pin) {
    const auto found = TRY(module.find(wanted));
    auto& functions = module.functions();
    Secret pin;
    if (!found.has_pin_pad) {
        pin = TRY(ask_pin(found.name));
    }
    ck_session_handle_t session = 0;
    TRY(check(fmt::format("opening the token {}", found.name.str()),
              functions.C_OpenSession(found.slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr,
                                      nullptr, &session)));
    std::unique_ptr<Token> token(new Token(functions, found.name, session));
    auto* const typed = found.has_pin_pad ? nullptr : pin.span().data();
    TRY(check(fmt::format("logging in to the token {}", found.name.str()),
              functions.C_Login(session, CKU_USER, typed, pin.size())));
    return token;
}

// Closing the last session logs out (PKCS#11 v2.40, C_CloseSession); where it fails, the end of the
// process does.
Token::~Token() { functions_.C_CloseSession(session_); }

Result<WrappedKey> Token::wrap_under_new_key(const TokenKeyId& id, const Secret& file_key) {
    CHECK(file_key.size() == WrappedKey{}.size());
    const auto doing = fmt::format("making a key in the token {}", name_.str());
    ck_object_class_t secret_key = CKO_SECRET_KEY;
    ck_key_type_t aes = CKK_AES;
    unsigned long length = 32;
    unsigned char yes = 1;
    unsigned char no = 0;
    std::array attributes{
        attribute(CKA_CLASS, secret_key),     attribute(CKA_KEY_TYPE, aes),
        attribute(CKA_VALUE_LEN, length),     attribute(CKA_TOKEN, yes),
        attribute(CKA_PRIVATE, yes),          attribute(CKA_SENSITIVE, yes),
        attribute(CKA_EXTRACTABLE, no),       attribute(CKA_ENCRYPT, yes),
        attribute(CKA_DECRYPT, yes),          attribute(CKA_LABEL, bytes_of(vault_key_label)),
        attribute(CKA_ID, ByteView(id.bytes))};
    ck_mechanism make{CKM_AES_KEY_GEN, nullptr, 0};
    ck_object_handle_t key = 0;
    TRY(check(doing, functions_.C_GenerateKey(session_, &make, attributes.data(), attributes.size(),
                                              &key)));
    TRY(expect_locked_in(key));
    WrapMechanism wrap;
    const auto encrypting = fmt::format("encrypting with a key of the token {}", name_.str());
    TRY(check(encrypting, functions_.C_EncryptInit(session_, &wrap.mechanism, key)));
    WrappedKey wrapped{};
    unsigned long size = wrapped.size();
    TRY(check(encrypting,
              functions_.C_Encrypt(session_, const_cast<std::uint8_t*>(file_key.view().data()),
                                   file_key.size(), wrapped.data(), &size)));
    if (size != wrapped.size()) {
        return error(Fault::unavailable, "{}: it gave {} bytes instead of {}", encrypting, size,
                     wrapped.size());
    }
    return wrapped;
}

// That the token understood what a key of ours is.
Result<void> Token::expect_locked_in(unsigned long key) {
    unsigned char is_sensitive = 0;
    unsigned char is_extractable = 1;
    unsigned char was_made_here = 0;
    std::array attributes{attribute(CKA_SENSITIVE, is_sensitive),
                          attribute(CKA_EXTRACTABLE, is_extractable),
                          attribute(CKA_LOCAL, was_made_here)};
    TRY(check(fmt::format("looking at a new key in the token {}", name_.str()),
              functions_.C_GetAttributeValue(session_, key, attributes.data(), attributes.size())));
    if (is_sensitive != 1 || is_extractable != 0 || was_made_here != 1) {
        return error(Fault::unavailable, "the token {} made a key that can leave it", name_.str())
            .advise("use a token that keeps its AES keys to itself.");
    }
    return done();
}

Result<Secret> Token::unwrap(const TokenKeyId& id, const WrappedKey& wrapped) {
    const auto keys = TRY(find_keys(&id));
    if (keys.empty()) {
        return error(Fault::missing,
                     "the token {} holds no key of generation {} of this vault: a newer generation "
                     "has replaced it, or the token was reset or is another one",
                     name_.str(), id.generation())
            .advise("put the newest copy of the vault in its place, or plug in the right token.");
    }
    WrapMechanism wrap;
    const auto doing = fmt::format("decrypting with a key of the token {}", name_.str());
    TRY(check(doing, functions_.C_DecryptInit(session_, &wrap.mechanism, keys.front())));
    auto given = wrapped;
    Secret file_key{Bytes(wrapped.size())};
    unsigned long size = file_key.size();
    TRY(check(doing, functions_.C_Decrypt(session_, given.data(), given.size(),
                                          file_key.span().data(), &size)));
    if (size != file_key.size()) {
        return error(Fault::unavailable, "{}: it gave {} bytes instead of {}", doing, size,
                     file_key.size());
    }
    return file_key;
}

Result<std::vector<TokenKeyId>> Token::keys_of(const Hash& ledger) {
    const auto keys = TRY(find_keys(nullptr));
    std::vector<TokenKeyId> ids;
    for (const auto key : keys) {
        TokenKeyId id;
        // One byte more, so that a longer id of another program is not taken for its beginning.
        std::array<std::uint8_t, sizeof(id.bytes) + 1> bytes{};
        ck_attribute asked{CKA_ID, bytes.data(), bytes.size()};
        const auto answer = functions_.C_GetAttributeValue(session_, key, &asked, 1);
        if (answer == CKR_BUFFER_TOO_SMALL || answer == CKR_ATTRIBUTE_TYPE_INVALID) {
            continue;  // another program's
        }
        TRY(check(fmt::format("looking at the keys in the token {}", name_.str()), answer));
        if (asked.value_len != id.bytes.size()) {
            continue;
        }
        std::copy_n(bytes.begin(), id.bytes.size(), id.bytes.begin());
        if (id.is_of(ledger)) {
            ids.push_back(id);
        }
    }
    return ids;
}

Result<void> Token::destroy(const TokenKeyId& id) {
    const auto keys = TRY(find_keys(&id));
    for (const auto key : keys) {
        TRY(check(fmt::format("destroying a key in the token {}", name_.str()),
                  functions_.C_DestroyObject(session_, key)));
    }
    const auto left = TRY(find_keys(&id));
    if (!left.empty()) {
        return error(Fault::unavailable, "the token {} still holds a key that it was to destroy",
                     name_.str())
            .advise("destroy it with the tool that came with the token.");
    }
    return done();
}

// Keys of vaults: all of them, or those with the id.
Result<std::vector<unsigned long>> Token::find_keys(const TokenKeyId* id) {
    ck_object_class_t secret_key = CKO_SECRET_KEY;
    unsigned char yes = 1;
    std::vector<ck_attribute> attributes{attribute(CKA_CLASS, secret_key),
                                         attribute(CKA_TOKEN, yes),
                                         attribute(CKA_LABEL, bytes_of(vault_key_label))};
    if (id != nullptr) {
        attributes.push_back(attribute(CKA_ID, ByteView(id->bytes)));
    }
    TRY(check(fmt::format("looking for keys in the token {}", name_.str()),
              functions_.C_FindObjectsInit(session_, attributes.data(), attributes.size())));
    auto keys = found_keys();
    const auto ended = functions_.C_FindObjectsFinal(session_);
    if (keys.ok()) {
        TRY(check(fmt::format("looking for keys in the token {}", name_.str()), ended));
    }
    return keys;
}

Result<std::vector<unsigned long>> Token::found_keys() {
    std::vector<unsigned long> keys;
    for (;;) {
        std::array<ck_object_handle_t, keys_at_once> some{};
        unsigned long count = 0;
        TRY(check(fmt::format("looking for keys in the token {}", name_.str()),
                  functions_.C_FindObjects(session_, some.data(), some.size(), &count)));
        if (count == 0) {
            return keys;
        }
        keys.insert(keys.end(), some.begin(),
                    some.begin() + static_cast<std::ptrdiff_t>(std::min(count, keys_at_once)));
        if (keys.size() > keys_max) {
            return error(Fault::unavailable, "the token {} lists more keys than a vault can have",
                         name_.str());
        }
    }
}

}  // namespace wsoa
