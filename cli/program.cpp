#include "cli/program.h"

#include "cli/arguments.h"
#include "cli/help.h"

#include <exception>

namespace wsoa {
namespace {

Result<Exit> run_line(std::span<const std::string> arguments, Surroundings& around) {
    const auto parsed = TRY(parse_arguments(around.commands, arguments, around.variables));
    if (const auto* const wanted = std::get_if<HelpWanted>(&parsed)) {
        const auto page = help_wanted(around.commands, *wanted, around.output.style());
        around.output.text(page);
        around.output.json(
            Json::object().set("type", "help").set("about", wanted->command).set("text", page));
        return Exit::done;
    }
    const auto& given = std::get<Invocation>(parsed);
    const auto* const command = find_command(around.commands, given.command);
    CHECK(command != nullptr && command->run);
    return command->run(given, around);
}

Result<Exit> run_guarded(std::span<const std::string> arguments, Surroundings& around) {
    try {
        return run_line(arguments, around);
    } catch (const std::exception& unforeseen) {
        return error(Fault::unavailable, "the command had to stop: {}", unforeseen.what());
    }
}

}  // namespace

Exit run_program(const CommandTable& commands, const Start& start) {
    const auto terminal = Terminal::look(start.streams, start.variables);
    Output output(terminal, manner_of(start.arguments));
    Surroundings around{output, terminal, start.variables, commands};
    return output.finish(run_guarded(start.arguments, around));
}

}  // namespace wsoa
