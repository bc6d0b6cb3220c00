#pragma once

#include "cli/arguments.h"
#include "cli/command.h"

#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What `wsoa help` prints: every command under its group, and the topics.
std::string help_overview(const CommandTable& commands, const Style& style);

// A command's usage, words, options with their environment variables, an example and the exit
// codes.
std::string help_of(const CommandSpec& command, const Details& details, const Style& style);

// What was asked for with --help; a family lists its commands.
std::string help_wanted(const CommandTable& commands, const HelpWanted& wanted, const Style& style);

// The pages beside those of the commands: exit-codes, environment, passphrases, accessibility.
std::vector<std::string> help_topics();
// Empty for a topic that there is not.
std::string help_topic(const CommandTable& commands, std::string_view topic, const Style& style);

}  // namespace wsoa
