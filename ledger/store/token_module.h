#pragma once

#include "ledger/evidence/vault_token.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ck_function_list;  // PKCS#11's table of functions, as p11-kit's header names it

namespace wsoa {

// What a PKCS#11 function answered if it was not CKR_OK, in words: what we were doing, the answer's
// name or number, and what to do about it. `distrusted` for a PIN that is refused, `missing` for a
// token or key that is gone, otherwise `unavailable`.
Error token_error(std::string_view doing, unsigned long answer);

// A PKCS#11 module (v2.40): the shared library by which its maker lets programs reach tokens.
//
// One at a time in a process, since a module is initialised once. It outlives the tokens that are
// opened in it.
class TokenModule {
public:
    // Loads the library and initialises it. `missing` if there is no such file; `invalid` if it is
    // no PKCS#11 module; else as token_error.
    static Result<std::unique_ptr<TokenModule>> load(const std::filesystem::path& path);
    // The same of functions that are in the process already, and stay there.
    static Result<std::unique_ptr<TokenModule>> start(ck_function_list& functions,
                                                      std::string name);
    ~TokenModule();
    TokenModule(const TokenModule&) = delete;
    TokenModule& operator=(const TokenModule&) = delete;

    // A token that is plugged in and was given a label and PIN.
    struct Plugged {
        unsigned long slot = 0;
        TokenName name;
        // Whether the PIN is typed on the token or its reader, and not given by us.
        bool has_pin_pad = false;
    };
    Result<std::vector<Plugged>> tokens() const;
    // The token of that label. Of several with the same label the one with the serial; a single one
    // of another serial serves too, since what a token holds can have been copied to another, as
    // its maker allows. `missing` if there is none, and the advice lists which there are;
    // `conflict` if the serial does not tell several apart.
    Result<Plugged> find(const TokenName& wanted) const;

    ck_function_list& functions() const { return *functions_; }
    const std::string& name() const { return name_; }

private:
    struct Close {
        void operator()(void* library) const;
    };
    using Library = std::unique_ptr<void, Close>;

    TokenModule(ck_function_list& functions, std::string name)
        : functions_(&functions), name_(std::move(name)) {}

    // The library goes after what was initialised in it.
    Library library_;
    ck_function_list* functions_;
    std::string name_;
};

}  // namespace wsoa
