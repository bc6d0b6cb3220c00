#pragma once

#include "ledger/base/sha256.h"
#include "ledger/keys/key_file.h"
#include "ledger/store/spares.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace wsoa::test {

// A ledger's keys folder whose passphrase is "first", spares of it under "spare", and its recovery
// under "second". The work of each passphrase is small.
class SpareStage {
public:
    SpareStage() : key_(MemorySigner::from_seed(Secret(Bytes(32, 7))).value()) {}

    const Hash& ledger() const { return ledger_; }
    KeyId key() const { return key_->key(); }

    Result<void> found(const LedgerFolder& folder, Random& random) const {
        TRY(Vault::create(folder.keys(), ledger_, under("first"), random));
        return write_durably(folder.ledger_key(), bytes_of(pem_under("first")), Access::owner);
    }
    Result<std::unique_ptr<Vault>> open(const LedgerFolder& folder, std::string_view passphrase,
                                        Random& random) const {
        return Vault::open(folder.keys(), ledger_, phrase(passphrase), random);
    }
    Result<KnownSpare> write(const LedgerFolder& folder, const Vault& vault,
                             const std::filesystem::path& path,
                             const Environment& environment) const {
        return write_spare(folder,
                           {.path = path,
                            .ledger = ledger_,
                            .vault = vault,
                            .ledger_key = key(),
                            .key_pem = pem_under("spare"),
                            .sealing = under("spare")},
                           environment);
    }
    Result<Recovered> recover(const LedgerFolder& folder, const std::filesystem::path& path,
                              const KeyId& signing_key, Random& random) const {
        const auto bytes = TRY(read_file(path, spare_bytes_max));
        const auto file = TRY(SpareFile::read(bytes));
        // The key without the work of its own passphrase, which would be most of a test's time.
        const auto vault_key = TRY(VaultKey::of(file.vault, phrase("spare")));
        auto contents = TRY(open_vault(file.vault, vault_key));
        SpareContents spare{.vault = std::move(contents),
                            .key = MemorySigner::from_seed(Secret(Bytes(32, 7))).value()};
        const auto pem = pem_under("second");
        return recover_from_spare(folder,
                                  {.spare = std::move(spare),
                                   .signing_key = signing_key,
                                   .generation = 0,
                                   .sealing = under("second"),
                                   .key_pem = pem},
                                  random);
    }
    // The key that the ledger's key file holds.
    static Result<KeyId> key_file(const LedgerFolder& folder, std::string_view passphrase) {
        const auto bytes = TRY(read_file(folder.ledger_key(), 10'000));
        const auto signer = TRY(read_private_key(text_of(bytes), phrase(passphrase)));
        return signer->key();
    }
    // The key of some word, by which one vault is told from another.
    static Bytes a_word(const Vault& vault) {
        return copy_of(vault.words().derive(LeafIndex{812 * 64 + 3}).value().view());
    }

    // The ledger's key file under one of the passphrases, always the same bytes.
    std::string pem_under(std::string_view passphrase) const {
        auto& pem = pems_[std::string(passphrase)];
        if (pem.empty()) {
            pem = write_private_key(*key_, phrase(passphrase), Bytes(32, 9)).value();
        }
        return pem;
    }

private:
    static std::optional<Secret> phrase(std::string_view text) { return Secret(bytes_of(text)); }
    static SealedByPassphrase under(std::string_view passphrase) {
        return {.passphrase = Secret(bytes_of(passphrase)), .cost = {4, 8, 1}};
    }
    Hash ledger_ = sha256(bytes_of("ledger"));
    std::unique_ptr<MemorySigner> key_;
    mutable std::map<std::string, std::string, std::less<>> pems_;
};

}  // namespace wsoa::test
