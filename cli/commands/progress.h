#pragma once

#include "cli/command.h"

namespace wsoa {

// Records progress on an action.
CommandSpec progress_command();

}  // namespace wsoa
