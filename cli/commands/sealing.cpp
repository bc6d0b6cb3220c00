#include "cli/commands/sealing.h"

#include "cli/passphrase.h"
#include "ledger/keys/key_file.h"

#include <fmt/format.h>

namespace wsoa {

Result<std::string> private_key_file(const MemorySigner& signer,
                                     const std::optional<Secret>& passphrase, Random& random) {
    Bytes salt_and_iv(32);
    random.fill(salt_and_iv);
    return write_private_key(signer, passphrase, salt_and_iv);
}

OptionSpec new_passphrase_option() {
    return {.name = "new-passphrase-file",
            .value = "FILE",
            .help = "where the new passphrase stands, if not where the old one does"};
}

Result<Secret> passphrase_from_now_on(const Invocation& given, const Surroundings& around,
                                      std::string_view what) {
    const auto file = given.find("new-passphrase-file");
    return new_passphrase({.file = file ? file : given.find("passphrase-file"),
                           .variables = around.variables,
                           .terminal = around.terminal},
                          fmt::format("{} from now on", what));
}

}  // namespace wsoa
