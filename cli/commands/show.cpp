#include "cli/commands/show.h"

#include "cli/commands/reading.h"
#include "cli/commands/show_parts.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"

#include <map>

namespace wsoa {
namespace {

constexpr auto title_of = schema::WordField::TITLE;

std::string in_force(const GrantRecord& grant) {
    const auto scope = grant.scope ? grant.scope->str() : "the whole ledger";
    return fmt::format("{} for {}{}", name_of(grant.role), scope,
                       grant.revoked_at ? " (ended)"
                       : !grant.in_force_from
                           ? fmt::format(" (waits: wsoa confirm {})", grant.index.value)
                           : "");
}

Result<Exit> show_people(Desk& desk, Reading& reading) {
    Table table({{"Person"}, {"Organisation"}, {"Roles"}, {"Since"}});
    for (const auto& [id, person] : reading.state.keyring.people()) {
        std::string roles;
        auto json_roles = Json::array();
        for (const auto* grant : reading.state.keyring.grants_of(id)) {
            roles += (roles.empty() ? "" : "; ") + in_force(*grant);
            json_roles.push(in_force(*grant));
        }
        const auto since = person.confirmed_at ? fmt::format("event {}", person.confirmed_at->value)
                                               : fmt::format("waits: wsoa confirm @{}", id.str());
        table.add({{id.str()}, {std::string(name_of(person.organisation))}, {roles}, {since}});
        desk.output().json(Json::object()
                               .set("type", "person")
                               .set("person", id.str())
                               .set("organisation", name_of(person.organisation))
                               .set("roles", json_roles)
                               .set("since", since));
    }
    desk.output().text(table.text(desk.output().style()));
    return Exit::done;
}

// What event 0 says of an older ledger; null for none.
Json show_predecessor(Output& output, const LedgerFacts& facts) {
    if (!facts.predecessor) {
        return {};
    }
    const auto& older = *facts.predecessor;
    const auto root = to_hex(older.root.view());
    output.text(fmt::format("It succeeds {}, which held {} events under the root {}", older.origin,
                            older.size.value, root));
    return Json::object()
        .set("ledger", older.ledger ? Json(to_hex(older.ledger->view())) : Json())
        .set("origin", older.origin)
        .set("size", older.size.value)
        .set("root", root);
}

// Each plan, and the event that drafted it. The rows that count the events of plans name them all,
// so that this takes no longer in a ledger of a million events.
Result<std::map<PlanRef, EventIndex>> drafted_plans(const History& history) {
    std::vector<PlanRef> counted;
    const auto range = layout::plan_counts();
    TRY(history.snapshot().scan(range.from, range.to,
                                [&](ByteView key, ByteView) -> Result<Snapshot::Step> {
                                    const auto plan = TRY(layout::plan_counted_in(key));
                                    if (plan) {
                                        counted.push_back(*plan);
                                    }
                                    return Snapshot::Step::next;
                                }));
    std::map<PlanRef, EventIndex> plans;
    for (const auto& plan : counted) {
        // Empty where its events lie past the moment at hand.
        const auto trail = TRY(history.trail_of(SubjectRef::of(plan)));
        if (!trail.empty()) {
            plans.emplace(plan, trail.front());
        }
    }
    return plans;
}

Result<Exit> show_ledger(Desk& desk, Reading& reading) {
    const auto plans = TRY(drafted_plans(*reading.history));
    Table table({{"Plan"}, {"Title"}});
    for (const auto& [ref, drafted_at] : plans) {
        const auto title = TRY(word_of(desk, reading, drafted_at, title_of));
        table.add({{ref.str()}, {title}});
        desk.output().json(
            Json::object().set("type", "plan").set("ref", ref.str()).set("title", title));
    }
    desk.output().text(table.empty() ? "No plan is drafted yet"
                                     : table.text(desk.output().style()));
    desk.output().text(fmt::format("{} people; `wsoa show people` lists them",
                                   reading.state.keyring.people().size()));
    const auto predecessor = show_predecessor(desk.output(), reading.state.keyring.facts());
    desk.output().json(Json::object()
                           .set("type", "ledger")
                           .set("people", reading.state.keyring.people().size())
                           .set("events", reading.history->size().value)
                           .set("predecessor", predecessor));
    return Exit::done;
}

Result<Exit> show_subject(Desk& desk, Reading& reading, const std::string& typed) {
    const auto subject = TRY(SubjectRef::parse(typed));
    const auto plan_ref = subject.plan();
    if (plan_ref) {
        TRY(reading.with_plan(*plan_ref));
    }
    const auto* plan = plan_ref ? reading.state.plan(*plan_ref) : nullptr;
    if (plan != nullptr && subject == SubjectRef::of(*plan_ref)) {
        return show_plan(desk, reading, *plan);
    }
    if (plan != nullptr && plan->actions.contains(subject)) {
        return show_action(desk, reading, *plan, plan->actions.at(subject));
    }
    if (plan != nullptr && plan->areas.contains(subject)) {
        return show_area(desk, reading, plan->areas.at(subject));
    }
    if (plan != nullptr && plan->evidence.contains(subject)) {
        return show_evidence(desk, reading, plan->evidence.at(subject));
    }
    return error(Fault::missing, "there is no {} to show", subject.str())
        .advise(
            plan == nullptr
                ? "`wsoa show` lists the plans"
                : fmt::format("`wsoa show {}` lists its parts, `wsoa trail {}` what was recorded",
                              plan->ref.str(), subject.str()));
}

Result<Exit> show(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto what = given.find("REF");
    const auto outcome = !what               ? show_ledger(desk, *reading)
                         : *what == "people" ? show_people(desk, *reading)
                                             : show_subject(desk, *reading, *what);
    if (outcome.ok()) {
        around.output.text("\n" + foot(*reading));
    }
    return outcome;
}

}  // namespace

CommandSpec show_command() {
    return {
        .name = "show",
        .group = Group::looking,
        .help = "show a plan, one of its parts, or the people as they stand today",
        .example = "wsoa show TH\nwsoa show TH-1.2 --as-at 2022-12-31\nwsoa show people",
        .words = {{.name = "REF",
                   .help = "a plan, an action, an area, evidence, or people; the plans where it is "
                           "left out",
                   .presence = Presence::optional}},
        .options = {{.name = "as-at",
                     .value = "DATE",
                     .help = "with only what was true by that day, and that day's calendar"}},
        .run = show};
}

}  // namespace wsoa
