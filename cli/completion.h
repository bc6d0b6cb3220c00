#pragma once

#include "cli/command.h"

#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// The shells that a completion script can be made for.
std::vector<std::string> completion_shells();

// A script for the shell to read, made from the table: it offers commands, words and options as
// they were when it was made, and files for values. `invalid` for an unknown shell.
Result<std::string> completion_script(std::string_view shell, const CommandTable& commands);

}  // namespace wsoa
