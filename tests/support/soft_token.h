#pragma once

#include "ledger/store/token.h"
#include "tests/support/temp_folder.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace wsoa::test {

// SoftHSM's tokens in a folder of a test's own, to which this process is pointed by SOFTHSM2_CONF
// until they go. The token "council" is there from the beginning.
class SoftTokens {
public:
    SoftTokens();
    ~SoftTokens();
    SoftTokens(const SoftTokens&) = delete;
    SoftTokens& operator=(const SoftTokens&) = delete;

    static constexpr auto module = "/usr/lib/softhsm/libsofthsm2.so";
    static constexpr auto label = "council";
    static constexpr auto pin = "1234-open";

    // Another token, with the same PIN.
    void add(const std::string& label) const;
    // A file that holds the PIN.
    std::filesystem::path pin_file() const { return folder_ / "pin"; }
    // What the program's environment says of the module and the PIN.
    std::map<std::string, std::string, std::less<>> variables() const;
    // The module, and who is logged in to one of its tokens. One at a time in a process.
    struct LoggedIn {
        std::unique_ptr<TokenModule> module;
        std::unique_ptr<Token> token;
    };
    std::unique_ptr<LoggedIn> log_in(const std::string& label = SoftTokens::label) const;
    // Where the tokens' own files lie.
    std::filesystem::path files() const { return folder_ / "tokens"; }
    std::filesystem::path configuration() const { return folder_ / "softhsm2.conf"; }

private:
    std::string pointed_before_;
    TempFolder folder_;
};

}  // namespace wsoa::test
