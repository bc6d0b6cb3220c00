#include "cli/commands/show.h"

#include "cli/commands/reading.h"
#include "cli/render/rating.h"
#include "cli/render/table.h"
#include "ledger/plan/calendar.h"

#include <map>

namespace wsoa {
namespace {

constexpr auto title_of = schema::WordField::TITLE;

// The day that is asked about: --as-at, or the day that it is now in the ledger's zone.
Result<Date> day_shown(Desk& desk, const Reading& reading) {
    const auto typed = desk.given().find("as-at");
    return typed ? parse_date(*typed) : Result<Date>(reading.today(desk.environment().clock));
}

// When a proposal was confirmed, as far as that was true by the day; null while it waited.
std::optional<EventIndex> confirmed_by_then(const Ratings& ratings, const Proposal& proposal,
                                            Date day) {
    for (const auto& setting : ratings.confirmed.settings()) {
        if (setting.value.proposal == proposal.index && setting.effective <= day) {
            return setting.index;
        }
    }
    return std::nullopt;
}

Error not_there_on(const SubjectRef& ref, Date day) {
    return error(Fault::missing, "{} was not there on {}", ref.str(), in_words(day))
        .advise(fmt::format("`wsoa trail {}` shows when it was added", ref.str()));
}

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

std::string rating_text(const ShownRating& rating) {
    return rating.because == ShownRating::Because::overdue ? " (overdue)" : "";
}

struct ShownAction {
    std::vector<Cell> row;
    ShownRating rating;
};

Result<ShownAction> action_row(Desk& desk, const Reading& reading, const Action& action,
                               Date today) {
    const auto style = desk.output().style();
    const auto title = TRY(word_of(desk, reading, action.added_at, title_of));
    const auto rating = delivery_on(action, today);
    auto cell = rating_cell(rating.code, style);
    cell.text += rating_text(rating);
    const auto* owner = action.owner.at(today);
    const auto* progress = action.progress.at(today);
    const auto deadline = deadline_on(action, today);
    std::string waits;
    for (const auto& proposal : action.delivery.proposals) {
        if (proposal.effective <= today && !confirmed_by_then(action.delivery, proposal, today)) {
            waits = fmt::format("{} proposed, event {}", rating_word(proposal.to),
                                proposal.index.value);
        }
    }
    auto json = Json::object();
    json.set("type", "action")
        .set("ref", action.ref.str())
        .set("title", title)
        .set("area", action.area.str())
        .set("rating", rating.code)
        .set("overdue",
             Json::written(rating.because == ShownRating::Because::overdue ? "true" : "false"))
        .set("owner", owner == nullptr ? Json() : Json(owner->value.str()))
        .set("deadline", to_string(deadline))
        .set("percent", progress != nullptr && progress->value.percent
                            ? Json(*progress->value.percent)
                            : Json());
    desk.output().json(json);
    return ShownAction{.row = {{action.ref.str()},
                               {title},
                               cell,
                               {progress != nullptr && progress->value.percent
                                    ? fmt::format("{}%", *progress->value.percent)
                                    : "-"},
                               {to_string(deadline)},
                               {owner == nullptr ? "" : owner->value.str()},
                               {waits}},
                       .rating = rating};
}

Result<Exit> show_plan(Desk& desk, Reading& reading, const Plan& plan) {
    const auto today = TRY(day_shown(desk, reading));
    const auto style = desk.output().style();
    const auto title = TRY(word_of(desk, reading, plan.drafted_at, title_of));
    desk.output().text(
        fmt::format("{}  {}\nAs true on {}\n", plan.ref.str(), title, in_words(today)));
    std::map<std::string, int> counts;
    std::string body;
    std::size_t shown_actions = 0;
    for (const auto& [ref, area] : plan.areas) {
        if (area.lead.at(today) == nullptr) {
            continue;  // not there by that day
        }
        const auto area_title = TRY(word_of(desk, reading, area.added_at, title_of));
        const auto impact = rating_cell(impact_on(area, today).code, style);
        const auto* lead = area.lead.at(today);
        body += fmt::format("\n{}  {}\n     Impact: {}   Lead: {}\n", ref.str(), area_title,
                            impact.text, lead == nullptr ? "" : lead->value.str());
        Table table({{"Ref"},
                     {"Action"},
                     {"Delivery"},
                     {"Done", Align::right},
                     {"Due"},
                     {"Owner"},
                     {"Waits"}});
        for (const auto& [action_ref, action] : plan.actions) {
            if (action.area == ref && action.owner.at(today) != nullptr) {
                auto row = TRY(action_row(desk, reading, action, today));
                ++counts[row.rating.code];
                ++shown_actions;
                table.add(std::move(row.row));
            }
        }
        body += table.text(style);
    }
    std::string head;
    auto json_counts = Json::object();
    for (const auto& look : rating_looks()) {
        if (const auto found = counts.find(std::string(look.code)); found != counts.end()) {
            head += fmt::format("{}{} {}", head.empty() ? "" : ", ", found->second, look.word);
            json_counts.set(look.code, found->second);
        }
    }
    desk.output().text(head + fmt::format(" ({} actions)", shown_actions));
    desk.output().text(body);
    desk.output().json(Json::object()
                           .set("type", "plan")
                           .set("ref", plan.ref.str())
                           .set("title", title)
                           .set("trueOn", to_string(today))
                           .set("counts", json_counts)
                           .set("events", reading.history->size().value)
                           .set("root", to_hex(reading.history->root().view())));
    return Exit::done;
}

Result<Exit> show_ratings(Desk& desk, const Ratings& ratings, Date day) {
    Table table(
        {{"Event", Align::right}, {"True on"}, {"Rating"}, {"Proposed by"}, {"Confirmed by"}});
    for (const auto& proposal : ratings.proposals) {
        if (proposal.effective > day) {
            continue;
        }
        const auto confirmed = confirmed_by_then(ratings, proposal, day);
        table.add({{std::to_string(proposal.index.value)},
                   {to_string(proposal.effective)},
                   rating_cell(proposal.to, desk.output().style()),
                   {proposal.by.str()},
                   {confirmed ? fmt::format("event {}", confirmed->value)
                              : fmt::format("waits: wsoa confirm {}", proposal.index.value)}});
    }
    if (!table.empty()) {
        desk.output().text("\nRatings\n" + table.text(desk.output().style()));
    }
    return Exit::done;
}

Result<Exit> show_action(Desk& desk, const Reading& reading, const Action& action) {
    const auto today = TRY(day_shown(desk, reading));
    if (action.owner.at(today) == nullptr) {
        return not_there_on(action.ref, today);
    }
    const auto title = TRY(word_of(desk, reading, action.added_at, title_of));
    const auto rating = delivery_on(action, today);
    auto cell = rating_cell(rating.code, desk.output().style());
    cell.text += rating_text(rating);
    const auto* owner = action.owner.at(today);
    const auto* accountable = action.accountable.at(today);
    desk.output().text(
        labelled_text({{"Action", {action.ref.str() + "  " + title}},
                       {"Delivery", cell},
                       {"Owner", {owner == nullptr ? "" : owner->value.str()}},
                       {"Accountable", {accountable == nullptr ? "" : accountable->value.str()}},
                       {"Start", {in_words(action.start)}},
                       {"Deadline", {in_words(deadline_on(action, today))}},
                       {"First set", {in_words(action.original_deadline)}},
                       {"Started",
                        {action.started && action.started->effective <= today
                             ? in_words(action.started->effective)
                             : "not yet"}}},
                      desk.output().style()));
    Table table({{"Event", Align::right}, {"True on"}, {"Done", Align::right}, {"What"}});
    auto json_progress = Json::array();
    for (const auto& setting : action.progress.settings()) {
        if (setting.effective > today || setting.struck_at) {
            continue;
        }
        const auto text = TRY(word_of(desk, reading, setting.index, schema::WordField::TEXT));
        const auto percent =
            setting.value.percent ? fmt::format("{}%", *setting.value.percent) : "-";
        table.add({{std::to_string(setting.index.value)},
                   {to_string(setting.effective)},
                   {percent},
                   {text}});
        json_progress.push(
            Json::object()
                .set("event", setting.index.value)
                .set("effective", to_string(setting.effective))
                .set("percent", setting.value.percent ? Json(*setting.value.percent) : Json())
                .set("text", text));
    }
    if (!table.empty()) {
        desk.output().text("\nProgress\n" + table.text(desk.output().style()));
    }
    TRY(show_ratings(desk, action.delivery, today));
    desk.output().json(Json::object()
                           .set("type", "action")
                           .set("ref", action.ref.str())
                           .set("title", title)
                           .set("rating", rating.code)
                           .set("progress", json_progress));
    return Exit::done;
}

Result<Exit> show_area(Desk& desk, const Reading& reading, const Area& area) {
    const auto today = TRY(day_shown(desk, reading));
    if (area.lead.at(today) == nullptr) {
        return not_there_on(area.ref, today);
    }
    const auto title = TRY(word_of(desk, reading, area.added_at, title_of));
    desk.output().text(area.ref.str() + "  " + title);
    desk.output().json(
        Json::object().set("type", "area").set("ref", area.ref.str()).set("title", title));
    return show_ratings(desk, area.impact, today);
}

Result<Exit> show_ledger(Desk& desk, Reading& reading) {
    std::set<PlanRef> plans;
    TRY(reading.history->each_event(EventIndex{0},
                                    [&](const Event& event) -> Result<Snapshot::Step> {
                                        if (event.kind() == Kind::PLAN_DRAFTED) {
                                            plans.insert(*event.envelope().plan);
                                        }
                                        return Snapshot::Step::next;
                                    }));
    Table table({{"Plan"}, {"Title"}});
    for (const auto& ref : plans) {
        TRY(reading.with_plan(ref));
        const auto* plan = reading.state.plan(ref);
        const auto title = plan == nullptr
                               ? std::string()
                               : TRY(word_of(desk, reading, plan->drafted_at, title_of));
        table.add({{ref.str()}, {title}});
        desk.output().json(
            Json::object().set("type", "plan").set("ref", ref.str()).set("title", title));
    }
    desk.output().text(table.empty() ? "No plan is drafted yet"
                                     : table.text(desk.output().style()));
    desk.output().text(fmt::format("{} people; `wsoa show people` lists them",
                                   reading.state.keyring.people().size()));
    desk.output().json(Json::object()
                           .set("type", "ledger")
                           .set("people", reading.state.keyring.people().size())
                           .set("events", reading.history->size().value));
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
        return show_action(desk, reading, plan->actions.at(subject));
    }
    if (plan != nullptr && plan->areas.contains(subject)) {
        return show_area(desk, reading, plan->areas.at(subject));
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
                   .help = "a plan, an action, an area, or people; the plans where it is left out",
                   .presence = Presence::optional}},
        .options = {{.name = "as-at",
                     .value = "DATE",
                     .help = "with only what was true by that day, and that day's calendar"}},
        .run = show};
}

}  // namespace wsoa
