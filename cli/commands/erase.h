#pragma once

#include "cli/command.h"

namespace wsoa {

CommandSpec erase_command();

}  // namespace wsoa
