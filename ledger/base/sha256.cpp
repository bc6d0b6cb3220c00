#include "ledger/base/sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::size_t block_bytes = 64;   // FIPS 180-4, figure 1
constexpr std::uint8_t inner_pad = 0x36;  // RFC 2104, 2
constexpr std::uint8_t outer_pad = 0x5c;
constexpr std::size_t small_message_bytes_max = 64;

// Looking the algorithm up costs three times the hash of a leaf, so it is looked up once and kept.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    CHECK(fetched != nullptr);
    return fetched;
}

}  // namespace

struct Sha256::Context {
    EVP_MD_CTX* handle = EVP_MD_CTX_new();
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    CHECK(context_->handle != nullptr);
    CHECK(EVP_DigestInit_ex(context_->handle, algorithm(), nullptr) == 1);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_->handle); }

Sha256& Sha256::add(ByteView bytes) {
    CHECK(EVP_DigestUpdate(context_->handle, bytes.data(), bytes.size()) == 1);
    return *this;
}

Hash Sha256::finish() {
    Hash hash;
    CHECK(EVP_DigestFinal_ex(context_->handle, hash.bytes.data(), nullptr) == 1);
    CHECK(EVP_DigestInit_ex(context_->handle, nullptr, nullptr) == 1);
    return hash;
}

namespace {

// Each thread keeps one, since making one anew takes longer than hashing a node of a tree. Nothing
// of what it hashed stays in it: it starts afresh at once.
Sha256& hasher_of_thread() {
    thread_local Sha256 hasher;
    return hasher;
}

}  // namespace

Hash sha256(ByteView bytes) { return hasher_of_thread().add(bytes).finish(); }

Hash sha256(std::initializer_list<ByteView> parts) {
    auto& hasher = hasher_of_thread();
    for (const auto part : parts) {
        hasher.add(part);
    }
    return hasher.finish();
}

Hash hash_leaf(ByteView entry) {
    constexpr std::uint8_t leaf_prefix = 0;
    return hasher_of_thread().add(ByteView(&leaf_prefix, 1)).add(entry).finish();
}

namespace {

// SHA-256(key ^ pad || message). A short message is put together on the stack, and wiped there.
Hash padded_sha256(ByteView key, std::uint8_t pad, ByteView message) {
    CHECK(key.size() <= block_bytes);
    std::array<std::uint8_t, block_bytes + small_message_bytes_max> buffer{};
    std::fill_n(buffer.begin(), block_bytes, pad);
    for (std::size_t i = 0; i < key.size(); ++i) {
        buffer.at(i) ^= key[i];
    }
    const auto padded = ByteView(buffer).first(block_bytes);
    Hash hash;
    if (message.size() <= small_message_bytes_max) {
        std::ranges::copy(message, buffer.begin() + block_bytes);
        hash = sha256(ByteView(buffer).first(block_bytes + message.size()));
    } else {
        hash = Sha256().add(padded).add(message).finish();
    }
    OPENSSL_cleanse(buffer.data(), buffer.size());
    return hash;
}

}  // namespace

// Put together here, since OpenSSL's HMAC looks its algorithms up at every call: the key trees ask
// for forty in a row.
Secret hmac_sha256(ByteView key, ByteView message) {
    if (key.size() > block_bytes) {
        return hmac_sha256(sha256(key).view(), message);
    }
    auto hash = padded_sha256(key, inner_pad, message);
    hash = padded_sha256(key, outer_pad, hash.view());
    Secret secret(hash.view());
    OPENSSL_cleanse(hash.bytes.data(), hash.bytes.size());
    return secret;
}

}  // namespace wsoa
