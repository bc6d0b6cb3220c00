#pragma once

#include "cli/command.h"

namespace wsoa {

// Hands the ledger's signature over to a new key, once another founder confirms.
CommandSpec keys_rotate_ledger_command();
// Puts the ledger's own key and vault under a passphrase, or another one.
CommandSpec keys_seal_ledger_command();
CommandSpec vault_passphrase_command();

}  // namespace wsoa
