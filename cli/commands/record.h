#pragma once

#include "cli/command.h"

namespace wsoa {

// Records a change of any kind, or a file of them.
CommandSpec record_command();

}  // namespace wsoa
