#include "cli/tokens.h"

#include "cli/passphrase.h"

namespace wsoa {

PassphraseSources Tokens::pin_sources(std::string_view pin_option) const {
    const auto own = given_.find(pin_option);
    return {.file = own ? own : given_.find("pin-file"),
            .variables = around_.variables,
            .terminal = around_.terminal,
            .names = pin_names};
}

bool Tokens::can_open_without_asking() const {
    return given_.has("token-module") && pin_sources("pin-file").has_one_without_asking();
}

Result<Token*> Tokens::open(const TokenName& wanted, std::string_view pin_option) {
    for (const auto& token : tokens_) {
        const auto& name = token->name();
        if (name.label == wanted.label && (wanted.serial.empty() || name == wanted)) {
            return token.get();
        }
    }
    if (!module_) {
        const auto path = given_.find("token-module");
        if (!path) {
            return error(Fault::invalid, "the token {} is reached by no module", wanted.str())
                .advise(
                    "name the PKCS#11 module that came with it with --token-module FILE, or set "
                    "WSOA_TOKEN_MODULE");
        }
        module_ = TRY(TokenModule::load(*path));
    }
    auto token = TRY(Token::open(*module_, wanted, [&](const TokenName& name) {
        return read_passphrase(pin_sources(pin_option), fmt::format("the token {}", name.str()));
    }));
    tokens_.push_back(std::move(token));
    return tokens_.back().get();
}

}  // namespace wsoa
