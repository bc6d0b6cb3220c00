#include "ledger/evidence/seal.h"

#include "ledger/base/sha256.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace wsoa {
namespace {

constexpr std::string_view word_label = "wsoa-ledger/sealed-word/v1\n";
constexpr std::size_t key_bytes = 32;
constexpr ScryptCost cost_max{20, 8, 4};

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

enum class Direction : std::uint8_t { open, seal };

int length_of(ByteView bytes) {
    CHECK(bytes.size() <= sealed_piece_bytes_max);
    return static_cast<int>(bytes.size());
}

// A context that has been fed everything but the text.
Context start(Direction direction, const Secret& key, const Nonce& nonce, ByteView associated) {
    CHECK(key.size() == key_bytes);
    Context context(EVP_CIPHER_CTX_new());
    CHECK(context != nullptr);
    // The nonce has the cipher's own default length of 12 bytes.
    CHECK(EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.view().data(),
                            nonce.bytes.data(), direction == Direction::seal ? 1 : 0) == 1);
    int written = 0;
    CHECK(EVP_CipherUpdate(context.get(), nullptr, &written, associated.data(),
                           length_of(associated)) == 1);
    return context;
}

// Turns one text into the other, byte for byte in place of its own.
void run(EVP_CIPHER_CTX* context, ByteView from, std::span<std::uint8_t> to) {
    if (from.empty()) {
        return;  // a null output would mean associated data
    }
    int written = 0;
    CHECK(EVP_CipherUpdate(context, to.data(), &written, from.data(), length_of(from)) == 1);
    CHECK(written == length_of(from));
}

Bytes associated_data(const WordPlace& place) {
    Bytes bytes = copy_of(bytes_of(word_label));
    append(bytes, place.ledger.view());
    append_u64(bytes, place.index.value);
    append_u16(bytes, static_cast<std::uint16_t>(place.field));
    return bytes;
}

}  // namespace

Nonce Nonce::of_piece(std::uint64_t number) {
    Bytes bytes(4);
    append_u64(bytes, number);
    Nonce nonce;
    std::copy(bytes.begin(), bytes.end(), nonce.bytes.begin());
    return nonce;
}

Bytes seal_piece(const Secret& key, const Nonce& nonce, ByteView associated, ByteView plaintext) {
    const auto context = start(Direction::seal, key, nonce, associated);
    Bytes sealed(plaintext.size() + seal_tag_bytes);
    run(context.get(), plaintext, std::span(sealed).first(plaintext.size()));
    std::array<std::uint8_t, seal_tag_bytes> rest{};
    int written = 0;
    CHECK(EVP_CipherFinal_ex(context.get(), rest.data(), &written) == 1 && written == 0);
    CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG,
                              static_cast<int>(seal_tag_bytes),
                              sealed.data() + plaintext.size()) == 1);
    return sealed;
}

Result<Secret> open_piece(const Secret& key, const Nonce& nonce, ByteView associated,
                          ByteView sealed) {
    if (sealed.size() < seal_tag_bytes || sealed.size() > sealed_piece_bytes_max) {
        return Error{Fault::corrupt, "what was sealed is too short or too long"};
    }
    const auto context = start(Direction::open, key, nonce, associated);
    const auto ciphertext = sealed.first(sealed.size() - seal_tag_bytes);
    std::array<std::uint8_t, seal_tag_bytes> tag{};
    std::ranges::copy(sealed.last(seal_tag_bytes), tag.begin());
    Secret plaintext(Bytes(ciphertext.size()));
    run(context.get(), ciphertext, plaintext.span());
    CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG,
                              static_cast<int>(seal_tag_bytes), tag.data()) == 1);
    std::array<std::uint8_t, seal_tag_bytes> rest{};
    int written = 0;
    if (EVP_CipherFinal_ex(context.get(), rest.data(), &written) != 1) {
        ERR_clear_error();
        return Error{Fault::distrusted, "what was sealed does not open with this key and place"};
    }
    return plaintext;
}

Secret data_key(const Secret& leaf, std::string_view purpose, const Hash& ledger,
                const Hash& content) {
    CHECK(leaf.size() == key_bytes);
    Bytes message = copy_of(bytes_of(purpose));
    message.push_back('\n');
    append(message, ledger.view());
    append(message, content.view());
    return hmac_sha256(leaf.view(), message);
}

Bytes seal_word(const WordPlace& place, const Secret& leaf, ByteView plaintext) {
    const auto key = data_key(leaf, purpose::word, place.ledger, place.commitment);
    return seal_piece(key, Nonce::of_piece(0), associated_data(place), plaintext);
}

Result<Secret> open_word(const WordPlace& place, const Secret& leaf, ByteView sealed) {
    const auto key = data_key(leaf, purpose::word, place.ledger, place.commitment);
    return open_piece(key, Nonce::of_piece(0), associated_data(place), sealed);
}

Result<void> check_cost(const ScryptCost& cost) {
    if (cost.log2_n > cost_max.log2_n || cost.r > cost_max.r || cost.p > cost_max.p) {
        return Error{Fault::invalid, "the passphrase was given more work than this program does"};
    }
    // RFC 7914, section 2: N is a power of 2 above 1 and below 2^(128 * r / 8).
    if (cost.log2_n == 0 || cost.r == 0 || cost.p == 0 || cost.log2_n >= 16 * cost.r) {
        return Error{Fault::invalid, "scrypt knows no such cost"};
    }
    return done();
}

Result<Secret> passphrase_key(const Secret& passphrase, ByteView salt, const ScryptCost& cost) {
    TRY(check_cost(cost));
    const std::uint64_t n = std::uint64_t{1} << cost.log2_n;
    // What OpenSSL counts: p blocks, N blocks and two more to work in. Without a figure of ours it
    // stops at 32 MiB.
    const std::uint64_t memory_bytes_max = std::uint64_t{128} * cost.r * (n + cost.p + 2);
    Secret key(Bytes(key_bytes, 0));
    const auto phrase = text_of(passphrase.view());
    if (EVP_PBE_scrypt(phrase.data() == nullptr ? "" : phrase.data(), phrase.size(), salt.data(),
                       salt.size(), n, cost.r, cost.p, memory_bytes_max, key.span().data(),
                       key.size()) != 1) {
        ERR_clear_error();
        return error(Fault::unavailable, "the machine lacks the {} MiB that the passphrase takes",
                     (memory_bytes_max >> 20) + 1);
    }
    return key;
}

}  // namespace wsoa
