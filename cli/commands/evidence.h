#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa evidence add | get | check | list | show: documents in, out, and looked after.
CommandSpec evidence_add_command();
CommandSpec evidence_get_command();
CommandSpec evidence_check_command();
CommandSpec evidence_list_command();
CommandSpec evidence_show_command();

}  // namespace wsoa
