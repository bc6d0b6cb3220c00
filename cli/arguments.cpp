#include "cli/arguments.h"

#include "cli/command_tree.h"
#include "ledger/event/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace wsoa {
namespace {

using Strings = std::vector<std::string>;

bool is_option(std::string_view argument) { return argument.size() > 1 && argument[0] == '-'; }

std::string suggestion(std::string_view typed, const Strings& candidates, std::string_view prefix) {
    const auto near = nearest(typed, candidates);
    return near ? fmt::format("did you mean {}{}? ", prefix, *near) : std::string{};
}

// Something on the line that cannot be taken, and where it stands.
struct Culprit {
    std::size_t at = 0;
    Error error;
};

ProgressForm progress_form_of(std::string_view how) {
    return how == "bar"     ? ProgressForm::bar
           : how == "lines" ? ProgressForm::lines
           : how == "none"  ? ProgressForm::none
                            : ProgressForm::automatic;
}

// Reads one line against the table.
class LineReader {
public:
    LineReader(const CommandTable& commands, std::span<const std::string> arguments,
               const Variables& variables)
        : commands_(commands), arguments_(arguments), variables_(variables) {}

    Result<Parsed> read() {
        sort(nullptr, {});
        command_ = tree_->command();
        if (!tree_->values("version").empty()) {
            auto given = TRY(version());
            return Parsed{std::move(given)};
        }
        if (command_ == nullptr) {
            return without_command();
        }
        const auto details = TRY(details_of_first_word());
        if (details) {
            further_ = details->options;
            sort(command_, further_);
        }
        if (!tree_->values("help").empty()) {
            return Parsed{HelpWanted{command_->name, details}};
        }
        if (const auto culprit = first_culprit()) {
            return culprit->error;
        }
        Invocation given{command_->name, {}};
        TRY(take_words(given));
        TRY(take_options(given));
        return Parsed{std::move(given)};
    }

private:
    void sort(const CommandSpec* extended, const std::vector<OptionSpec>& further) {
        tree_ = std::make_unique<CommandTree>(commands_, arguments_, extended, further);
    }

    // What the line so far would be called: "wsoa keys new".
    std::string called() const {
        if (command_ != nullptr) {
            return "wsoa " + command_->name;
        }
        return tree_->family().empty() ? "wsoa" : "wsoa " + tree_->family();
    }

    std::string see_help() const {
        return command_ == nullptr ? "\"wsoa help\" lists all commands."
                                   : fmt::format("see \"{} --help\".", called());
    }

    std::vector<const OptionSpec*> options() const {
        std::vector<const OptionSpec*> all;
        const auto add = [&](const std::vector<OptionSpec>& table) {
            for (const auto& option : table) {
                all.push_back(&option);
            }
        };
        if (command_ != nullptr) {
            add(command_->options);
        }
        add(further_);
        add(global_options());
        return all;
    }

    Result<Invocation> version() {
        command_ = find_command(commands_, "version");
        CHECK(command_ != nullptr);
        Invocation given{command_->name, {}};
        TRY(take_options(given));
        return given;
    }

    Result<Parsed> without_command() const {
        if (const auto culprit = first_culprit()) {
            return culprit->error;
        }
        const auto family = tree_->family();
        if (!tree_->values("help").empty()) {
            return Parsed{HelpWanted{family, {}}};
        }
        if (family.empty()) {
            return Error{Fault::invalid, "no command was given"}.advise(see_help());
        }
        return error(Fault::invalid, "\"wsoa {}\" lacks its second word", family)
            .advise(fmt::format("it is one of: {}.", fmt::join(next_words(), ", ")));
    }

    // What could stand where the command, or its second word, is expected.
    Strings next_words() const {
        const auto family = tree_->family();
        Strings names;
        for (const auto& command : commands_) {
            const auto name = family.empty()                      ? family_of(command.name)
                              : family_of(command.name) == family ? member_of(command.name)
                                                                  : std::string_view{};
            if (!name.empty() && std::ranges::find(names, name) == names.end()) {
                names.emplace_back(name);
            }
        }
        return names;
    }

