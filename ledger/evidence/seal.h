#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"
#include "schemas/types.capnp.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace wsoa {

// What a data key is for, so that one leaf gives unrelated keys for unrelated things.
namespace purpose {
inline constexpr std::string_view word = "wsoa-ledger/word-key/v1";
inline constexpr std::string_view document = "wsoa-ledger/document-key/v1";
inline constexpr std::string_view manifest = "wsoa-ledger/manifest-key/v1";
}  // namespace purpose

inline constexpr std::size_t seal_tag_bytes = 16;
// The most that is sealed or opened in one piece: the fullest vault file fits, and every count fits
// what the cipher's library takes.
inline constexpr std::size_t sealed_piece_bytes_max = 64 * 1'024 * 1'024;

// What AES-GCM may never see twice under one key.
struct Nonce {
    std::array<std::uint8_t, 12> bytes{};

    // A piece's number, big-endian.
    static Nonce of_piece(std::uint64_t number);
};

// AES-256-GCM (NIST SP 800-38D) under a key of 32 bytes: ciphertext || tag of 16. The associated
// data say where the piece belongs; it opens nowhere else.
Bytes seal_piece(const Secret& key, const Nonce& nonce, ByteView associated, ByteView plaintext);
// `distrusted` if key, nonce, associated data or any byte is another; no plaintext is shown before
// the tag has been checked. `corrupt` if it is too short for a tag, or too long.
Result<Secret> open_piece(const Secret& key, const Nonce& nonce, ByteView associated,
                          ByteView sealed);

// HMAC-SHA-256(leaf, purpose || 0x0a || ledger || content). `content` is a commitment, which fixes
// the plaintext, or the random id of an upload, which is never used twice: were a leaf ever used
// again for another plaintext, it would be under another key.
Secret data_key(const Secret& leaf, std::string_view purpose, const Hash& ledger,
                const Hash& content);

// Where a word belongs, and what its event committed to.
struct WordPlace {
    Hash ledger;
    EventIndex index;
    schema::WordField field = schema::WordField::UNSET;
    Hash commitment;
};

// A word's bytes under the leaf's key, with nonce 0 and associated data
// "wsoa-ledger/sealed-word/v1" || 0x0a || ledger || u64 index || u16 field.
Bytes seal_word(const WordPlace& place, const Secret& leaf, ByteView plaintext);
// `distrusted` if it is not what was sealed there.
Result<Secret> open_word(const WordPlace& place, const Secret& leaf, ByteView sealed);

// How much work a passphrase costs: N = 2^log2_n blocks of 128 * r bytes, p times.
struct ScryptCost {
    std::uint8_t log2_n = 17;
    std::uint32_t r = 8;
    std::uint32_t p = 1;

    bool operator==(const ScryptCost&) const = default;
};

// `invalid` if the cost is none that RFC 7914, section 2 allows, or above N=2^20, r=8, p=4 (1 GiB):
// nobody's file may ask for more.
Result<void> check_cost(const ScryptCost& cost);

// scrypt (RFC 7914), 32 bytes. `invalid` for a cost that check_cost refuses; `unavailable` if the
// machine lacks the memory, 128 MiB at the default cost.
Result<Secret> passphrase_key(const Secret& passphrase, ByteView salt, const ScryptCost& cost);

}  // namespace wsoa
