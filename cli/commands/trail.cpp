#include "cli/commands/trail.h"

#include "cli/commands/reading.h"
#include "cli/render/table.h"

#include <algorithm>

namespace wsoa {
namespace {

Result<Exit> trail(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto subject = TRY(SubjectRef::parse(given.value("REF")));
    auto* reading = TRY(desk.reading());
    auto entries = TRY(reading->trail_of(subject));
    if (entries.empty()) {
        return error(Fault::missing, "nothing is recorded about {}", subject.str())
            .advise(
                "`wsoa show` lists the plans, `wsoa show PLAN` its parts, `wsoa show people` the "
                "people");
    }
    if (!given.has("oldest-first")) {
        std::ranges::reverse(entries);
    }
    Table table({{"No.", Align::right},
                 {"What changed"},
                 {"Recorded", Align::left, Fit::whole},
                 {"True on"},
                 {"Who, role"},
                 {"Details", Align::left, Fit::beneath}});
    for (const auto& entry : entries) {
        const auto event = TRY(reading->history->event(entry.index));
        const AuthoredEvent authored{.event = event, .author = entry.author};
        const auto line = TRY(shown(desk, *reading, authored));
        table.add({{std::to_string(entry.index.value)},
                   {line.what},
                   {line.recorded},
                   {line.true_on},
                   {line.by},
                   {line.details}});
        const auto json = TRY(event_json(desk, *reading, authored));
        around.output.json(json);
    }
    around.output.text(table.text(around.output.style()));
    around.output.text("\n" + foot(*reading));
    return Exit::done;
}

}  // namespace

CommandSpec trail_command() {
    return {.name = "trail",
            .group = Group::looking,
            .help = "show every event about a subject, newest first",
            .example = "wsoa trail TH-1.2\nwsoa trail @head-of-send",
            .words = {{.name = "REF",
                       .help = "a part of a plan, a person such as @head-of-send, or ledger"}},
            .options = {{.name = "oldest-first", .help = "the oldest event first"}},
            .run = trail};
}

}  // namespace wsoa
