#pragma once

#include "cli/exit.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/variables.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

struct Invocation;
struct Surroundings;

// Under which heading `wsoa help` lists a command, in this order.
enum class Group : std::uint8_t { recording, looking, checking, running, about };
std::string_view heading_of(Group group);

enum class Presence : std::uint8_t { optional, required };
enum class Repeat : std::uint8_t { once, many };

// One --option of a command. All of it is shown by --help and offered by completion.
struct OptionSpec {
    std::string name;        // without the hyphens: "percent"
    std::string value = {};  // what stands for its value: "N"; empty for a flag
    std::string help = {};
    Presence presence = Presence::optional;
    Repeat repeat = Repeat::once;
    std::string variable = {};              // environment variable that can take its place
    std::vector<std::string> choices = {};  // if not empty, the only values taken

    bool is_flag() const { return value.empty(); }
};

// One word after a command. Those that may be absent stand last, and only the last may repeat.
struct WordSpec {
    std::string name;  // in capitals: "ACTION"
    std::string help = {};
    Presence presence = Presence::required;
    Repeat repeat = Repeat::once;
    std::vector<std::string> choices = {};
};

// What a command's first word adds to it: `record progressRecorded` has that kind's fields.
struct Details {
    std::string help = {};     // of the command with this word
    std::string example = {};  // takes the place of the command's own
    std::vector<OptionSpec> options = {};
};

// One command of the program, as data: parser, help, completion and manual all read this table.
//
// A name of two words ("keys new") is a command of a family; a family itself is no command. Names
// of options and words are each other's and the global options' rivals: the same name twice is a
// contradiction in the program.
struct CommandSpec {
    std::string name;
    Group group = Group::looking;
    std::string help;     // one sentence, from a verb in lower case, without a full stop
    std::string example;  // one or more whole command lines
    std::vector<WordSpec> words = {};
    std::vector<OptionSpec> options = {};
    // Further options by the first word. That word must then stand before them.
    std::function<Result<Details>(std::string_view first_word)> details = {};
    // Text that --help adds at its end, such as a list of what the first word may be.
    std::function<std::string()> notes = {};
    std::function<Result<Exit>(const Invocation&, Surroundings&)> run = {};
};

// Every command, in the order in which help lists them within their group.
using CommandTable = std::vector<CommandSpec>;

// What a command is given beside its invocation. All of it is borrowed.
struct Surroundings {
    Output& output;
    const Terminal& terminal;
    const Variables& variables;
    const CommandTable& commands;
    // How long a command waits for whoever writes the ledger.
    std::chrono::milliseconds patience{5'000};
};

// The command with that name; null if there is none.
const CommandSpec* find_command(const CommandTable& commands, std::string_view name);
// The first word of a name of two, and the second; the second is empty for a name of one.
std::string_view family_of(std::string_view name);
std::string_view member_of(std::string_view name);
// Whether any command's name begins with this word and goes on.
bool is_family(const CommandTable& commands, std::string_view word);

// Options that every command takes, before or after its name.
const std::vector<OptionSpec>& global_options();

// "--percent N", and "wsoa progress ACTION --percent N [options]".
std::string form_of(const OptionSpec& option);
std::string usage_of(const CommandSpec& command, const std::vector<OptionSpec>& more);

}  // namespace wsoa
