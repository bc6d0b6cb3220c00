#pragma once

#include "ledger/store/token_module.h"

#include <functional>
#include <memory>

namespace wsoa {

// A PKCS#11 token that we are logged in to as its user, until this goes.
//
// A file key is encrypted by CKM_AES_CBC (docs/decisions/0023) under a key that is sensitive, not
// extractable and was made in the token. One thread at a time.
class Token final : public VaultToken {
public:
    // Asked once the token was found, and only if it has no way of its own to take a PIN.
    using AskPin = std::function<Result<Secret>(const TokenName&)>;

    // The errors are those of TokenModule::find, of whoever is asked, and token_error's. The module
    // outlives the token.
    static Result<std::unique_ptr<Token>> open(const TokenModule& module, const TokenName& wanted,
                                               const AskPin& ask_pin);
    ~Token() override;
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    const TokenName& name() const override { return name_; }
    Result<WrappedKey> wrap_under_new_key(const TokenKeyId& id, const Secret& file_key) override;
    Result<Secret> unwrap(const TokenKeyId& id, const WrappedKey& wrapped) override;
    Result<std::vector<TokenKeyId>> keys_of(const Hash& ledger) override;
    Result<void> destroy(const TokenKeyId& id) override;

private:
    Token(ck_function_list& functions, TokenName name, unsigned long session)
        : functions_(functions), name_(std::move(name)), session_(session) {}
    Result<std::vector<unsigned long>> find_keys(const TokenKeyId* id);
    Result<std::vector<unsigned long>> found_keys();
    Result<void> expect_locked_in(unsigned long key);

    ck_function_list& functions_;
    TokenName name_;
    unsigned long session_;
};

}  // namespace wsoa
