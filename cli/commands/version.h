#pragma once

#include "cli/command.h"

namespace wsoa {

// Says which version of the program this is.
CommandSpec version_command();

}  // namespace wsoa
