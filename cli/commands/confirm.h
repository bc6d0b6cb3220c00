#pragma once

#include "cli/command.h"

namespace wsoa {

// Confirms what waits for a second person: an enrolment, a grant, a key, a rating.
CommandSpec confirm_command();

}  // namespace wsoa
