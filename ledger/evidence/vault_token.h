#pragma once

#include "ledger/base/bytes.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// A PKCS#11 token by what it says of itself, without the blanks that fill its fields.
struct TokenName {
    std::string label;
    std::string serial;  // empty where any serial will do

    // `invalid` unless the label has 1 to 32 bytes and the serial at most 16, both of text without
    // blanks at the end.
    static Result<TokenName> of(std::string_view label, std::string_view serial);
    // As a message shows it: "council" (serial 4f1c).
    std::string str() const;

    bool operator==(const TokenName&) const = default;
};

// CKA_LABEL of every key that a vault has in a token.
inline constexpr std::string_view vault_key_label = "wsoa-vault";

inline constexpr std::size_t token_label_bytes_max = 32;
inline constexpr std::size_t token_serial_bytes_max = 16;

// By which a vault finds its key in a token, as CKA_ID: ledger 16 || u64 generation || random 8.
//
// It says whose key it is, so that what a crash left in a token can be told from everything else
// there. The random part tells two keys of one generation apart, one of which was made by a command
// that was cut short.
struct TokenKeyId {
    std::array<std::uint8_t, 32> bytes{};

    static TokenKeyId of(const Hash& ledger, std::uint64_t generation,
                         const std::array<std::uint8_t, 8>& chance);
    bool is_of(const Hash& ledger) const;
    std::uint64_t generation() const;

    auto operator<=>(const TokenKeyId&) const = default;
};

// A file key as one key of a token has encrypted it.
using WrappedKey = std::array<std::uint8_t, 32>;

// A token that somebody has logged in to, as a vault uses it. What is in it by a function's return
// outlives a power cut, as far as the token keeps its word.
//
// `unavailable` where the token could not do it; then it may have been done or not.
class VaultToken {
public:
    virtual ~VaultToken() = default;
    virtual const TokenName& name() const = 0;
    // Makes an AES-256 key that never leaves the token, and encrypts the file key with it: 32
    // random bytes, once. After an error a key of that id may be there.
    virtual Result<WrappedKey> wrap_under_new_key(const TokenKeyId& id, const Secret& file_key) = 0;
    // `missing` if the token has no key of that id. Whether it is the key that encrypted it, what
    // the file key opens will tell.
    virtual Result<Secret> unwrap(const TokenKeyId& id, const WrappedKey& wrapped) = 0;
    // Of every vault key of the ledger that the token has, in any order.
    virtual Result<std::vector<TokenKeyId>> keys_of(const Hash& ledger) = 0;
    // Destroys the key; none to destroy is no error.
    virtual Result<void> destroy(const TokenKeyId& id) = 0;
};

// What a vault's file says of the token that opens it.
struct TokenSeal {
    TokenName token;
    // From this generation on each one's key was made in that token.
    std::uint64_t since = 0;
    TokenKeyId id;
    WrappedKey wrapped{};

    bool operator==(const TokenSeal&) const = default;
};

}  // namespace wsoa
