#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "ledger/event/kinds.h"

namespace wsoa {
namespace {

// Whether a role counts somewhere in the plan.
bool is_within(const GrantRecord& grant, const PlanRef& plan) {
    return !grant.scope || grant.scope->plan() == plan;
}

// "nhs, granted by programme-manager, 2022-02-01 to 2023-02-01".
std::string came_from(const PersonRecord& person, const GrantRecord& grant) {
    auto text = fmt::format("{}, granted by {}", name_in_words(name_of(person.organisation)),
                            grant.granted_by.str());
    if (grant.from || grant.until) {
        text += fmt::format(", {} to {}", grant.from ? to_string(*grant.from) : "the beginning",
                            grant.until ? to_string(*grant.until) : "further notice");
    }
    return text;
}

std::string_view stands_at(const GrantRecord& grant, Date day) {
    if (grant.revoked_at) {
        return "ended";
    }
    if (!grant.in_force_from) {
        return "waits";
    }
    return grant.in_force_on(day) ? "in force" : "not that day";
}

Json grant_json(const GrantRecord& grant, Date day) {
    return Json::object()
        .set("role", name_of(grant.role))
        .set("scope", grant.scope ? Json(grant.scope->str()) : Json())
        .set("from", date_json(grant.from))
        .set("until", date_json(grant.until))
        .set("grantedBy", grant.granted_by.str())
        .set("event", grant.index.value)
        .set("inForce", grant.in_force_on(day));
}

// What the person has to do with the plan: what they own, lead and answer for on the day.
std::vector<SubjectRef> charges_of(const Plan& plan, const PersonId& person, Date day) {
    std::vector<SubjectRef> charges;
    const auto is_theirs = [&](const Register<PersonId>& holder) {
        const auto* held = holder.at(day);
        return held != nullptr && held->value == person;
    };
    for (const auto& [ref, area] : plan.areas) {
        if (is_theirs(area.lead)) {
            charges.push_back(ref);
        }
    }
    for (const auto& [ref, action] : plan.actions) {
        if (is_theirs(action.owner) || is_theirs(action.accountable)) {
            charges.push_back(ref);
        }
    }
    return charges;
}

}  // namespace

Result<void> view_people(Desk& desk, const Reading& /*reading*/, const Moment& moment) {
    Table table({{"Person", Align::left, Fit::whole},
                 {"Role", Align::left, Fit::whole},
                 {"Scope", Align::left, Fit::whole},
                 {"Stands at", Align::left, Fit::whole},
                 {"From", Align::left, Fit::beneath}});
    auto people = Json::array();
    const auto& keyring = moment.as_at.state.keyring;
    for (const auto& [id, person] : keyring.people()) {
        auto grants = Json::array();
        for (const auto* grant : keyring.grants_of(id)) {
            if (!is_within(*grant, moment.as_at.ref)) {
                continue;
            }
            grants.push(grant_json(*grant, moment.day()));
            table.add({{id.str()},
                       {name_in_words(name_of(grant->role))},
                       {grant->scope ? grant->scope->str() : "all"},
                       {std::string(stands_at(*grant, moment.day()))},
                       {came_from(person, *grant)}});
        }
        people.push(Json::object()
                        .set("person", id.str())
                        .set("organisation", name_of(person.organisation))
                        .set("confirmed", person.confirmed_at.has_value())
                        .set("grants", grants)
                        .set("charges", refs_json(charges_of(moment.plan(), id, moment.day()))));
    }
    show_table(desk.output(), "People and roles", table);
    desk.output().json(moment_json("people", moment).set("people", people));
    return done();
}

}  // namespace wsoa
