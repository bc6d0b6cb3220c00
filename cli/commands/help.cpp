#include "cli/commands/help.h"

#include "cli/arguments.h"
#include "cli/help.h"
#include "ledger/event/kinds.h"

#include <fmt/format.h>

namespace wsoa {
namespace {

void show(std::string_view subject, const std::string& page, Output& output) {
    output.text(page);
    output.json(Json::object().set("type", "help").set("about", subject).set("text", page));
}

Result<Exit> help(const Invocation& given, Surroundings& around) {
    const auto& words = given.all("SUBJECT");
    const auto style = around.output.style();
    const auto subject = fmt::format("{}", fmt::join(words, " "));
    if (const auto page = help_topic(around.commands, subject, style); !page.empty()) {
        show(subject, page, around.output);
        return Exit::done;
    }
    // As if the words stood before --help: what it does not know, it says the same way.
    std::vector<std::string> line(words.begin(), words.end());
    line.emplace_back("--help");
    const auto topic = nearest(subject, help_topics());
    auto understood = parse_arguments(around.commands, line, around.variables);
    if (!understood.ok() && topic) {
        return std::move(understood)
            .error()
            .advise(fmt::format("did you mean {}? \"wsoa help\" lists all commands and topics.",
                                *topic));
    }
    const auto wanted = TRY(std::move(understood));
    const auto* const found = std::get_if<HelpWanted>(&wanted);
    CHECK(found != nullptr);
    show(subject, help_wanted(around.commands, *found, style), around.output);
    return Exit::done;
}

}  // namespace

CommandSpec help_command() {
    return {
        .name = "help",
        .group = Group::about,
        .help = "explain a command, or one of the topics",
        .example = "wsoa help exit-codes\nwsoa help version",
        .words = {{.name = "SUBJECT",
                   .help = fmt::format("a command, or one of {}", fmt::join(help_topics(), ", ")),
                   .presence = Presence::optional,
                   .repeat = Repeat::many}},
        .run = help};
}

}  // namespace wsoa
