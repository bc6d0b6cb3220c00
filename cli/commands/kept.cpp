#include "cli/commands/kept.h"

#include "cli/commands/moment.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/event/choices.h"
#include "projections/kept.h"
#include "projections/matters.h"

namespace wsoa {
namespace {

WordSpec plan_word() { return {.name = "PLAN", .help = "the plan, such as TH"}; }

Result<Exit> hold_list(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const reading = TRY(desk.reading());
    const auto moment = TRY(moment_of(desk, *reading, TRY(PlanRef::parse(given.value("PLAN")))));
    Table table({{"Hold", Align::left, Fit::whole},
                 {"Keeps", Align::left, Fit::whole},
                 {"Placed", Align::left, Fit::whole},
                 {"Released", Align::left, Fit::whole},
                 {"Ground", Align::left, Fit::beneath}});
    for (const auto& [ref, hold] : moment.plan().holds) {
        if (hold.placed.effective > moment.day()) {
            continue;
        }
        const auto ground =
            TRY(word_of(desk, *reading, hold.placed.index, schema::WordField::REASON));
        const bool is_released = is_by(hold.released, moment.day());
        table.add(
            {{ref.str()},
             {hold.scope.str()},
             {fmt::format("{} by {}", to_string(hold.placed.effective), hold.placed.by.str())},
             {is_released ? fmt::format("{} by {}", to_string(hold.released->effective),
                                        hold.released->by.str())
                          : std::string("in force")},
             {ground}});
        around.output.json(
            Json::object()
                .set("type", "hold")
                .set("hold", ref.str())
                .set("scope", hold.scope.str())
                .set("placed", to_string(hold.placed.effective))
                .set("by", hold.placed.by.str())
                .set("reason", ground)
                .set("released", is_released ? Json(to_string(hold.released->effective)) : Json()));
    }
    around.output.text(table.empty() ? "No hold was placed" : table.text(around.output.style()));
    return Exit::done;
}

std::string what_next(const Kept& kept) {
    switch (kept.stands) {
        case Kept::Stands::kept: return "";
        case Kept::Stands::due: return fmt::format("wsoa retention approve {}", kept.ref.str());
        case Kept::Stands::held: return fmt::format("{} keeps it", kept.hold->ref.str());
        case Kept::Stands::approved: return fmt::format("wsoa dispose {}", kept.ref.str());
        case Kept::Stands::gone: return fmt::format("event {}", kept.ended->index.value);
    }
    return {};
}

// The documents that no rule keeps, each with what it is.
Result<Exit> show_unruled(Desk& desk, const Reading& reading, const Plan& plan) {
    Table table({{"Kept by no rule", Align::left, Fit::whole},
                 {"Kind"},
                 {"Added", Align::left, Fit::whole},
                 {"Title"}});
    const auto unruled = kept_by_no_rule(plan);
    for (const auto& ref : unruled) {
        const auto& item = *part_in(plan.evidence, ref);
        const auto title = TRY(word_of(desk, reading, item.added_at, schema::WordField::TITLE));
        table.add({{ref.str()},
                   {name_in_words(choice_name(item.type))},
                   {to_string(item.added_on)},
                   {title}});
    }
    if (!table.empty()) {
        desk.output().text(table.text(desk.output().style()) +
                           "Nobody has said how long these documents are kept: say so with\n"
                           "`wsoa retention set ITEM --class CLASS --due DATE`");
    }
    desk.output().json(Json::object().set("type", "keptByNoRule").set("items", refs_json(unruled)));
    return Exit::done;
}

Result<Exit> retention_due(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const reading = TRY(desk.reading());
    const auto moment = TRY(moment_of(desk, *reading, TRY(PlanRef::parse(given.value("PLAN")))));
    const auto day = given.find("by") ? TRY(parse_date(*given.find("by"))) : moment.day();
    Table table({{"What", Align::left, Fit::whole},
                 {"Due", Align::left, Fit::whole},
                 {"Kept as"},
                 {"Stands", Align::left, Fit::whole},
                 {"Next"}});
    const auto all = kept_on(moment.plan(), day);
    for (const auto& kept : all) {
        table.add({{kept.ref.str()},
                   {to_string(kept.due)},
                   {name_in_words(choice_name(kept.by))},
                   {std::string(name_of(kept.stands))},
                   {what_next(kept)}});
        around.output.json(
            Json::object()
                .set("type", "kept")
                .set("ref", kept.ref.str())
                .set("class", choice_name(kept.by))
                .set("due", to_string(kept.due))
                .set("stands", name_of(kept.stands))
                .set("hold", kept.hold == nullptr ? Json() : Json(kept.hold->ref.str())));
    }
    around.output.text(table.empty() ? "Nothing is kept by a rule yet"
                                     : table.text(around.output.style()));
    return show_unruled(desk, *reading, moment.plan());
}

}  // namespace

CommandSpec hold_list_command() {
    return {.name = "hold list",
            .group = Group::looking,
            .help = "list a plan's holds: what may be neither erased nor disposed of",
            .example = "wsoa hold list TH",
            .words = {plan_word()},
            .options = moment_options(),
            .run = hold_list};
}

CommandSpec retention_due_command() {
    auto options = moment_options();
    options.push_back({.name = "by", .value = "DATE", .help = "what is due by then; today"});
    return {.name = "retention due",
            .group = Group::looking,
            .help = "list what is due to be disposed of, what is held, and what no rule keeps",
            .example = "wsoa retention due TH\nwsoa retention due TH --by 2027-03-31",
            .words = {plan_word()},
            .options = std::move(options),
            .run = retention_due};
}

}  // namespace wsoa
