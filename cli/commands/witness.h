#pragma once

#include "cli/command.h"

namespace wsoa {

// A witness: what it is made of, what it cosigns, and what it has seen.
CommandSpec witness_init_command();
CommandSpec witness_cosign_command();
CommandSpec witness_show_command();
CommandSpec witness_serve_command();

// The ledger's side: asking a witness, and keeping what it answered.
CommandSpec witness_request_command();
CommandSpec witness_add_command();
CommandSpec witness_ask_command();

}  // namespace wsoa
