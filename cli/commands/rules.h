#pragma once

#include "cli/command.h"

namespace wsoa {

// Explains the rules: all of them, one, or those about a kind of change.
CommandSpec rules_command();

}  // namespace wsoa
