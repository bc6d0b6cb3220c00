#pragma once

#include "cli/command.h"

namespace wsoa {

// wsoa evidence link | unlink | renew | stale | supersede: what an item shows, and for how long.
CommandSpec evidence_link_command();
CommandSpec evidence_unlink_command();
CommandSpec evidence_renew_command();
CommandSpec evidence_stale_command();
CommandSpec evidence_supersede_command();

}  // namespace wsoa
