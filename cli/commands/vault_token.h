#pragma once

#include "cli/command.h"

namespace wsoa {

// Moves the vault into a PKCS#11 token, from one to another, or back under the passphrase.
CommandSpec vault_seal_command();
// Destroys what a move that was cut short left in a token.
CommandSpec vault_clear_command();

}  // namespace wsoa
