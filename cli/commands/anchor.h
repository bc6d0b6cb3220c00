#pragma once

#include "cli/command.h"

namespace wsoa {

CommandSpec anchor_command();

}  // namespace wsoa
