#include "cli/command_tree.h"

#include "ledger/base/check.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

namespace wsoa {
namespace {

using Strings = std::vector<std::string>;
using Options = std::map<std::string, CLI::Option*, std::less<>>;

// All words of a command go to one list of a fixed largest size: of a list that CLI11 calls
// open-ended it would take "[a,b]" apart.
constexpr int words_max = 65'536;

struct Leaf {
    const CommandSpec* command = nullptr;
    CLI::Option* words = nullptr;
    Options options;
};

void prepare(CLI::App& app) {
    app.set_help_flag();
    app.allow_extras();
    app.fallthrough();
    app.require_subcommand(0, 1);
}

}  // namespace

struct CommandTree::Parts {
    CLI::App root{"", "wsoa"};
    Options globals;
    std::map<std::string, CLI::App*> families;
    std::map<const CLI::App*, Leaf> leaves;
    std::string problem;

    void expect_new_names(const std::vector<OptionSpec>& specs) const {
        for (const auto& spec : specs) {
            CHECK(!globals.contains(spec.name));
        }
    }

    CLI::App& add_command(const CommandSpec& command) {
        auto* app = &root;
        const std::string family(family_of(command.name));
        const std::string member(member_of(command.name));
        if (!member.empty()) {
            auto*& known = families[family];
            if (known == nullptr) {
                known = root.add_subcommand(family);
                prepare(*known);
            }
            app = known;
        }
        app = app->add_subcommand(member.empty() ? family : member);
        prepare(*app);
        Leaf leaf{&command, app->add_option("WORDS"), {}};
        leaf.words->expected(words_max);
        leaf.words->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        add_options(*app, command.options, leaf.options);
        leaves.emplace(app, std::move(leaf));
        return *app;
    }

    void add_options(CLI::App& app, const std::vector<OptionSpec>& specs, Options& to) const {
        expect_new_names(specs);
        for (const auto& spec : specs) {
            const std::string form = spec.name == "help" ? "-h,--help" : "--" + spec.name;
            auto* const option = spec.is_flag() ? app.add_flag(form) : app.add_option(form);
            option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            to.emplace(spec.name, option);
        }
    }

    const Leaf* chosen() const {
        const auto* app = &root;
        while (!app->get_subcommands().empty()) {
            app = app->get_subcommands().front();
        }
        const auto found = leaves.find(app);
        return found == leaves.end() ? nullptr : &found->second;
    }
};

CommandTree::CommandTree(const CommandTable& commands, std::span<const std::string> arguments,
                         const CommandSpec* extended, const std::vector<OptionSpec>& further)
    : parts_(std::make_unique<Parts>()) {
    try {
        prepare(parts_->root);
        Options globals;
        parts_->add_options(parts_->root, global_options(), globals);
        parts_->globals = std::move(globals);
        for (const auto& command : commands) {
            parts_->expect_new_names(command.options);
            // One whose first word is nowhere on the line is not what was typed: to describe all of
            // them takes longer than many a command does.
            if (std::ranges::find(arguments, family_of(command.name)) == arguments.end()) {
                continue;
            }
            auto& app = parts_->add_command(command);
            if (&command == extended) {
                parts_->add_options(app, further, parts_->leaves.at(&app).options);
            }
        }
    } catch (const CLI::ConstructionError& contradiction) {
        check_failed(contradiction.what(), __FILE__, __LINE__);
    }
    try {
        parts_->root.parse(Strings(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError& problem) {
        parts_->problem = problem.what();
    }
}

CommandTree::~CommandTree() = default;

const CommandSpec* CommandTree::command() const {
    const auto* const leaf = parts_->chosen();
    return leaf == nullptr ? nullptr : leaf->command;
}

std::string CommandTree::family() const {
    const auto chosen = parts_->root.get_subcommands();
    return chosen.empty() ? std::string{} : chosen.front()->get_name();
}

Strings CommandTree::words() const {
    const auto* const leaf = parts_->chosen();
    return leaf == nullptr ? Strings{} : leaf->words->results();
}

Strings CommandTree::values(std::string_view option) const {
    if (const auto* const leaf = parts_->chosen()) {
        const auto found = leaf->options.find(option);
        if (found != leaf->options.end()) {
            return found->second->results();
        }
    }
    const auto found = parts_->globals.find(option);
    return found == parts_->globals.end() ? Strings{} : found->second->results();
}

Strings CommandTree::strays() const {
    auto left = parts_->root.remaining(true);
    std::erase(left, "--");
    return left;
}

const std::string& CommandTree::problem() const { return parts_->problem; }

}  // namespace wsoa
