#pragma once

#include "cli/command.h"

namespace wsoa {

CommandSpec dispose_command();

}  // namespace wsoa
