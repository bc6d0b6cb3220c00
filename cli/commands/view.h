#pragma once

#include "cli/command.h"

namespace wsoa {

// Shows the tables of a plan: ratings, measures, evidence, changes and the others.
CommandSpec view_command();

}  // namespace wsoa
