#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa evidence trail: through whose hands an item has gone.
CommandSpec evidence_trail_command();

}  // namespace wsoa
