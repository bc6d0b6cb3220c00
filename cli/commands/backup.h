#pragma once

#include "cli/command.h"

namespace wsoa {

CommandSpec backup_command();
CommandSpec restore_command();

}  // namespace wsoa
