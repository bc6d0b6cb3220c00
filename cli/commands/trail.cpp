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
    auto indexes = TRY(reading->history->trail_of(subject));
    if (indexes.empty()) {
        return error(Fault::missing, "nothing is recorded about {}", subject.str())
            .advise(
                "`wsoa show` lists the plans, `wsoa show PLAN` its parts, `wsoa show people` the "
                "people");
    }
    if (!given.has("oldest-first")) {
        std::ranges::reverse(indexes);
    }
    Table table(
        {{"No.", Align::right}, {"Recorded"}, {"True on"}, {"What changed"}, {"Who, role"}});
    for (const auto index : indexes) {
        const auto event = TRY(reading->history->event(index));
        const auto line = TRY(shown(desk, *reading, event));
        const auto& envelope = event.envelope();
        const auto late = line.late_days > 0 ? fmt::format(" ({} {} late)", line.late_days,
                                                           line.late_days == 1 ? "day" : "days")
                                             : std::string();
        table.add({{std::to_string(index.value)},
                   {reading->zone.civil(line.recorded_at)},
                   {to_string(envelope.effective) + late},
                   {line.what},
                   {line.author + ", " + std::string(name_of(envelope.as_role)) +
                    (envelope.on_behalf_of ? ", for " + envelope.on_behalf_of->str() : "")}});
        auto json = TRY(event_json(desk, *reading, event, "event"));
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
