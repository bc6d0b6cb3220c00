#include "ledger/store/vault.h"

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_start = "vault-";
constexpr std::string_view name_end = ".wsoa";
// What files.h calls the unfinished file beside one of ours.
constexpr std::string_view leftover_start = ".vault-";
constexpr std::string_view leftover_end = ".tmp";
constexpr int read_tries_max = 5;

std::string name_of_file(std::uint64_t generation) {
    return fmt::format("{}{}{}", name_start, generation, name_end);
}

// Null for a name that is not a vault file's.
std::optional<std::uint64_t> generation_in(std::string_view name) {
    if (!name.starts_with(name_start) || !name.ends_with(name_end)) {
        return std::nullopt;
    }
    const auto digits = name.substr(name_start.size());
    std::uint64_t generation = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), generation);
    if (name != name_of_file(generation)) {
        return std::nullopt;
    }
    return generation;
}

// From the newest to the oldest.
Result<std::vector<std::uint64_t>> generations_in(const fs::path& folder) {
    const auto names = TRY(list_folder(folder));
    std::vector<std::uint64_t> generations;
    for (const auto& name : names) {
        if (const auto generation = generation_in(name)) {
            generations.push_back(*generation);
        }
    }
    std::ranges::sort(generations, std::greater<>());
    return generations;
}

struct Found {
    VaultFile file;
    Hash digest;
};

Result<Found> read_generation(const fs::path& folder, std::uint64_t generation) {
    const auto path = folder / name_of_file(generation);
    const auto bytes = TRY(read_file(path, vault_file_bytes_max));
    auto file = VaultFile::read(bytes);
    if (!file.ok()) {
        return std::move(file).error().explain("reading {}", path.string());
    }
    if (file.value().generation != generation) {
        return error(Fault::distrusted, "{} was renamed: it is generation {} of a vault",
                     path.string(), file.value().generation);
    }
    return Found{std::move(file).value(), sha256(bytes)};
}

// The newest generation that is a whole file.
//
// Older seeds must never take the place of newer ones, or what was erased would come back. A newer
// file is passed over only if its own hash says that it is not what was written. Then no forgetting
// was ever reported from it: it is read back before the older file is destroyed, and success is
// reported after that, so that beside a generation on which anyone relies there is no older one
// left to fall back on. A whole file that the passphrase does not open, or of another ledger or
// version, is an error instead: it may be the only one that forgot. (An older file that somebody
// puts beside a damaged newer one is for the ledger to find out, by its last erasure.)
Result<Found> find_newest(const fs::path& folder) {
    const auto generations = TRY(generations_in(folder));
    if (generations.empty()) {
        return error(Fault::missing, "there is no vault in {}", folder.string());
    }
    std::optional<Error> first;
    for (const auto generation : generations) {
        auto found = read_generation(folder, generation);
        if (found.ok() || found.error().fault != Fault::corrupt) {
            return found;
        }
        if (!first) {
            first = found.error();
        }
    }
    return std::move(*first).advise("Put the newest copy of the vault in its place.");
}

struct Opened {
    VaultContents contents;
    VaultKey key;
    Hash digest;
};

Result<Opened> open_newest(const fs::path& folder, const Hash& ledger,
                           const std::optional<Secret>& passphrase) {
    const auto found = TRY(find_newest(folder));
    if (found.file.ledger != ledger) {
        return error(Fault::distrusted, "the vault in {} is another ledger's", folder.string());
    }
    auto key = TRY(VaultKey::of(found.file, passphrase));
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
    const auto generations = TRY(generations_in(folder));
    if (!generations.empty()) {
        return error(Fault::conflict, "there is a vault in {} already", folder.string());
    }
    auto key = TRY(VaultKey::make(sealing, salt_from(random)));
    auto words_root = root_from(random);
    auto documents_root = root_from(random);
    auto contents = VaultContents::fresh(ledger, std::move(words_root), std::move(documents_root));
    std::unique_ptr<Vault> vault(new Vault(folder, std::move(contents), std::move(key), random));
    TRY(vault->write(vault->contents_, vault->key_));
    TRY(vault->destroy_others());
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder, const Hash& ledger,
                                           const std::optional<Secret>& passphrase,
                                           Random& random) {
    auto opened = TRY(open_newest(folder, ledger, passphrase));
    std::unique_ptr<Vault> vault(
        new Vault(folder, std::move(opened.contents), std::move(opened.key), random));
    vault->digest_ = opened.digest;
    // The name of what was found may be in the machine's memory only, if the sync of an earlier
    // writer failed; until it is durable, the older file is all that a power cut would leave.
    TRY(sync_folder(folder));
    TRY(vault->destroy_others());
    return vault;
}

