#include "cli/help.h"

#include "cli/render/text.h"
#include "ledger/base/check.h"
#include "ledger/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace wsoa {
namespace {

constexpr std::size_t column = 26;  // where explanations begin
constexpr std::array<Group, 5> groups{Group::recording, Group::looking, Group::checking,
                                      Group::running, Group::about};

// "  --percent N             how far it is, in percent": the left part on a line of its own where
// it is too long.
std::string entry(std::string_view left, std::string_view right, const Style& style) {
    auto line = fmt::format("  {}", left);
    if (style.is_accessible) {
        return fmt::format("{}: {}\n", line, right);
    }
    if (width_of(line) + 2 > column) {
        line += '\n' + std::string(column, ' ');
    } else {
        line.append(column - width_of(line), ' ');
    }
    return line + hanging(right, column, style.width) + '\n';
}

std::string heading(std::string_view text, const Style& style) {
    return fmt::format("\n{}\n", painted(text, Colour::bold, style));
}

std::string paragraph(std::string_view text, const Style& style) {
    return hanging(text, 0, style.width) + '\n';
}

std::string sentence(std::string_view text) {
    return text.empty() || text.ends_with('.') ? std::string(text) : fmt::format("{}.", text);
}

std::string explained(const OptionSpec& option) {
    auto text = option.help;
    if (!option.choices.empty()) {
        text +=
            fmt::format("{}one of {}", text.empty() ? "" : ": ", fmt::join(option.choices, ", "));
    }
    std::vector<std::string> remarks;
    if (option.presence == Presence::required) {
        remarks.emplace_back("required");
    }
    if (option.repeat == Repeat::many) {
        remarks.emplace_back("may be repeated");
    }
    if (!option.variable.empty()) {
        remarks.push_back("or " + option.variable);
    }
    return remarks.empty() ? text : fmt::format("{} ({})", text, fmt::join(remarks, ", "));
}

std::string entries(const std::vector<OptionSpec>& options, const Style& style) {
    std::string block;
    for (const auto& option : options) {
        block += entry(form_of(option), explained(option), style);
    }
    return block;
}

std::string indented(std::string_view lines) {
    std::string block;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        block += fmt::format("  {}\n", lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return block;
}

std::string exit_codes_in_short() {
    std::vector<std::string> codes;
    for (const auto& meaning : exit_meanings()) {
        codes.push_back(fmt::format("{} {}", code_of(meaning.exit), meaning.name));
    }
    return fmt::format("Exit codes: {}. See \"wsoa help exit-codes\".", fmt::join(codes, ", "));
}

std::string commands_of(const CommandTable& commands, std::string_view family, const Style& style) {
    std::string block;
    for (const auto& command : commands) {
        if (family_of(command.name) == family) {
            block += entry(command.name, command.help, style);
        }
    }
    return block;
}

std::string exit_codes_page(const Style& style) {
    std::string page = "What the program's exit code says. 0 is never given after a failure.\n\n";
    for (const auto& meaning : exit_meanings()) {
        page += entry(fmt::format("{:<4}{}", code_of(meaning.exit), meaning.name), meaning.sentence,
                      style);
    }
    return page;
}

std::string environment_page(const CommandTable& commands, const Style& style) {
    std::map<std::string, std::string> variables{
        {"ACCESSIBLE", "1 asks for output that reads well aloud: see \"wsoa help accessibility\""},
        {"COLUMNS", "the width of text where standard output is not a terminal"},
        {"CREDENTIALS_DIRECTORY",
         "the systemd credentials wsoa-passphrase and wsoa-pin are looked for there"},
        {"NO_COLOR", "if set and not empty, no colours"},
        {"TERM", "dumb: no colours, nothing drawn over, shapes in ASCII"},
        {"WSOA_PASSPHRASE_COMMAND", "a command that prints the passphrase"},
        {"WSOA_PASSPHRASE_FD", "the number of an open descriptor that gives the passphrase"},
        {"WSOA_PIN_COMMAND", "a command that prints the PIN of a token"},
        {"WSOA_PIN_FD", "the number of an open descriptor that gives the PIN of a token"},
        {"WSOA_SPARE_PASSPHRASE_COMMAND", "the same for the passphrase of a spare of the vault"},
        {"WSOA_SPARE_PASSPHRASE_FD", "the same for the passphrase of a spare of the vault"},
    };
    const auto add = [&](const std::vector<OptionSpec>& options) {
        for (const auto& option : options) {
            if (!option.variable.empty()) {
                variables.emplace(option.variable,
                                  fmt::format("{} (as --{})", option.help, option.name));
            }
        }
    };
    add(global_options());
    for (const auto& command : commands) {
        add(command.options);
    }
    std::string page = "Environment variables. One that is empty counts as not set.\n\n";
    for (const auto& [name, meaning] : variables) {
        page += entry(name, meaning, style);
    }
    return page;
}

std::string passphrases_page(const Style& style) {
    return paragraph(
        "A key file is opened with a passphrase. It is looked for in this order; the first way "
        "that "
        "is set decides.\n\n"
        "1. --passphrase-file FILE\n"
        "2. WSOA_PASSPHRASE_COMMAND, a command that prints it\n"
        "3. WSOA_PASSPHRASE_FD, an open descriptor that gives it\n"
        "4. the systemd credential wsoa-passphrase\n"
        "5. the terminal, where it is typed without being shown\n\n"
        "It is never an argument, because every user of the machine can read those. One line break "
        "at its end is not part of it, and it cannot be empty.\n\n"
        "The PIN of a token that seals the vault is looked for in the same way: --pin-file FILE, "
        "WSOA_PIN_COMMAND, WSOA_PIN_FD, the systemd credential wsoa-pin, the terminal; never where "
        "the token or its reader takes it.\n\n"
        "A spare of the vault has a passphrase of its own. It is looked for in the same way, under "
        "--spare-passphrase-file, WSOA_SPARE_PASSPHRASE_COMMAND, WSOA_SPARE_PASSPHRASE_FD and the "
        "credential wsoa-spare-passphrase.",
        style);
}

std::string accessibility_page(const Style& style) {
    return paragraph(
        "Ratings are always a word and a shape; colour only helps. Colours are the terminal's own "
        "sixteen, and there are none where NO_COLOR is set, TERM is dumb, or output is not a "
        "terminal.\n\n"
        "ACCESSIBLE=1 suits screen readers: tables become lines with the label before the value, "
        "and nothing is drawn over. --progress lines tells how far a long command is in whole "
        "lines, one each tenth.\n\n"
        "No question is asked where nobody can answer it: off a terminal, every answer has an "
        "option.",
        style);
}

}  // namespace

std::string help_overview(const CommandTable& commands, const Style& style) {
    std::string page =
        "wsoa keeps a ledger of what was promised, done and shown, that anyone can check.\n\n"
        "Usage: wsoa COMMAND [options]\n";
    for (const auto group : groups) {
        std::string block;
        for (const auto& command : commands) {
            if (command.group == group) {
                block += entry(command.name, command.help, style);
            }
        }
        page += block.empty() ? std::string{} : heading(heading_of(group), style) + block;
    }
    page += heading("Options of every command", style) + entries(global_options(), style) + '\n';
    return page +
           paragraph(fmt::format("\"wsoa COMMAND --help\" explains a command. Further pages: "
                                 "wsoa help {}.",
                                 fmt::join(help_topics(), ", ")),
                     style);
}

std::string help_of(const CommandSpec& command, const Details& details, const Style& style) {
    auto page = paragraph(fmt::format("wsoa {}: {}", command.name, sentence(command.help)), style);
    if (!details.help.empty()) {
        page += paragraph(sentence(details.help), style);
    }
    page +=
        fmt::format("\nUsage: {}\n", hanging(usage_of(command, details.options), 9, style.width));
    if (!command.words.empty()) {
        page += '\n';
        for (const auto& word : command.words) {
            page += entry(word.name, word.help, style);
        }
    }
    if (!command.options.empty() || !details.options.empty()) {
        page += heading("Options", style);
        page += entries(details.options, style) + entries(command.options, style);
    }
    page += heading("Options of every command", style) + entries(global_options(), style);
    page += heading("Example", style);
    page += indented(details.example.empty() ? command.example : details.example);
    if (command.notes) {
        page += '\n' + command.notes();
    }
    return page + '\n' + paragraph(exit_codes_in_short(), style);
}

std::string help_wanted(const CommandTable& commands, const HelpWanted& wanted,
                        const Style& style) {
    if (wanted.command.empty()) {
        return help_overview(commands, style);
    }
    const auto* const command = find_command(commands, wanted.command);
    if (command != nullptr) {
        return help_of(*command, wanted.details.value_or(Details{}), style);
    }
    CHECK(is_family(commands, wanted.command));
    return fmt::format("Usage: wsoa {} COMMAND [options]\n\n{}", wanted.command,
                       commands_of(commands, wanted.command, style));
}

std::vector<std::string> help_topics() {
    return {"exit-codes", "environment", "passphrases", "accessibility"};
}

std::string help_topic(const CommandTable& commands, std::string_view topic, const Style& style) {
    if (topic == "exit-codes") {
        return exit_codes_page(style);
    }
    if (topic == "environment") {
        return environment_page(commands, style);
    }
    if (topic == "passphrases") {
        return passphrases_page(style);
    }
    return topic == "accessibility" ? accessibility_page(style) : std::string{};
}

}  // namespace wsoa
