#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa pack: what an inspector carries away, as one file that proves itself.
CommandSpec pack_command();

}  // namespace wsoa
