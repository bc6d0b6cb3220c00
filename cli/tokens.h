#pragma once

#include "cli/arguments.h"
#include "ledger/store/token.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

struct PassphraseSources;

// The PKCS#11 tokens that a command works with: the module that --token-module or
// WSOA_TOKEN_MODULE names, and each token logged in to once. What is borrowed outlives them.
class Tokens {
public:
    Tokens(const Invocation& given, const Surroundings& around) : given_(given), around_(around) {}
    Tokens(const Tokens&) = delete;
    Tokens& operator=(const Tokens&) = delete;

    // `invalid` if no module was named; else as TokenModule and Token have it. The PIN comes from
    // the option where it was given, or from where --pin-file and its like have it.
    Result<Token*> open(const TokenName& wanted, std::string_view pin_option = "pin-file");
    // Whether a token could be opened without a person at the terminal.
    bool can_open_without_asking() const;

private:
    PassphraseSources pin_sources(std::string_view pin_option) const;

    const Invocation& given_;
    const Surroundings& around_;
    std::unique_ptr<TokenModule> module_;
    std::vector<std::unique_ptr<Token>> tokens_;
};

}  // namespace wsoa
