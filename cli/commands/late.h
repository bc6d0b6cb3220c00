#pragma once

#include "cli/command.h"

namespace wsoa {

// Lists what was recorded after the day on which it was true.
CommandSpec late_command();

}  // namespace wsoa
