#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa evidence redact: a copy without what may not be shown, tied to its original.
CommandSpec evidence_redact_command();

}  // namespace wsoa
