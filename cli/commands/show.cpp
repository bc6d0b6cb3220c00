#include "cli/commands/show.h"

#include "cli/commands/plans.h"
#include "cli/commands/reading.h"
#include "cli/commands/show_parts.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"

#include <algorithm>

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

std::string_view stands(const KeyRecord& key) {
    return key.ended_at ? "ended" : key.in_force() ? "in force" : "waits";
}

// Each key of the person in full, as whoever ends one names it, in the order of the log.
std::vector<const KeyRecord*> keys_of(const Keyring& keyring, const PersonId& person) {
    std::vector<const KeyRecord*> keys;
    for (const auto& [id, key] : keyring.keys()) {
        if (key.person == person) {
            keys.push_back(&key);
        }
    }
    std::ranges::sort(keys, {}, &KeyRecord::enrolled_at);
    return keys;
}

// Whole lines, never wrapped: a key is copied from here.
std::string in_lines(const PersonId& person, const std::vector<const KeyRecord*>& keys) {
    std::string lines;
    for (const auto* key : keys) {
        lines += fmt::format("Key of {}, {}, enrolled by event {}\n  {}\n", person.str(),
                             stands(*key), key->enrolled_at.value, key->key.hex());
    }
    return lines;
}

Json keys_json(const std::vector<const KeyRecord*>& keys) {
    auto array = Json::array();
    for (const auto* key : keys) {
        array.push(Json::object()
                       .set("key", key->key.hex())
                       .set("stands", stands(*key))
                       .set("event", key->enrolled_at.value));
    }
    return array;
}

// All of them, or one.
Result<Exit> show_people(Desk& desk, Reading& reading, const std::optional<PersonId>& only) {
    Table table({{"Person"}, {"Organisation"}, {"Roles"}, {"Since"}});
    std::string key_lines;
    for (const auto& [id, person] : reading.state.keyring.people()) {
        if (only && *only != id) {
            continue;
        }
        const auto keys = keys_of(reading.state.keyring, id);
        std::string roles;
        auto json_roles = Json::array();
        for (const auto* grant : reading.state.keyring.grants_of(id)) {
            roles += (roles.empty() ? "" : "; ") + in_force(*grant);
            json_roles.push(in_force(*grant));
        }
        const auto since = person.confirmed_at ? fmt::format("event {}", person.confirmed_at->value)
                                               : fmt::format("waits: wsoa confirm @{}", id.str());
        table.add({{id.str()}, {std::string(name_of(person.organisation))}, {roles}, {since}});
        key_lines += in_lines(id, keys);
        desk.output().json(Json::object()
                               .set("type", "person")
                               .set("person", id.str())
                               .set("organisation", name_of(person.organisation))
                               .set("roles", json_roles)
                               .set("since", since)
                               .set("keys", keys_json(keys)));
    }
    if (only && table.empty()) {
        return error(Fault::missing, "there is no person {}", only->str())
            .advise("`wsoa show people` lists them");
    }
    desk.output().text(table.text(desk.output().style()) + "\n" + key_lines);
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
    if (const auto person = subject.person()) {
        return show_people(desk, reading, person);
    }
    const auto plan_ref = subject.plan();
    if (!plan_ref) {
        return error(Fault::missing, "there is no {} to show", subject.str())
            .advise("`wsoa show` lists the plans, `wsoa show people` the people");
    }
    const auto moment = TRY(moment_of(desk, reading, *plan_ref));
    const auto& plan = moment.plan();
    if (subject == SubjectRef::of(*plan_ref)) {
        return show_plan(desk, reading, moment);
    }
    if (plan.actions.contains(subject)) {
        return show_action(desk, reading, moment, plan.actions.at(subject));
    }
    if (plan.areas.contains(subject)) {
        return show_area(desk, reading, moment, plan.areas.at(subject));
    }
    if (plan.evidence.contains(subject)) {
        return show_evidence(desk, reading, moment, plan.evidence.at(subject));
    }
    return error(Fault::missing, "there is no {} to show", subject.str())
        .advise(fmt::format("`wsoa show {}` lists its parts, `wsoa trail {}` what was recorded, "
                            "`wsoa help view` the tables of everything else",
                            plan_ref->str(), subject.str()));
}

Result<Exit> show(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto what = given.find("REF");
    if ((!what || *what == "people") && (given.has("as-at") || given.has("as-known"))) {
        return Error{Fault::invalid, "only a plan and its parts are shown as at a day",
                     "name one, such as TH, or leave out the day"};
    }
    const auto outcome = !what               ? show_ledger(desk, *reading)
                         : *what == "people" ? show_people(desk, *reading, std::nullopt)
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
        .help = "show a plan, one of its parts, or the people, as they stand or stood",
        .example =
            "wsoa show TH\nwsoa show TH-1.2 --as-at 2022-12-31 --as-known 2023-01-15\nwsoa show "
            "people",
        .words = {{.name = "REF",
                   .help = "a plan, an action, an area, evidence, people or one of them, such as "
                           "@board-chair; the plans where it is left out",
                   .presence = Presence::optional}},
        .options = moment_options(),
        .run = show};
}

}  // namespace wsoa
