#pragma once

#include "cli/command.h"

namespace wsoa {

// Sets up a guard on a machine that has none of the ledger.
CommandSpec guard_adopt_command();
// Shows what the guard vouches for.
CommandSpec guard_show_command();

}  // namespace wsoa
