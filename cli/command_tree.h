#pragma once

#include "cli/command.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// Sorts the arguments of one line into command, words and options, without judging them: what is
// required, repeated, mistyped or too much is for parse_arguments to say.
class CommandTree {
public:
    // `extended` is the command that has the further options; null for none. The table outlives the
    // tree. An option's name that is given twice is a contradiction in the program.
    CommandTree(const CommandTable& commands, std::span<const std::string> arguments,
                const CommandSpec* extended, const std::vector<OptionSpec>& further);
    ~CommandTree();
    CommandTree(const CommandTree&) = delete;
    CommandTree& operator=(const CommandTree&) = delete;

    // The command that was named; null if none was.
    const CommandSpec* command() const;
    // The command's or family's first word; empty if none was named.
    std::string family() const;
    std::vector<std::string> words() const;
    std::vector<std::string> values(std::string_view option) const;
    // What had no place, in no particular order.
    std::vector<std::string> strays() const;
    // Why the line could not be read to its end; empty if it could.
    const std::string& problem() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace wsoa
