#pragma once

#include "cli/command.h"

namespace wsoa {

// Proposes a rating of an action's delivery or an area's impact.
CommandSpec rate_command();

}  // namespace wsoa
