#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows what differs of a plan between two days.
CommandSpec diff_command();

}  // namespace wsoa
