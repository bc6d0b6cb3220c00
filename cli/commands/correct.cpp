#include "cli/commands/correct.h"

#include "cli/commands/record_lines.h"
#include "cli/commands/recording.h"

namespace wsoa {
namespace {

Result<Exit> correct(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto index = TRY(answered_event(given.value("EVENT")));
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing());
    const auto event = TRY(ledger->history().event(index));
    auto line = TRY(line_from(given, Kind::ENTRY_CORRECTED, event.envelope().subject));
    line.answers = index;
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    around.output.note(fmt::format(
        "Event {} counts no more, and stays readable; record what is right as a new change",
        index.value));
    return Exit::done;
}

}  // namespace

CommandSpec correct_command() {
    auto options = std::vector<OptionSpec>{{.name = "reason",
                                            .value = "WORDS",
                                            .help = "what was wrong with it",
                                            .presence = Presence::required}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {.name = "correct",
            .group = Group::recording,
            .help = "strike an entry that was mistyped; it stays readable and counts no more",
            .example = "wsoa correct 41 --reason \"typed for the wrong action\"",
            .words = {{.name = "EVENT", .help = "the number of the event"}},
            .options = std::move(options),
            .run = correct};
}

}  // namespace wsoa
