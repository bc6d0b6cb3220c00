#include "cli/commands/replay.h"

#include "cli/commands/show_parts.h"

namespace wsoa {
namespace {

Result<Exit> replay(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto plan = TRY(PlanRef::parse(given.value("PLAN")));
    auto* reading = TRY(desk.reading());
    const auto moment = TRY(moment_of(desk, *reading, plan));
    TRY(show_plan(desk, *reading, moment));
    around.output.text("\n" + foot(*reading));
    return Exit::done;
}

}  // namespace

CommandSpec replay_command() {
    return {.name = "replay",
            .group = Group::looking,
            .help = "show a plan as it stood on a day, with what was known on a day",
            .example =
                "wsoa replay TH --as-at 2023-03-09 --as-known 2023-03-08\n"
                "wsoa replay TH --as-at 2022-12-31 --json",
            .words = {{.name = "PLAN", .help = "the plan, such as TH"}},
            .options = moment_options(),
            .run = replay};
}

}  // namespace wsoa