    // Null where there is no such word yet, or where an option before it is unknown without it.
    Result<std::optional<Details>> details_of_first_word() const {
        const auto words = tree_->words();
        if (!command_->details || words.empty()) {
            return std::optional<Details>{};
        }
        const auto stray = first_stray();
        const auto at = std::ranges::find(arguments_, words.front()) - arguments_.begin();
        if (stray && stray->at < static_cast<std::size_t>(at)) {
            return std::optional<Details>{};
        }
        TRY(check_word(command_->words.front(), words.front()));
        auto details = TRY(command_->details(words.front()));
        return std::optional(std::move(details));
    }

    std::optional<Culprit> first_culprit() const {
        auto stray = first_stray();
        auto lame = first_lame_option();
        if (stray && lame) {
            return stray->at <= lame->at ? stray : lame;
        }
        if (stray || lame || tree_->problem().empty()) {
            return stray ? stray : lame;
        }
        return Culprit{
            0, error(Fault::invalid, "the command line cannot be read: {}", tree_->problem())};
    }

    // The first of what CLI11 had no place for.
    std::optional<Culprit> first_stray() const {
        const auto strays = tree_->strays();
        const auto found = std::ranges::find_if(arguments_, [&](const std::string& argument) {
            return std::ranges::find(strays, argument) != strays.end();
        });
        if (found == arguments_.end()) {
            return std::nullopt;
        }
        const auto at = static_cast<std::size_t>(found - arguments_.begin());
        return Culprit{at, is_option(*found) ? unknown_option(*found) : unknown_word(*found)};
    }

    Error unknown_option(std::string_view argument) const {
        const auto typed = argument.substr(0, argument.find('='));
        Strings names;
        for (const auto* option : options()) {
            names.push_back(option->name);
        }
        const bool may_stand_later = command_ != nullptr && command_->details && further_.empty();
        const auto place = may_stand_later ? fmt::format("Put the {} before its options. ",
                                                         command_->words.front().name)
                                           : std::string{};
        const auto bare = typed.substr(std::min(typed.find_first_not_of('-'), typed.size()));
        return error(Fault::invalid, "\"{}\" has no option {}", called(), typed)
            .advise(suggestion(bare, names, "--") + place + see_help());
    }

    Error unknown_word(std::string_view word) const {
        if (command_ != nullptr) {
            return surplus(word);
        }
        const auto family = tree_->family();
        const auto before = family.empty() ? std::string{} : family + " ";
        return error(Fault::invalid, "there is no command \"{}{}\"", before, word)
            .advise(suggestion(word, next_words(), "wsoa " + before) + see_help());
    }

    Error surplus(std::string_view word) const {
        return error(Fault::invalid, "\"{}\" takes no further word \"{}\"", called(), word)
            .advise("a text with spaces stands in quotes. Usage: " + usage_of(*command_, further_));
    }

    // The first option with a value too many, an empty one, or none. CLI11 would take the next
    // option for the value.
    std::optional<Culprit> first_lame_option() const {
        for (std::size_t i = 0; i < arguments_.size() && arguments_[i] != "--"; ++i) {
            const std::string_view argument = arguments_[i];
            if (argument == "++") {
                // CLI11 ends a command with it, and would not say so.
                return Culprit{
                    i, error(Fault::invalid, "\"++\" stands for nothing here").advise(see_help())};
            }
            const auto equals = argument.find('=');
            const auto* const option = option_named(argument.substr(0, equals));
            if (option == nullptr) {
                continue;
            }
            if (equals != std::string_view::npos) {
                if (option->is_flag()) {
                    return Culprit{i, error(Fault::invalid, "--{} takes no value", option->name)};
                }
                if (equals + 1 == argument.size()) {
                    return Culprit{i, without_value(*option)};
                }
            } else if (!option->is_flag()) {
                ++i;
                if (i == arguments_.size() || arguments_[i].starts_with("--")) {
                    return Culprit{i - 1, without_value(*option)};
                }
            }
        }
        return std::nullopt;
    }

    static Error without_value(const OptionSpec& option) {
        return error(Fault::invalid, "--{} has no value", option.name)
            .advise(fmt::format("write {}; a value that begins with a hyphen is written --{}=-....",
                                form_of(option), option.name));
    }

