#include "ledger/store/vault.h"

#include "ledger/store/files.h"
#include "ledger/store/vault_files.h"

#include <algorithm>
#include <string>
#include <utility>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr int read_tries_max = 5;

struct Opened {
    VaultContents contents;
    VaultKey key;
    Hash digest;
};

Result<Opened> open_newest(const fs::path& folder, const Hash& ledger, const VaultUnlock& unlock) {
    const auto found = TRY(find_newest_vault(folder));
    if (found.file.ledger != ledger) {
        return error(Fault::distrusted, "the vault in {} is another ledger's", folder.string());
    }
    auto key = TRY(VaultKey::of(found.file, unlock));
    auto contents = TRY(open_vault(found.file, key));
    return Opened{.contents = std::move(contents), .key = std::move(key), .digest = found.digest};
}

VaultSalt salt_from(Random& random) {
    VaultSalt salt{};
    random.fill(salt);
    return salt;
}

Secret root_from(Random& random) {
    Secret root(Bytes(32, 0));
    random.fill(root.span());
    return root;
}

// Drawn only where a token takes it, so that all else stays the same from the same chance.
TokenKeyId id_for(const VaultSealing& sealing, const Hash& ledger, std::uint64_t generation,
                  Random& random) {
    std::array<std::uint8_t, 8> chance{};
    if (std::holds_alternative<SealedByToken>(sealing)) {
        random.fill(chance);
    }
    return TokenKeyId::of(ledger, generation, chance);
}

// The vault's keys in the token. A command that was cut short leaves one of the next generation at
// most: whoever finds a later one holds a copy that is older than the vault, and must not take the
// vault's key away.
Result<std::vector<TokenKeyId>> keys_in(VaultToken& token, const Hash& ledger,
                                        std::uint64_t generation) {
    auto ids = TRY(token.keys_of(ledger));
    for (const auto& id : ids) {
        if (id.generation() > generation + 1) {
            return error(Fault::distrusted,
                         "the token {} holds a key of generation {} of the vault, which is "
                         "generation {} here",
                         token.name().str(), id.generation(), generation)
                .advise("put the newest copy of the vault in its place.");
        }
    }
    return ids;
}

bool covers_any(const KeyTree& tree, const std::vector<KeyNode>& nodes) {
    return std::ranges::any_of(nodes, [&](const KeyNode& node) { return tree.covers_any(node); });
}

