#pragma once

#include "cli/command.h"

namespace wsoa {

// Enrols a person with a key of theirs and grants them a role.
CommandSpec enrol_command();

}  // namespace wsoa
