#pragma once

#include "cli/command.h"

namespace wsoa {

// Enrols a person with a key of theirs and grants them a role.
CommandSpec enrol_command();
// Gives somebody who is enrolled another key.
CommandSpec keys_enrol_command();

}  // namespace wsoa
