#include "cli/command.h"

#include "ledger/base/check.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa {

std::string_view heading_of(Group group) {
    switch (group) {
        case Group::recording: return "Recording";
        case Group::looking: return "Looking";
        case Group::checking: return "Checking";
        case Group::running: return "Running the ledger";
        case Group::about: return "About the program";
    }
    CHECK(false);
}

const CommandSpec* find_command(const CommandTable& commands, std::string_view name) {
    const auto found = std::ranges::find(commands, name, &CommandSpec::name);
    return found == commands.end() ? nullptr : &*found;
}

std::string_view family_of(std::string_view name) { return name.substr(0, name.find(' ')); }

std::string_view member_of(std::string_view name) {
    const auto space = name.find(' ');
    return space == std::string_view::npos ? std::string_view{} : name.substr(space + 1);
}

bool is_family(const CommandTable& commands, std::string_view word) {
    return std::ranges::any_of(commands, [&](const CommandSpec& command) {
        return family_of(command.name) == word && !member_of(command.name).empty();
    });
}

const std::vector<OptionSpec>& global_options() {
    static const std::vector<OptionSpec> options{
        {.name = "ledger",
         .value = "DIR",
         .help = "the folder that holds the ledger",
         .variable = "WSOA_LEDGER"},
        {.name = "key",
         .value = "FILE",
         .help = "the file that holds your signing key",
         .variable = "WSOA_KEY"},
        {.name = "passphrase-file",
         .value = "FILE",
         .help = "a file that holds the passphrase; see \"wsoa help passphrases\" for other ways"},
        {.name = "ledger-passphrase-file",
         .value = "FILE",
         .help = "the same for the ledger's own key and vault, if it is another one"},
        {.name = "token-module",
         .value = "FILE",
         .help = "the PKCS#11 module of the token that the vault is sealed by",
         .variable = "WSOA_TOKEN_MODULE"},
        {.name = "pin-file",
         .value = "FILE",
         .help = "a file that holds the PIN of that token; see \"wsoa help passphrases\""},
        {.name = "json", .help = "answer in JSON, one object a line"},
        {.name = "quiet", .help = "say nothing but the answer and failures"},
        {.name = "progress",
         .value = "HOW",
         .help = "how to show the progress of long commands",
         .choices = {"bar", "lines", "none"}},
        {.name = "help", .help = "explain the command"},
        {.name = "version", .help = "say which version this is"},
    };
    return options;
}

std::string form_of(const OptionSpec& option) {
    return option.is_flag() ? "--" + option.name
                            : fmt::format("--{} {}", option.name, option.value);
}

std::string usage_of(const CommandSpec& command, const std::vector<OptionSpec>& more) {
    auto usage = "wsoa " + command.name;
    for (const auto& word : command.words) {
        const auto* const form = word.presence == Presence::required ? " {}{}" : " [{}{}]";
        usage +=
            fmt::format(fmt::runtime(form), word.name, word.repeat == Repeat::many ? " ..." : "");
    }
    bool has_optional = false;
    for (const auto* options : {&command.options, &more}) {
        for (const auto& option : *options) {
            if (option.presence == Presence::required) {
                usage += " " + form_of(option) + (option.repeat == Repeat::many ? " ..." : "");
            } else {
                has_optional = true;
            }
        }
    }
    return usage + (has_optional || command.details ? " [options]" : "");
}

}  // namespace wsoa
