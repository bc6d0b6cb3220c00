#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa evidence submit | accept | reject | ask: an item handed in, and what another person finds.
CommandSpec evidence_submit_command();
CommandSpec evidence_accept_command();
CommandSpec evidence_reject_command();
CommandSpec evidence_ask_command();

}  // namespace wsoa
