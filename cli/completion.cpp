#include "cli/completion.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa {
namespace {

using Strings = std::vector<std::string>;

// A text in single quotes, as sh, fish and zsh read them alike.
std::string in_shell_quotes(std::string_view text) {
    std::string literal = "'";
    for (const char letter : text) {
        literal += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    }
    return literal + "'";
}

Strings option_forms(const std::vector<OptionSpec>& options) {
    Strings forms;
    for (const auto& option : options) {
        forms.push_back("--" + option.name);
    }
    return forms;
}

Strings words_after(const CommandTable& commands, std::string_view family) {
    Strings words;
    for (const auto& command : commands) {
        const auto word = family.empty()                      ? family_of(command.name)
                          : family_of(command.name) == family ? member_of(command.name)
                                                              : "";
        if (!word.empty() && std::ranges::find(words, word) == words.end()) {
            words.emplace_back(word);
        }
    }
    return words;
}

// What can follow a command's name: its options, and its first word where there is a choice.
Strings offers_of(const CommandSpec& command) {
    auto offers = option_forms(command.options);
    if (!command.words.empty()) {
        const auto& choices = command.words.front().choices;
        offers.insert(offers.end(), choices.begin(), choices.end());
    }
    return offers;
}

// "--ledger|--key": the options of any command after which a value comes.
std::string value_options(const CommandTable& commands) {
    Strings forms;
    const auto add = [&](const std::vector<OptionSpec>& options) {
        for (const auto& option : options) {
            const auto form = "--" + option.name;
            if (!option.is_flag() && std::ranges::find(forms, form) == forms.end()) {
                forms.push_back(form);
            }
        }
    };
    add(global_options());
    for (const auto& command : commands) {
        add(command.options);
    }
    return fmt::format("{}", fmt::join(forms, "|"));
}

std::string bash_cases(const CommandTable& commands) {
    std::string cases =
        fmt::format("        '') offers={} ;;\n",
                    in_shell_quotes(fmt::format("{}", fmt::join(words_after(commands, ""), " "))));
    for (const auto& word : words_after(commands, "")) {
        if (is_family(commands, word)) {
            cases += fmt::format(
                "        {}) offers={} ;;\n", in_shell_quotes(word),
                in_shell_quotes(fmt::format("{}", fmt::join(words_after(commands, word), " "))));
        }
    }
    for (const auto& command : commands) {
        cases +=
            fmt::format("        {0}|{1}) offers={2} ;;\n", in_shell_quotes(command.name),
                        in_shell_quotes(command.name + " ") + "*",
                        in_shell_quotes(fmt::format("{}", fmt::join(offers_of(command), " "))));
    }
    return cases;
}

// The words so far without options and their values name the command.
std::string bash_script(const CommandTable& commands) {
    return fmt::format(
        R"(# Completion of wsoa for bash. Read it with: source <(wsoa completion bash)
_wsoa() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
    local so_far='' offers='' i
    case "$before" in
        {0}) compopt -o default; COMPREPLY=(); return ;;
    esac
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case "${{COMP_WORDS[i]}}" in
            {0}) ((++i)) ;;
            -*) ;;
            *) so_far="${{so_far:+$so_far }}${{COMP_WORDS[i]}}" ;;
        esac
    done
    case "$so_far" in
{1}    esac
    if [[ "$current" == -* ]]; then
        offers="$offers {2}"
    fi
    mapfile -t COMPREPLY < <(compgen -W "$offers" -- "$current")
    if ((${{#COMPREPLY[@]}} == 0)); then
        compopt -o default
    fi
}}
complete -F _wsoa wsoa
)",
        value_options(commands), bash_cases(commands),
        fmt::join(option_forms(global_options()), " "));
}

std::string zsh_script(const CommandTable& commands) {
    return "#compdef wsoa\n# Completion of wsoa for zsh. Read it with: source <(wsoa completion "
           "zsh)\n"
           "autoload -U +X bashcompinit && bashcompinit\n" +
           bash_script(commands);
}

std::string fish_option(const OptionSpec& option, std::string_view condition) {
    auto line = fmt::format("complete -c wsoa{} -l {} -d {}", condition, option.name,
                            in_shell_quotes(option.help));
    if (!option.is_flag()) {
        line += " -r";
    }
    if (!option.choices.empty()) {
        line += " -f -a " + in_shell_quotes(fmt::format("{}", fmt::join(option.choices, " ")));
    }
    return line + '\n';
}

std::string fish_script(const CommandTable& commands) {
    std::string script =
        "# Completion of wsoa for fish. Read it with: wsoa completion fish | source\n"
        "complete -c wsoa -n __fish_use_subcommand -f\n";
    for (const auto& option : global_options()) {
        script += fish_option(option, "");
    }
    for (const auto& command : commands) {
        const auto family = std::string(family_of(command.name));
        const auto member = std::string(member_of(command.name));
        const auto seen = fmt::format("__fish_seen_subcommand_from {}", family);
        script += fmt::format("complete -c wsoa -n {} -f -a {} -d {}\n",
                              member.empty() ? "__fish_use_subcommand" : in_shell_quotes(seen),
                              member.empty() ? family : member, in_shell_quotes(command.help));
        const auto within =
            member.empty() ? seen
                           : fmt::format("{}; and __fish_seen_subcommand_from {}", seen, member);
        for (const auto& option : command.options) {
            script += fish_option(option, fmt::format(" -n {}", in_shell_quotes(within)));
        }
        if (!command.words.empty() && !command.words.front().choices.empty()) {
            script += fmt::format(
                "complete -c wsoa -n {} -f -a {}\n", in_shell_quotes(within),
                in_shell_quotes(fmt::format("{}", fmt::join(command.words.front().choices, " "))));
        }
    }
    for (const auto& word : words_after(commands, "")) {
        if (is_family(commands, word)) {
            script += fmt::format("complete -c wsoa -n __fish_use_subcommand -f -a {}\n", word);
        }
    }
    return script;
}

}  // namespace

std::vector<std::string> completion_shells() { return {"bash", "zsh", "fish"}; }

Result<std::string> completion_script(std::string_view shell, const CommandTable& commands) {
    if (shell == "bash") {
        return bash_script(commands);
    }
    if (shell == "zsh") {
        return zsh_script(commands);
    }
    if (shell == "fish") {
        return fish_script(commands);
    }
    return error(Fault::invalid, "there is no completion for the shell \"{}\"", shell)
        .advise(fmt::format("it is one of: {}.", fmt::join(completion_shells(), ", ")));
}

}  // namespace wsoa
