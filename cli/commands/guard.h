#pragma once

#include "cli/command.h"

namespace wsoa {

// Sets up a guard on a machine that has none of the ledger.
CommandSpec guard_adopt_command();
// Puts events back into a store that is older than its guard.
CommandSpec guard_restore_command();
// Shows what the guard vouches for.
CommandSpec guard_show_command();
CommandSpec guard_withdraw_command();

}  // namespace wsoa
