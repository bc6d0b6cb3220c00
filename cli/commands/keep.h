#pragma once

#include "cli/command.h"

namespace wsoa {

CommandSpec keep_command();

}  // namespace wsoa
