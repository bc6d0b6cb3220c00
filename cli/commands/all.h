#pragma once

#include "cli/command.h"

namespace wsoa {

// Every command of the program, in the order in which help lists them.
CommandTable all_commands();

}  // namespace wsoa
