#pragma once

#include "cli/command.h"

namespace wsoa {

// Writes a completion script for a shell.
CommandSpec completion_command();

}  // namespace wsoa
