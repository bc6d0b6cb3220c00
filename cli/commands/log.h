#pragma once

#include "cli/command.h"

namespace wsoa {

// Lists the log, or writes the bytes that a third party checks.
CommandSpec log_command();

}  // namespace wsoa
