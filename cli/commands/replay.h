#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows a plan as it stood on a day, as it was known on a day.
CommandSpec replay_command();

}  // namespace wsoa
