#pragma once

#include "cli/command.h"

namespace wsoa {

// Writes the proof that an event is in the ledger.
CommandSpec prove_command();

}  // namespace wsoa
