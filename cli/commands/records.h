#pragma once

#include "cli/command.h"

namespace wsoa {

// What records management enters: holds, requests for erasure and their decisions, how long things
// are kept, and mistakes beside the correct fact. `wsoa erase` and `wsoa dispose` carry out.
CommandSpec hold_place_command();
CommandSpec hold_release_command();
CommandSpec erasure_request_command();
CommandSpec erasure_decide_command();
CommandSpec retention_set_command();
CommandSpec retention_approve_command();
CommandSpec rectify_command();

}  // namespace wsoa
