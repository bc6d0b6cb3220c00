// What opens the vault: a passphrase, a token, or nothing.

#include "cli/desk.h"

namespace wsoa {

Result<VaultUnlock> Desk::unlock_vault(const LedgerFolder& where) {
    const auto seal = TRY(Vault::needs_token(where.keys()));
    if (seal) {
        auto* const token = TRY(tokens_.open(seal->token));
        return VaultUnlock(*token);
    }
    const auto is_sealed = TRY(Vault::needs_passphrase(where.keys()));
    if (is_sealed) {
        vault_passphrase_ = TRY(passphrase_for_ledger());
    }
    return VaultUnlock(vault_passphrase_);
}

Result<bool> Desk::can_unlock_vault(const LedgerFolder& where) {
    const auto seal = Vault::needs_token(where.keys());
    if (!seal.ok() && seal.error().fault == Fault::missing) {
        // As after a restore without it; events and proofs stand without the words.
        output().note("There is no vault here, so that words are not shown");
        return false;
    }
    const auto token = TRY(Result<std::optional<TokenSeal>>(seal));
    if (token) {
        if (!tokens_.can_open_without_asking()) {
            output().note(fmt::format(
                "The vault is sealed by a key in the token {}, so that words are not shown; name "
                "its module with --token-module and give its PIN with --pin-file",
                token->token.str()));
            return false;
        }
        return true;
    }
    const auto is_sealed = TRY(Vault::needs_passphrase(where.keys()));
    if (is_sealed && !has_passphrase_source() && !given_.has("ledger-passphrase-file")) {
        output().note(
            "The vault is sealed, so that words are not shown; "
            "give its passphrase with --passphrase-file");
        return false;
    }
    return true;
}

Result<std::optional<TokenSeal>> Desk::vault_token() {
    if (vault_) {
        return vault_->token();
    }
    if (!given_.find("ledger")) {
        return std::optional<TokenSeal>{};
    }
    const auto where = TRY(folder());
    auto seal = Vault::needs_token(where.keys());
    if (!seal.ok() && seal.error().fault == Fault::missing) {
        return std::optional<TokenSeal>{};
    }
    return seal;
}

}  // namespace wsoa