Result<void> forget_all(KeyTree& tree, const std::vector<KeyNode>& nodes) {
    for (const auto& node : nodes) {
        TRY(tree.forget_range(node));
    }
    return done();
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::create(const fs::path& folder, const Hash& ledger,
                                             const VaultSealing& sealing, Random& random) {
    const auto generations = TRY(vault_generations_in(folder));
    if (!generations.empty()) {
        return error(Fault::conflict, "there is a vault in {} already", folder.string());
    }
    const auto id = id_for(sealing, ledger, 1, random);
    auto lock = TRY(lock_for(sealing, id, 1, random));
    auto* const token = lock.token;
    auto words_root = root_from(random);
    auto documents_root = root_from(random);
    auto contents = VaultContents::fresh(ledger, std::move(words_root), std::move(documents_root));
    std::unique_ptr<Vault> vault(new Vault(folder, std::move(contents), std::move(lock), random));
    auto written = vault->write(vault->contents_, {vault->key_.clone(), token});
    if (!written.ok()) {
        // Nothing was ever sealed under it that anyone has.
        if (token != nullptr && !token->destroy(id).ok()) {
            return std::move(written).error().advise(
                fmt::format("a key labelled {} may be left in the token {}; nothing needs it.",
                            vault_key_label, token->name().str()));
        }
        return std::move(written).error();
    }
    TRY(vault->destroy_others());
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder, const Hash& ledger,
                                           const VaultUnlock& unlock, Random& random) {
    auto opened = TRY(open_newest(folder, ledger, unlock));
    auto* const token = opened.key.token() ? unlock.token() : nullptr;
    std::unique_ptr<Vault> vault(
        new Vault(folder, std::move(opened.contents), {std::move(opened.key), token}, random));
    vault->digest_ = opened.digest;
    // The name of what was found may be in the machine's memory only, if the sync of an earlier
    // writer failed; until it is durable, the older file is all that a power cut would leave.
    TRY(sync_folder(folder));
    TRY(vault->destroy_others());
    return vault;
}

Result<VaultRead> Vault::read(const fs::path& folder, const Hash& ledger,
                              const VaultUnlock& unlock) {
    for (int tries = 1;; ++tries) {
        auto opened = open_newest(folder, ledger, unlock);
        if (opened.ok()) {
            return VaultRead{.contents = std::move(opened.value().contents),
                             .digest = opened.value().digest};
        }
        // A writer that forgets destroys the older file, and its key in a token, between our
        // listing it and our reading it; then the newer one is there.
        if (opened.error().fault != Fault::missing || tries == read_tries_max) {
            return opened.error();
        }
    }
}

Result<std::unique_ptr<Vault>> Vault::recover(const fs::path& folder, VaultContents contents,
                                              const VaultSealing& sealing, Random& random) {
    const auto generations = TRY(vault_generations_in(folder));
    if (!generations.empty()) {
        const auto found = find_newest_vault(folder);
        if (found.ok() && found.value().file.ledger != contents.ledger) {
            return error(Fault::distrusted, "the vault in {} is another ledger's", folder.string());
        }
        // That no file is whole is one of the reasons to have a spare.
        if (!found.ok() && found.error().fault != Fault::corrupt) {
            return found.error();
        }
        contents.generation = std::max(contents.generation, generations.front());
    }
    if (contents.generation >= vault_generations_max) {
        return error(Fault::corrupt, "a vault has no generation after {}", contents.generation);
    }
    ++contents.generation;
    const auto id = id_for(sealing, contents.ledger, contents.generation, random);
    auto lock = TRY(lock_for(sealing, id, contents.generation, random));
    auto* const token = lock.token;
    std::unique_ptr<Vault> vault(new Vault(folder, std::move(contents), std::move(lock), random));
    TRY(vault->write(vault->contents_, {vault->key_.clone(), token}));
    TRY(vault->destroy_others());
    return vault;
}

Result<VaultLook> Vault::look(const fs::path& folder) {
    const auto found = TRY(find_newest_vault(folder));
    return VaultLook{.ledger = found.file.ledger,
                     .generation = found.file.generation,
                     .digest = found.digest,
                     .is_sealed = found.file.work.has_value() || found.file.token.has_value(),
                     .token = found.file.token};
}

Result<bool> Vault::needs_passphrase(const fs::path& folder) {
    const auto found = TRY(find_newest_vault(folder));
    return found.file.work.has_value();
}

Result<std::optional<TokenSeal>> Vault::needs_token(const fs::path& folder) {
    auto found = TRY(find_newest_vault(folder));
    return std::move(found.file.token);
}

Result<void> Vault::forget(const Forgetting& what) {
    auto contents = next();
    TRY(forget_all(contents.words, what.words));
    TRY(forget_all(contents.documents, what.documents));
    if (!covers_any(words(), what.words) && !covers_any(documents(), what.documents)) {
        return destroy_others();
    }
    auto lock = TRY(next_lock());
    return replace(std::move(contents), std::move(lock));
}

Result<void> Vault::reseal(const VaultSealing& sealing) {
    auto lock = TRY(next_lock(sealing));
    return replace(next(), std::move(lock));
}

Result<void> Vault::renew() {
    auto lock = TRY(next_lock());
    return replace(next(), std::move(lock));
}

Result<std::size_t> Vault::clear(VaultToken& token) const {
    const auto ids = TRY(keys_in(token, contents_.ledger, generation()));
    std::size_t destroyed = 0;
    for (const auto& id : ids) {
        if (!key_.token() || id != key_.token()->id) {
            TRY(token.destroy(id));
            ++destroyed;
        }
    }
    return destroyed;
}

VaultContents Vault::next() const {
    return {contents_.ledger, contents_.generation + 1, contents_.words.clone(),
            contents_.documents.clone()};
}

Result<Vault::Lock> Vault::lock_for(const VaultSealing& sealing, const TokenKeyId& id,
                                    std::uint64_t since, Random& random) {
    const auto salt = salt_from(random);
    if (const auto* in = std::get_if<SealedByToken>(&sealing)) {
        auto file_key = root_from(random);
        auto key = TRY(VaultKey::make(in->token, id, since, std::move(file_key)));
        return Lock{std::move(key), &in->token};
    }
    const auto* const phrase = std::get_if<SealedByPassphrase>(&sealing);
    auto key =
        TRY(phrase != nullptr ? VaultKey::make(*phrase, salt) : VaultKey::make(Unsealed{}, salt));
    return Lock{std::move(key), nullptr};
}

Result<Vault::Lock> Vault::next_lock(const VaultSealing& sealing) const {
    // Before a token is asked for a key that no file would ever name.
    TRY(expect_known());
    const auto generation = contents_.generation + 1;
    const auto* const in = std::get_if<SealedByToken>(&sealing);
    if (in != nullptr) {
        TRY(keys_in(in->token, contents_.ledger, contents_.generation));
    }
    const bool stays = in != nullptr && token() && token()->token == in->token.name();
    const auto id = id_for(sealing, contents_.ledger, generation, random_);
    return lock_for(sealing, id, stays ? token()->since : generation, random_);
}

Result<Vault::Lock> Vault::next_lock() const {
    if (token_ != nullptr) {
        return next_lock(SealedByToken{*token_});
    }
    TRY(expect_known());
    return Lock{key_.clone(), nullptr};
}

Result<void> Vault::expect_known() const {
    if (is_poisoned_) {
        return Error{Fault::unavailable,
                     "a write of the vault failed, and what is on the disk is unknown",
                     "open the ledger again."};
    }
    return done();
}

Result<void> Vault::replace(VaultContents contents, Lock lock) {
    auto written = write(contents, lock);
    if (!written.ok()) {
        is_poisoned_ = true;
        return written;
    }
    auto* const left = token_;
    contents_ = std::move(contents);
    key_ = std::move(lock.key);
    token_ = lock.token;
    auto destroyed = destroy_others();
    if (destroyed.ok() && left != nullptr && left != token_) {
        const auto cleared = clear(*left);
        destroyed = cleared.ok() ? done() : Result<void>(cleared.error());
    }
    if (!destroyed.ok()) {
        return std::move(destroyed).error().explain(
            "the vault is now generation {}, but an older file or key of it could not be destroyed",
            generation());
    }
    return done();
}

Result<void> Vault::write(const VaultContents& contents, const Lock& lock) {
    Nonce nonce;
    random_.fill(nonce.bytes);
    const auto bytes = vault_bytes(contents, lock.key, nonce);
    const auto path = folder_ / vault_file_name(contents.generation);
    TRY(write_durably(path, bytes, Access::owner));
    // What stands before it is about to be destroyed, so look that this one can take its place.
    const auto found = TRY(read_vault_generation(folder_, contents.generation));
    if (lock.token != nullptr) {
        const auto again = TRY(VaultKey::of(found.file, *lock.token));
        TRY(open_vault(found.file, again));
    } else {
        TRY(open_vault(found.file, lock.key));
    }
    digest_ = found.digest;
    return done();
}

// Every other file of this vault, and every other key in its token: older generations, newer ones
// that were cut short, and what a write left that never got its name. All may hold seeds that are
// to be forgotten.
Result<void> Vault::destroy_others() const {
    const auto names = TRY(list_folder(folder_));
    for (const auto& name : names) {
        const auto found = vault_generation_in(name);
        if (is_vault_leftover(name) || (found && *found != generation())) {
            TRY(destroy(folder_ / name));
        }
    }
    if (token_ != nullptr) {
        TRY(clear(*token_));
    }
    return done();
}

}  // namespace wsoa
