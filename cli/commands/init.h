#pragma once

#include "cli/command.h"

namespace wsoa {

// Makes a ledger.
CommandSpec init_command();

}  // namespace wsoa
