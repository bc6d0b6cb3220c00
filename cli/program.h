#pragma once

#include "cli/command.h"

#include <span>
#include <string>

namespace wsoa {

// What the process was started with. Borrowed.
struct Start {
    std::span<const std::string> arguments;  // without the program's name
    const Variables& variables;
    Descriptors streams;
};

// The whole program: reads the line, runs the command, tells its failure. An exception that got
// past a library's home ends here, as a sentence and could_not.
Exit run_program(const CommandTable& commands, const Start& start);

}  // namespace wsoa
