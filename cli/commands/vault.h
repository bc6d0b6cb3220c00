#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows the vault's generation, how it is sealed, and which spares of it are known.
CommandSpec vault_show_command();
// Writes a spare of it, for a safe.
CommandSpec vault_spare_command();
// Destroys a spare, and takes it off the list.
CommandSpec vault_destroy_spare_command();
// Puts a spare in its place, whose passphrase was forgotten or which is lost.
CommandSpec vault_recover_command();

}  // namespace wsoa
