#include "cli/commands/progress.h"

#include "cli/commands/recording.h"

namespace wsoa {
namespace {

Result<Exit> progress(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto action = TRY(SubjectRef::parse(given.value("ACTION")));
    auto line = TRY(line_from(given, Kind::PROGRESS_RECORDED, action));
    for (const auto* field : {"percent", "period"}) {
        if (const auto typed = given.find(field)) {
            TRY(line.draft.set(field, *typed));
        }
    }
    TRY(say(line, schema::WordField::TEXT, given.find("text")));
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    TRY(say(line, schema::WordField::NEXT_STEPS, given.find("next-steps")));
    TRY(say(line, schema::WordField::BLOCKERS, given.find("blockers")));
    const auto* signer = TRY(desk.signer());
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    return Exit::done;
}

}  // namespace

CommandSpec progress_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "text", .value = "WORDS", .help = "what happened", .presence = Presence::required},
        {.name = "percent", .value = "N", .help = "how much of it is done, of 100"},
        {.name = "period", .value = "MONTH", .help = "the reporting month, such as 2022-03"},
        {.name = "next-steps", .value = "WORDS", .help = "what will be done next"},
        {.name = "blockers", .value = "WORDS", .help = "what stands in the way"},
        {.name = "reason", .value = "WORDS", .help = "why, where progress falls"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {.name = "progress",
            .group = Group::recording,
            .help = "record progress on an action",
            .example = "wsoa progress TH-1.2 --percent 60 --text \"14 of 22 staff trained\"",
            .words = {{.name = "ACTION", .help = "the action, such as TH-1.2"}},
            .options = std::move(options),
            .run = progress};
}

}  // namespace wsoa
