#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa hold list, wsoa retention due: what may not go, and what is due to.
CommandSpec hold_list_command();
CommandSpec retention_due_command();

}  // namespace wsoa
