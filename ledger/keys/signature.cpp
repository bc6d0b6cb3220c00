#include "ledger/keys/signature.h"

#include "ledger/keys/group.h"

#include <openssl/err.h>
#include <openssl/evp.h>

namespace wsoa {
namespace {

constexpr std::size_t seed_bytes = 32;

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;

Digest new_digest() {
    Digest digest(EVP_MD_CTX_new());
    CHECK(digest != nullptr);
    return digest;
}

// The same bytes for a new ledger key and for the old one, told apart by their label.
Bytes ledger_key_message(std::string_view label, const Hash& ledger, const KeyId& new_key) {
    Bytes bytes = copy_of(ledger.view());
    append(bytes, new_key.view());
    return labelled(label, bytes);
}

}  // namespace

struct MemorySigner::Handle {
    Key key;
};

Bytes labelled(std::string_view label, ByteView bytes) {
    Bytes message;
    message.reserve(label.size() + 1 + bytes.size());
    append(message, label);
    message.push_back('\n');
    append(message, bytes);
    return message;
}

struct SignatureReader::Handle {
    Key key;  // null if these bytes are no key
    Digest digest;
    bool is_begun = false;
};

SignatureReader::SignatureReader(const KeyId& key) : handle_(std::make_unique<Handle>()) {
    handle_->key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.view().data(),
                                                   key.view().size()));
    if (handle_->key == nullptr) {
        ERR_clear_error();
        return;
    }
    handle_->digest = new_digest();
}

SignatureReader::~SignatureReader() = default;

bool SignatureReader::holds(ByteView message, const Signature& signature) {
    if (handle_->key == nullptr) {
        return false;
    }
    // From the second time on it begins anew with what it holds, without looking the algorithm up.
    auto* const digest = handle_->digest.get();
    auto* const key = handle_->is_begun ? nullptr : handle_->key.get();
    CHECK(EVP_DigestVerifyInit(digest, nullptr, nullptr, nullptr, key) == 1);
    handle_->is_begun = true;
    const int verdict = EVP_DigestVerify(digest, signature.bytes.data(), signature.bytes.size(),
                                         message.data(), message.size());
    if (verdict != 1) {
        ERR_clear_error();
    }
    return verdict == 1;
}

bool verify(const KeyId& key, ByteView message, const Signature& signature) {
    return SignatureReader(key).holds(message, signature);
}

Result<void> check_public_key(const KeyId& key) {
    switch (order_of_point(key.bytes)) {
        case PointOrder::prime: return done();
        case PointOrder::not_canonical:
            return Error{Fault::invalid, "the public key is not in its one canonical encoding"};
        case PointOrder::no_point:
            return Error{Fault::invalid, "the public key is no point of the Ed25519 curve"};
        case PointOrder::small:
            return Error{Fault::invalid,
                         "the public key is one of the few points of small order, whose "
                         "signatures fit many messages and bind nobody"};
        case PointOrder::mixed:
            return Error{Fault::invalid,
                         "the public key lies outside the prime-order group, so that programs may "
                         "judge its signatures differently"};
    }
    CHECK(false);
}

Bytes founder_proof_message(const Origin& origin, const PersonId& person, const KeyId& key) {
    Bytes bytes;
    append(bytes, origin.str());
    bytes.push_back('\n');
    append(bytes, person.str());
    bytes.push_back('\n');
    append(bytes, key.view());
    return labelled(label::founder_proof, bytes);
}

Bytes key_proof_message(const Hash& ledger, const PersonId& person, const KeyId& key) {
    Bytes bytes = copy_of(ledger.view());
    append(bytes, key.view());
    append(bytes, person.str());
    return labelled(label::key_proof, bytes);
}

Bytes ledger_key_proof_message(const Hash& ledger, const KeyId& new_key) {
    return ledger_key_message(label::ledger_key_proof, ledger, new_key);
}

Bytes ledger_key_handover_message(const Hash& ledger, const KeyId& new_key) {
    return ledger_key_message(label::ledger_key_handover, ledger, new_key);
}

Result<std::unique_ptr<MemorySigner>> MemorySigner::from_seed(const Secret& seed) {
    if (seed.size() != seed_bytes) {
        return error(Fault::invalid, "the seed of a key has {} bytes, not {}", seed_bytes,
                     seed.size());
    }
    auto handle = std::make_unique<Handle>();
    handle->key.reset(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.view().data(), seed.size()));
    CHECK(handle->key != nullptr);
    KeyId key;
    std::size_t size = key.bytes.bytes.size();
    CHECK(EVP_PKEY_get_raw_public_key(handle->key.get(), key.bytes.bytes.data(), &size) == 1);
    CHECK(size == key.bytes.bytes.size());
    return std::unique_ptr<MemorySigner>(new MemorySigner(std::move(handle), key));
}

MemorySigner::MemorySigner(std::unique_ptr<Handle> handle, const KeyId& key)
    : handle_(std::move(handle)), key_(key) {}

MemorySigner::~MemorySigner() = default;

Signature MemorySigner::sign(ByteView message) const {
    const auto digest = new_digest();
    CHECK(EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, handle_->key.get()) == 1);
    Signature signature;
    std::size_t size = signature.bytes.size();
    CHECK(EVP_DigestSign(digest.get(), signature.bytes.data(), &size, message.data(),
                         message.size()) == 1);
    CHECK(size == signature.bytes.size());
    return signature;
}

Secret MemorySigner::seed() const {
    Secret seed{Bytes(seed_bytes)};
    std::size_t size = seed.size();
    CHECK(EVP_PKEY_get_raw_private_key(handle_->key.get(), seed.span().data(), &size) == 1);
    CHECK(size == seed.size());
    return seed;
}

}  // namespace wsoa
