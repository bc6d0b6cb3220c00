#include "tests/support/soft_token.h"

#include "tests/support/changes.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

namespace wsoa::test {

SoftTokens::SoftTokens() {
    const char* const before = std::getenv("SOFTHSM2_CONF");
    pointed_before_ = before == nullptr ? "" : before;
    std::filesystem::create_directory(files());
    std::ofstream(configuration()) << "directories.tokendir = " << files().string()
                                   << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    std::ofstream(pin_file()) << pin << '\n';
    CHECK(::setenv("SOFTHSM2_CONF", configuration().c_str(), 1) == 0);
    add(label);
}

SoftTokens::~SoftTokens() {
    // Set to nothing it counts as not set.
    ::setenv("SOFTHSM2_CONF", pointed_before_.c_str(), 1);
}

void SoftTokens::add(const std::string& name) const {
    const auto command = fmt::format(
        "softhsm2-util --init-token --free --label '{}' --so-pin so-5678 --pin '{}' > /dev/null",
        name, pin);
    CHECK(std::system(command.c_str()) == 0);
}

std::map<std::string, std::string, std::less<>> SoftTokens::variables() const {
    return {{"WSOA_TOKEN_MODULE", module},
            {"WSOA_PIN_COMMAND", fmt::format("cat '{}'", pin_file().string())}};
}

std::unique_ptr<SoftTokens::LoggedIn> SoftTokens::log_in(const std::string& name) const {
    auto in = std::make_unique<LoggedIn>();
    in->module = must(TokenModule::load(module));
    in->token = must(Token::open(*in->module, {.label = name, .serial = {}}, [](const auto&) {
        return Result<Secret>(Secret(bytes_of(pin)));
    }));
    return in;
}

}  // namespace wsoa::test
