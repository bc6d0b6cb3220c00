#pragma once

#include "cli/arguments.h"
#include "ledger/base/environment.h"
#include "ledger/keys/signature.h"

#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// What every command that writes a private key shares.

// A key file under the passphrase, or in clear without one; salt and IV are drawn.
Result<std::string> private_key_file(const MemorySigner& signer,
                                     const std::optional<Secret>& passphrase, Random& random);

// --new-passphrase-file.
OptionSpec new_passphrase_option();

// The passphrase that is to open `what` from now on: from --new-passphrase-file, or from where the
// present one comes. As new_passphrase.
Result<Secret> passphrase_from_now_on(const Invocation& given, const Surroundings& around,
                                      std::string_view what);

}  // namespace wsoa
