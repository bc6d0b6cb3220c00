#pragma once

#include "cli/command.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wsoa {

// What was asked for: a command, and a value or none for each option and word that it has. To ask
// for a name that the command does not have is a contradiction in the program.
struct Invocation {
    std::string command;  // "keys new"
    // By name: "percent" for --percent, "ACTION" for a word; a flag that was given has one value.
    std::map<std::string, std::vector<std::string>, std::less<>> values;

    bool has(std::string_view name) const { return !all(name).empty(); }
    // Null where it was not given.
    std::optional<std::string> find(std::string_view name) const;
    // Of what is required: the parser has seen to it that it is there.
    const std::string& value(std::string_view name) const;
    // In the order given.
    const std::vector<std::string>& all(std::string_view name) const;
};

// Help was asked for: of the whole program, of a family, or of a command.
struct HelpWanted {
    std::string command = {};  // empty for the whole
    std::optional<Details> details = {};
};

using Parsed = std::variant<Invocation, HelpWanted>;

// Reads the arguments after the program's name. Options may stand before and after the command and
// its words; a value that begins with a hyphen is written --option=value; after "--" all are words.
// An option that is not given is taken from its environment variable.
//
// What is wrong is `invalid`, and names the first thing on the line that cannot be taken before
// anything that lacks: who mistypes --text is told so, not that --text is missing. A word or option
// within two edits is offered instead.
Result<Parsed> parse_arguments(const CommandTable& commands, std::span<const std::string> arguments,
                               const Variables& variables);

// How to speak, from a line that need not be right: also a usage error must come as JSON.
Manner manner_of(std::span<const std::string> arguments);

}  // namespace wsoa