    const OptionSpec* option_named(std::string_view argument) const {
        if (!argument.starts_with("--")) {
            return nullptr;
        }
        const auto all = options();
        const auto found = std::ranges::find(all, argument.substr(2), &OptionSpec::name);
        return found == all.end() ? nullptr : *found;
    }

    Result<void> check_word(const WordSpec& word, const std::string& value) const {
        if (word.choices.empty() || std::ranges::find(word.choices, value) != word.choices.end()) {
            return done();
        }
        return error(Fault::invalid, "there is no {} \"{}\"", word.name, value)
            .advise(suggestion(value, word.choices, "") + see_help());
    }

    Result<void> take_words(Invocation& given) const {
        const auto words = tree_->words();
        std::size_t taken = 0;
        for (const auto& spec : command_->words) {
            auto& values = given.values[spec.name];
            while (taken < words.size() && (values.empty() || spec.repeat == Repeat::many)) {
                TRY(check_word(spec, words[taken]));
                values.push_back(words[taken]);
                ++taken;
            }
            if (values.empty() && spec.presence == Presence::required) {
                return error(Fault::invalid, "the {} is missing: {}", spec.name, spec.help)
                    .advise(example());
            }
        }
        return taken < words.size() ? Result<void>(surplus(words[taken])) : done();
    }

    Result<void> take_options(Invocation& given) const {
        for (const auto* spec : options()) {
            auto values = tree_->values(spec->name);
            if (spec->is_flag() && !values.empty()) {
                values.resize(1);
            }
            if (values.empty() && !spec->variable.empty()) {
                if (const auto value = variables_.find(spec->variable)) {
                    values.push_back(*value);
                }
            }
            if (values.size() > 1 && spec->repeat == Repeat::once) {
                return error(Fault::invalid, "--{} is given {} times", spec->name, values.size())
                    .advise("it can be given once. " + see_help());
            }
            if (values.empty() && spec->presence == Presence::required) {
                return error(Fault::invalid, "--{} is missing: {}", spec->name, spec->help)
                    .advise(example());
            }
            for (const auto& value : values) {
                TRY(check_choice(*spec, value));
            }
            given.values.emplace(spec->name, std::move(values));
        }
        return done();
    }

    Result<void> check_choice(const OptionSpec& option, const std::string& value) const {
        const auto& choices = option.choices;
        if (choices.empty() || std::ranges::find(choices, value) != choices.end()) {
            return done();
        }
        return error(Fault::invalid, "--{} cannot be \"{}\"", option.name, value)
            .advise(fmt::format("{}it is one of: {}.", suggestion(value, choices, ""),
                                fmt::join(choices, ", ")));
    }

    std::string example() const {
        const std::string_view all = command_->example;
        return fmt::format("For example: {}\n{}", all.substr(0, all.find('\n')), see_help());
    }

    const CommandTable& commands_;
    std::span<const std::string> arguments_;
    const Variables& variables_;
    std::unique_ptr<CommandTree> tree_;
    const CommandSpec* command_ = nullptr;
    std::vector<OptionSpec> further_;
};

}  // namespace

const std::vector<std::string>& Invocation::all(std::string_view name) const {
    const auto found = values.find(name);
    CHECK(found != values.end());
    return found->second;
}

std::optional<std::string> Invocation::find(std::string_view name) const {
    const auto& given = all(name);
    return given.empty() ? std::nullopt : std::optional(given.front());
}

const std::string& Invocation::value(std::string_view name) const {
    const auto& given = all(name);
    CHECK(!given.empty());
    return given.front();
}

Result<Parsed> parse_arguments(const CommandTable& commands, std::span<const std::string> arguments,
                               const Variables& variables) {
    return LineReader(commands, arguments, variables).read();
}

Manner manner_of(std::span<const std::string> arguments) {
    Manner manner;
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        std::string_view argument = arguments[i];
        if (argument == "--json") {
            manner.form = Form::json;
        } else if (argument == "--quiet") {
            manner.chatter = Chatter::silent;
        } else if (argument.starts_with("--progress=")) {
            manner.progress = progress_form_of(argument.substr(argument.find('=') + 1));
        } else if (argument == "--progress" && i + 1 < arguments.size()) {
            manner.progress = progress_form_of(arguments[i + 1]);
        }
    }
    return manner;
}

}  // namespace wsoa
