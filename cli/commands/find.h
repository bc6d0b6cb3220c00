#pragma once

#include "cli/command.h"

namespace wsoa {

// Looks for a text in the words of events.
CommandSpec find_command();

}  // namespace wsoa
