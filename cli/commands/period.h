#pragma once

#include "cli/command.h"

namespace wsoa {

// Commits what a plan is at the ledger's present size, so that later everybody can tell whether it
// was what the board's papers said.
CommandSpec period_close_command();
// Says what each closed period of a plan committed, and whether the events still give it.
CommandSpec period_check_command();

}  // namespace wsoa
