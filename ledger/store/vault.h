#pragma once

#include "ledger/base/environment.h"
#include "ledger/evidence/vault_format.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace wsoa {

// What a vault is to forget at once.
struct Forgetting {
    std::vector<KeyNode> words;  // leaves (level 40), events (word_node) or larger ranges
    std::vector<KeyNode> documents;
};

// A vault as it is compared with what its ledger says of it.
struct VaultFacts {
    std::uint64_t generation = 0;
    Hash digest;  // SHA-256 of the file's bytes
    // Null where the file was not opened.
    const KeyTree* words = nullptr;
    const KeyTree* documents = nullptr;
};

// What the newest generation holds, for those who only read.
struct VaultRead {
    VaultContents contents;
    Hash digest;

    VaultFacts facts() const {
        return {.generation = contents.generation,
                .digest = digest,
                .words = &contents.words,
                .documents = &contents.documents};
    }
};

// What the newest generation says without being opened.
struct VaultLook {
    Hash ledger;
    std::uint64_t generation = 0;
    Hash digest;  // SHA-256 of the file's bytes
    bool is_sealed = false;
    std::optional<TokenSeal> token = {};  // where it is sealed by one

    VaultFacts facts() const { return {.generation = generation, .digest = digest}; }
};

// The sealed file of the seeds from which every data key follows, generation by generation.
//
// It is "vault-<generation>.wsoa" in a folder of the ledger. A new generation is durable before the
// one before it is destroyed, so that at every moment a whole vault is there. Nobody but the
// ledger's one writer may open it for itself, since opening finishes what a crash cut short. One
// thread at a time.
//
// Under a token each generation has a key of its own there: made before the file is written, and
// destroyed after the next file is durable and the older one gone. What a crash leaves in the token
// the next opening destroys: every vault key of this ledger but the one that its file names.
class Vault {
public:
    // Generation 1, of two new trees. `conflict` if the folder holds a vault, `invalid` for an
    // empty passphrase; the token's errors. What is borrowed outlives the vault.
    static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& folder,
                                                 const Hash& ledger, const VaultSealing& sealing,
                                                 Random& random);
    // The newest generation; every other file of a vault is destroyed. `missing` if there is none;
    // `invalid` if a passphrase or token is needed; `distrusted` if it is the wrong one, or the
    // vault another ledger's, or a file's name is not its generation; `corrupt` if no file is
    // whole. What unlocks it is borrowed: a passphrase until it is open, a token as long as it is.
    //
    // Whether the vault is the newest that there ever was, only the ledger can tell: it compares
    // generation and digest with its last erasure.
    static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                               const Hash& ledger, const VaultUnlock& unlock,
                                               Random& random);
    // Beside a writer too. The errors are those of open; nothing is changed.
    static Result<VaultRead> read(const std::filesystem::path& folder, const Hash& ledger,
                                  const VaultUnlock& unlock);
    // A vault of what was kept elsewhere, as the generation after all that the folder shows and
    // after `contents.generation`. Once it is durable, every other file of a vault is destroyed,
    // whoever's passphrase it is under. `distrusted`, and nothing is touched, if the newest whole
    // file in the folder is another ledger's.
    static Result<std::unique_ptr<Vault>> recover(const std::filesystem::path& folder,
                                                  VaultContents contents,
                                                  const VaultSealing& sealing, Random& random);
    // Beside a writer too. `missing` and `corrupt` as open has them; nothing is changed.
    static Result<VaultLook> look(const std::filesystem::path& folder);
    // Whether opening takes a passphrase. The errors are those of open; nothing is changed.
    static Result<bool> needs_passphrase(const std::filesystem::path& folder);
    // The token that opening takes, and its key; null where it takes none. As above.
    static Result<std::optional<TokenSeal>> needs_token(const std::filesystem::path& folder);

    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    const KeyTree& words() const { return contents_.words; }
    const KeyTree& documents() const { return contents_.documents; }
    std::uint64_t generation() const { return contents_.generation; }
    // SHA-256 of the file's bytes.
    const Hash& digest() const { return digest_; }
    VaultFacts facts() const {
        return {.generation = generation(),
                .digest = digest(),
                .words = &words(),
                .documents = &documents()};
    }
    bool is_sealed() const { return key_.is_sealed(); }
    // The token that it is sealed by; null for none.
    const std::optional<TokenSeal>& token() const { return key_.token(); }

    // Forgets for good, in a new generation; none if all of it was forgotten before. On success
    // the older file is destroyed: copies of it, and what a drive keeps to itself, are the
    // caller's to name.
    //
    // `invalid` or `refused` as the key tree says. `unavailable` if the machine failed: unless
    // generation() has risen nothing is forgotten here, but the next open may find that it is. If
    // it has risen, only the older file is still there, and forgetting the same again destroys it.
    Result<void> forget(const Forgetting& what);
    // The same seeds under another passphrase or token, in a new generation; errors as above, and
    // of create; `distrusted` as of clear. Of a token that it leaves, every key of this vault is
    // destroyed.
    Result<void> reseal(const VaultSealing& sealing);
    // The same seeds sealed in the same way, in a new generation; errors as of forget.
    Result<void> renew();
    // Destroys every key of this vault in a token that it has left, or in its own but the one in
    // use: for when a reseal was cut short. How many there were. `distrusted`, and none is
    // destroyed, if there are keys of a vault that is newer than this copy.
    Result<std::size_t> clear(VaultToken& token) const;

private:
    // A key, and the token that it is in; null for none.
    struct Lock {
        VaultKey key;
        VaultToken* token = nullptr;
    };
    Vault(std::filesystem::path folder, VaultContents contents, Lock&& lock, Random& random)
        : folder_(std::move(folder)),
          contents_(std::move(contents)),
          key_(std::move(lock.key)),
          token_(lock.token),
          random_(random) {}
    // For a new file. A key that is made in a token is there before any file names it.
    static Result<Lock> lock_for(const VaultSealing& sealing, const TokenKeyId& id,
                                 std::uint64_t since, Random& random);
    VaultContents next() const;
    Result<Lock> next_lock(const VaultSealing& sealing) const;
    // The same way of sealing again.
    Result<Lock> next_lock() const;
    // `unavailable` once nobody knows what is on the disk.
    Result<void> expect_known() const;
    Result<void> replace(VaultContents contents, Lock lock);
    Result<void> write(const VaultContents& contents, const Lock& lock);
    Result<void> destroy_others() const;

    std::filesystem::path folder_;
    VaultContents contents_;
    VaultKey key_;
    VaultToken* token_;
    Hash digest_;
    Random& random_;
    bool is_poisoned_ = false;
};

}  // namespace wsoa