Result<VaultRead> Vault::read(const fs::path& folder, const Hash& ledger,
                              const std::optional<Secret>& passphrase) {
    for (int tries = 1;; ++tries) {
        auto opened = open_newest(folder, ledger, passphrase);
        if (opened.ok()) {
            return VaultRead{.contents = std::move(opened.value().contents),
                             .digest = opened.value().digest};
        }
        // A writer that forgets destroys the older file between our listing it and our reading it;
        // then the newer one is there.
        if (opened.error().fault != Fault::missing || tries == read_tries_max) {
            return opened.error();
        }
    }
}

Result<std::unique_ptr<Vault>> Vault::recover(const fs::path& folder, VaultContents contents,
                                              const VaultSealing& sealing, Random& random) {
    const auto generations = TRY(generations_in(folder));
    if (!generations.empty()) {
        const auto found = find_newest(folder);
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
    auto key = TRY(VaultKey::make(sealing, salt_from(random)));
    std::unique_ptr<Vault> vault(new Vault(folder, std::move(contents), std::move(key), random));
    TRY(vault->write(vault->contents_, vault->key_));
    TRY(vault->destroy_others());
    return vault;
}

Result<VaultLook> Vault::look(const fs::path& folder) {
    const auto found = TRY(find_newest(folder));
    return VaultLook{.ledger = found.file.ledger,
                     .generation = found.file.generation,
                     .digest = found.digest,
                     .is_sealed = found.file.work.has_value()};
}

Result<bool> Vault::needs_passphrase(const fs::path& folder) {
    const auto found = TRY(find_newest(folder));
    return found.file.work.has_value();
}

Result<void> Vault::forget(const Forgetting& what) {
    auto contents = next();
    TRY(forget_all(contents.words, what.words));
    TRY(forget_all(contents.documents, what.documents));
    if (!covers_any(words(), what.words) && !covers_any(documents(), what.documents)) {
        return destroy_others();
    }
    auto key = key_.clone();
    return replace(std::move(contents), std::move(key));
}

Result<void> Vault::reseal(const VaultSealing& sealing) {
    auto key = TRY(VaultKey::make(sealing, salt_from(random_)));
    return replace(next(), std::move(key));
}

Result<void> Vault::renew() {
    auto key = key_.clone();
    return replace(next(), std::move(key));
}

VaultContents Vault::next() const {
    return {contents_.ledger, contents_.generation + 1, contents_.words.clone(),
            contents_.documents.clone()};
}

Result<void> Vault::replace(VaultContents contents, VaultKey key) {
    if (is_poisoned_) {
        return Error{Fault::unavailable,
                     "a write of the vault failed, and what is on the disk is unknown",
                     "Open the ledger again."};
    }
    auto written = write(contents, key);
    if (!written.ok()) {
        is_poisoned_ = true;
        return written;
    }
    contents_ = std::move(contents);
    key_ = std::move(key);
    auto destroyed = destroy_others();
    if (!destroyed.ok()) {
        return std::move(destroyed).error().explain(
            "the vault is now generation {}, but an older file of it could not be destroyed",
            generation());
    }
    return done();
}

Result<void> Vault::write(const VaultContents& contents, const VaultKey& key) {
    Nonce nonce;
    random_.fill(nonce.bytes);
    const auto bytes = vault_bytes(contents, key, nonce);
    const auto path = folder_ / name_of_file(contents.generation);
    TRY(write_durably(path, bytes, Access::owner));
    // What stands before it is about to be destroyed, so look that this one can take its place.
    const auto found = TRY(read_generation(folder_, contents.generation));
    TRY(open_vault(found.file, key));
    digest_ = found.digest;
    return done();
}

// Every other file of this vault: older generations, newer ones that were cut short, and what a
// write left that never got its name. All may hold seeds that are to be forgotten.
Result<void> Vault::destroy_others() const {
    const auto names = TRY(list_folder(folder_));
    for (const auto& name : names) {
        const auto found = generation_in(name);
        const bool is_leftover = name.starts_with(leftover_start) && name.ends_with(leftover_end);
        if (is_leftover || (found && *found != generation())) {
            TRY(destroy(folder_ / name));
        }
    }
    return done();
}

}  // namespace wsoa
