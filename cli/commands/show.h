#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows the plans, one plan, one action, or the people as they stand today.
CommandSpec show_command();

}  // namespace wsoa
