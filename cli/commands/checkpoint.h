#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows the newest signed checkpoint.
CommandSpec checkpoint_command();

}  // namespace wsoa
