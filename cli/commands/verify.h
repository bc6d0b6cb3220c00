#pragma once

#include "cli/command.h"

namespace wsoa {

// Checks a ledger, event by event, and says what was and was not checked.
CommandSpec verify_command();

}  // namespace wsoa
