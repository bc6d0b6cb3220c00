#pragma once

#include "ledger/evidence/key_tree.h"
#include "ledger/evidence/seal.h"
#include "ledger/evidence/vault_token.h"

#include <array>
#include <optional>
#include <variant>

namespace wsoa {

// The bytes of a vault file:
//   "wsoa-vault/v1\n" | ledger 32 | u64 generation | u8 kdf | [what the kdf needs]
//   | nonce 12 | ciphertext | tag 16 | SHA-256 of all before, 32
// kdf 0: unsealed, which needs nothing; 1: scrypt, u8 log2_n | u32 r | u32 p | salt 16; 2: a token,
// u8 length | label | u8 length | serial | u64 since | CKA_ID 32 | file key 32, as encrypted. The
// associated data are everything before the ciphertext, which holds u32 length | key tree of words
// | u32 length | key tree of documents.
// The hash at the end protects nothing; it tells a damaged file from a wrong passphrase.
inline constexpr std::size_t vault_file_bytes_max = 2 * key_tree_bytes_max + 1'024;

// Far more than a ledger will ever need; a number above it was never written.
inline constexpr std::uint64_t vault_generations_max = std::uint64_t{1} << 48;

// What a vault holds.
struct VaultContents {
    Hash ledger;
    std::uint64_t generation = 1;  // the number of the file, from 1
    KeyTree words;
    KeyTree documents;

    // Both trees whole, from 32 random bytes each.
    static VaultContents fresh(const Hash& ledger, Secret words_root, Secret documents_root);
};

using VaultSalt = std::array<std::uint8_t, 16>;

// How the key of a file follows from a passphrase.
struct PassphraseWork {
    ScryptCost cost;
    VaultSalt salt{};

    bool operator==(const PassphraseWork&) const = default;
};

// A vault file taken apart, not yet opened.
struct VaultFile {
    Hash ledger;
    std::uint64_t generation = 0;
    // At most one of them; none: unsealed.
    std::optional<PassphraseWork> work;
    std::optional<TokenSeal> token;
    Nonce nonce;
    Bytes associated;
    Bytes sealed;

    // `corrupt` if the bytes are not a whole vault file; `unavailable` for a version or kdf that
    // this program does not know; `invalid` if it asks for more work than check_cost allows.
    static Result<VaultFile> read(ByteView bytes);
};

// Anyone can open the file, for its key is the hash of a public label. For rehearsals.
struct Unsealed {};
struct SealedByPassphrase {
    Secret passphrase;
    ScryptCost cost = {};
};
// Each generation is under a key of its own in the token. The token outlives the vault.
struct SealedByToken {
    VaultToken& token;
};
using VaultSealing = std::variant<Unsealed, SealedByPassphrase, SealedByToken>;

// What there is at hand to open a vault with, if it needs any. All of it is borrowed.
class VaultUnlock {
public:
    // Implicit, so that a passphrase, a token or std::nullopt can stand where this is asked for.
    VaultUnlock(std::nullopt_t) {}
    VaultUnlock(const std::optional<Secret>& passphrase)
        : passphrase_(passphrase ? &*passphrase : nullptr) {}
    VaultUnlock(VaultToken& token) : token_(&token) {}

    const Secret* passphrase() const { return passphrase_; }
    VaultToken* token() const { return token_; }

private:
    const Secret* passphrase_ = nullptr;
    VaultToken* token_ = nullptr;
};

// The key that a vault's file is sealed under, kept so that a passphrase does its work once.
class VaultKey {
public:
    // For new files. `invalid` for an empty passphrase or a cost that check_cost refuses.
    static Result<VaultKey> make(const Unsealed& sealing, const VaultSalt& salt);
    static Result<VaultKey> make(const SealedByPassphrase& sealing, const VaultSalt& salt);
    // For one new file: the key of that id is made in the token, and `file_key`, 32 random bytes,
    // encrypted with it. The errors are the token's.
    static Result<VaultKey> make(VaultToken& token, const TokenKeyId& id, std::uint64_t since,
                                 Secret file_key);
    // For a file that is there. `invalid` if it needs a passphrase or token that is not at hand;
    // for an unsealed one they are ignored. `missing` if the token lacks the key.
    static Result<VaultKey> of(const VaultFile& file, const VaultUnlock& unlock);

    VaultKey clone() const { return {Secret(secret_.view()), work_, token_}; }
    const Secret& secret() const { return secret_; }
    // At most one of them, as of a file.
    const std::optional<PassphraseWork>& work() const { return work_; }
    const std::optional<TokenSeal>& token() const { return token_; }
    bool is_sealed() const { return work_ || token_; }

private:
    VaultKey(Secret secret, std::optional<PassphraseWork> work, std::optional<TokenSeal> token)
        : secret_(std::move(secret)), work_(work), token_(std::move(token)) {}
    Secret secret_;
    std::optional<PassphraseWork> work_;
    std::optional<TokenSeal> token_;
};

// The nonce is random and never used twice.
Bytes vault_bytes(const VaultContents& contents, const VaultKey& key, const Nonce& nonce);

// `distrusted` if the passphrase or the token's key behind the key is not the file's; `corrupt` if
// what it seals is not two key trees.
Result<VaultContents> open_vault(const VaultFile& file, const VaultKey& key);

}  // namespace wsoa
