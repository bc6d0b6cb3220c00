#pragma once

#include "cli/command.h"

namespace wsoa {

// Says what waits for the holder of the key, and what is open.
CommandSpec status_command();

}  // namespace wsoa
