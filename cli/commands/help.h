#pragma once

#include "cli/command.h"

namespace wsoa {

// Explains a command or a topic.
CommandSpec help_command();

}  // namespace wsoa
