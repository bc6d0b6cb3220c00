#include "cli/commands/view.h"

#include "cli/commands/views.h"
#include "cli/render/text.h"

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

struct View {
    std::string_view name;
    std::string_view help;
    Result<void> (*show)(Desk&, const Reading&, const Moment&);
};

constexpr std::array<View, 8> views{{
    {"ratings", "both axes over time, days in each colour, what is complete and what was undone",
     view_ratings},
    {"measures", "baselines, targets, planned paths, readings and how each came to be",
     view_measures},
    {"evidence", "every item: its state, links, submitter and reviewer, personal data, erasure",
     view_evidence},
    {"changes", "requests to move dates and figures, moves with their slip, late ones",
     view_changes},
    {"matters", "exceptions, challenges, requests for information and risks", view_matters},
    {"publications", "what each page showed against what the ledger says of its day",
     view_publications},
    {"packs", "sets of evidence that were frozen, for whom, and who looked at them", view_packs},
    {"people", "who holds which role, where and for how long", view_people},
}};

std::vector<std::string> names_of_views() {
    std::vector<std::string> names;
    for (const auto& each : views) {
        names.emplace_back(each.name);
    }
    return names;
}

std::string views_note() {
    std::string text = "Views:\n";
    for (const auto& each : views) {
        text += fmt::format("  {:<14}{}\n", each.name, hanging(each.help, 16, 80));
    }
    return text;
}

Result<Exit> view(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto plan = TRY(PlanRef::parse(given.value("PLAN")));
    const auto* const wanted = std::ranges::find(views, given.value("NAME"), &View::name);
    CHECK(wanted != views.end());  // no other choice is taken
    auto* reading = TRY(desk.reading());
    const auto moment = TRY(moment_of(desk, *reading, plan));
    around.output.text(fmt::format("{}: {}\n{}", plan.str(), wanted->name, in_words(moment)));
    TRY(wanted->show(desk, *reading, moment));
    around.output.text("\n" + foot(*reading));
    return Exit::done;
}

}  // namespace

void show_table(Output& output, std::string_view heading, const Table& table) {
    if (!table.empty()) {
        output.text(fmt::format("\n{}\n{}", heading, table.text(output.style())));
    }
}

CommandSpec view_command() {
    return {.name = "view",
            .group = Group::looking,
            .help = "show one of a plan's tables, as at a day, as known on a day",
            .example =
                "wsoa view ratings TH --as-at 2023-03-31\n"
                "wsoa view evidence TH --as-known 2022-12-31 --json",
            .words = {{.name = "NAME", .help = "which table", .choices = names_of_views()},
                      {.name = "PLAN", .help = "the plan, such as TH"}},
            .options = moment_options(),
            .notes = views_note,
            .run = view};
}

}  // namespace wsoa
