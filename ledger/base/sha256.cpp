#include "ledger/base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace wsoa {

struct Sha256::Context {
    EVP_MD_CTX* handle = EVP_MD_CTX_new();
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    CHECK(context_->handle != nullptr);
    CHECK(EVP_DigestInit_ex(context_->handle, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_->handle); }

Sha256& Sha256::add(ByteView bytes) {
    CHECK(EVP_DigestUpdate(context_->handle, bytes.data(), bytes.size()) == 1);
    return *this;
}

Hash Sha256::finish() {
    Hash hash;
    CHECK(EVP_DigestFinal_ex(context_->handle, hash.bytes.data(), nullptr) == 1);
    CHECK(EVP_DigestInit_ex(context_->handle, EVP_sha256(), nullptr) == 1);
    return hash;
}

Hash sha256(ByteView bytes) {
    Hash hash;
    // The one-shot form looks nothing up: leaves are small, so the look-up would cost more than the
    // hash.
    ::SHA256(bytes.data(), bytes.size(), hash.bytes.data());
    return hash;
}

Secret hmac_sha256(ByteView key, ByteView message) {
    Secret secret(Bytes(32));
    unsigned int length = 0;
    CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(),
               message.size(), secret.span().data(), &length) != nullptr);
    CHECK(length == 32);
    return secret;
}

}  // namespace wsoa
