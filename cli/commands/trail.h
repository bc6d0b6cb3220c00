#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows every event about a subject.
CommandSpec trail_command();

}  // namespace wsoa
