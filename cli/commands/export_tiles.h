#pragma once

#include "cli/command.h"

namespace wsoa {

// Writes the ledger as a log that any web server can publish.
CommandSpec export_tiles_command();

}  // namespace wsoa
