#pragma once

#include "cli/command.h"

namespace wsoa {

// Strikes an entry that was mistyped.
CommandSpec correct_command();

}  // namespace wsoa
