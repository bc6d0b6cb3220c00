#pragma once

#include "ledger/evidence/key_tree.h"
#include "ledger/evidence/seal.h"

#include <array>
#include <optional>
#include <variant>

namespace wsoa {

// The bytes of a vault file:
//   "wsoa-vault/v1\n" | ledger 32 | u64 generation | u8 kdf | [u8 log2_n | u32 r | u32 p | salt 16]
//   | nonce 12 | ciphertext | tag 16 | SHA-256 of all before, 32
// kdf 0: unsealed; 1: scrypt, with the part in brackets. The associated data are everything before
// the ciphertext, which holds u32 length | key tree of words | u32 length | key tree of documents.
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
    std::optional<PassphraseWork> work;  // null: unsealed
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
using VaultSealing = std::variant<Unsealed, SealedByPassphrase>;

// The key that a vault's files are sealed under, kept so that a passphrase does its work once.
class VaultKey {
public:
    // For new files. `invalid` for an empty passphrase or a cost that check_cost refuses.
    static Result<VaultKey> make(const VaultSealing& sealing, const VaultSalt& salt);
    // For a file that is there. `invalid` if it is sealed and there is no passphrase; for an
    // unsealed one a passphrase is ignored.
    static Result<VaultKey> of(const VaultFile& file, const std::optional<Secret>& passphrase);

    VaultKey clone() const { return {Secret(secret_.view()), work_}; }
    const Secret& secret() const { return secret_; }
    const std::optional<PassphraseWork>& work() const { return work_; }

private:
    VaultKey(Secret secret, std::optional<PassphraseWork> work)
        : secret_(std::move(secret)), work_(work) {}
    Secret secret_;
    std::optional<PassphraseWork> work_;
};

// The nonce is random and never used twice.
Bytes vault_bytes(const VaultContents& contents, const VaultKey& key, const Nonce& nonce);

// `distrusted` if the passphrase behind the key is not the file's; `corrupt` if what it seals is
// not two key trees.
Result<VaultContents> open_vault(const VaultFile& file, const VaultKey& key);

}  // namespace wsoa
