#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa timestamp request | add | list: the word of an authority outside that a checkpoint was there
// at a time (RFC 3161).
CommandSpec timestamp_request_command();
CommandSpec timestamp_add_command();
CommandSpec timestamp_list_command();

}  // namespace wsoa
