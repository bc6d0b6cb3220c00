// The table of a plan, with everything that two people need in order to compare what they see.

#include "cli/commands/show_parts.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"
#include "ledger/state/plan_bytes.h"
#include "projections/timeline.h"

namespace wsoa {
namespace {

constexpr auto title_of = schema::WordField::TITLE;

std::string percent_of(const Register<ProgressReport>::Setting* progress) {
    return progress != nullptr && progress->value.percent
               ? fmt::format("{}%", *progress->value.percent)
               : "-";
}

// The proposal that waits for a second person at the end of the day; null if none does.
const Proposal* waiting_on(const Action& action, Date day) {
    const Proposal* waits = nullptr;
    for (const auto& proposal : action.delivery.proposals) {
        if (proposal.effective <= day && !confirmed_by_then(action.delivery, proposal, day)) {
            waits = &proposal;
        }
    }
    return waits;
}

std::string in_words(const Proposal* waits) {
    return waits == nullptr ? std::string()
                            : fmt::format("{} is proposed and waits: wsoa confirm {}",
                                          rating_word(waits->to), waits->index.value);
}

// Everything that a plan's table and object add up to.
struct Sheet {
    std::string body;
    std::map<std::string, int> counts;
    int actions = 0;
    Json ratings = Json::object();
    Json impact = Json::object();
};

Json action_json(const Plan& plan, const Action& action, Date day, const std::string& title) {
    const auto rating = delivery_on(plan, action, day);
    const auto* owner = action.owner.at(day);
    const auto* accountable = action.accountable.at(day);
    const auto* progress = action.progress.at(day);
    const auto* waits = waiting_on(action, day);
    auto json = Json::object();
    json.set("type", "action")
        .set("ref", action.ref.str())
        .set("title", title)
        .set("area", action.area.str())
        .set("stage", choice_name(action.stage_on(day)));
    set_rating(json, rating, rating_looks());
    json.set("why", why_shown(plan, action, day))
        .set("overdue", is_overdue(rating))
        .set("owner", owner == nullptr ? Json() : Json(owner->value.str()))
        .set("accountable", accountable == nullptr ? Json() : Json(accountable->value.str()))
        .set("organisation", name_of(action.organisation))
        .set("deadline", to_string(deadline_on(action, day)))
        .set("originalDeadline", to_string(action.original_deadline))
        .set("percent", progress != nullptr && progress->value.percent
                            ? Json(*progress->value.percent)
                            : Json())
        .set("waits", waits == nullptr ? Json() : Json(waits->index.value));
    return json;
}

Result<std::vector<Cell>> action_row(Desk& desk, const Reading& reading, const Moment& moment,
                                     const Action& action) {
    const auto day = moment.day();
    const auto title = TRY(word_of(desk, reading, action.added_at, title_of));
    desk.output().json(action_json(moment.plan(), action, day, title));
    const auto rating = delivery_on(moment.plan(), action, day);
    const auto* owner = action.owner.at(day);
    const auto deadline = deadline_on(action, day);
    const auto moved = deadline == action.original_deadline
                           ? std::string()
                           : fmt::format(" (first {})", to_string(action.original_deadline));
    return std::vector<Cell>{{action.ref.str()},
                             {title},
                             delivery_cell(rating, desk.output().style()),
                             {why_shown(moment.plan(), action, day)},
                             {percent_of(action.progress.at(day))},
                             {to_string(deadline) + moved},
                             {owner == nullptr ? "" : owner->value.str()},
                             {in_words(waiting_on(action, day))}};
}

Result<std::string> area_heading(Desk& desk, const Reading& reading, const Moment& moment,
                                 const Area& area) {
    const auto title = TRY(title_on(desk, reading, area, moment.day()));
    const auto shown = impact_on(area, moment.day());
    const auto impact = impact_cell(shown.code, desk.output().style());
    const auto* lead = area.lead.at(moment.day());
    const auto* stage = area.stage.at(moment.day());
    const auto lead_name = lead == nullptr ? std::string() : lead->value.str();
    auto json = Json::object();
    json.set("type", "area").set("ref", area.ref.str()).set("title", title);
    set_rating(json, shown, impact_looks());
    json.set("impact", shown.code)
        .set("lead", lead == nullptr ? Json() : Json(lead_name))
        .set("stage", stage == nullptr ? Json() : Json(choice_name(stage->value)));
    desk.output().json(json);
    return fmt::format("\n{}  {}\n     Impact: {}   Lead: {}\n", area.ref.str(), printable(title),
                       impact.text, lead_name);
}

Result<void> add_area(Desk& desk, const Reading& reading, const Moment& moment, const Area& area,
                      Sheet& sheet) {
    const auto heading = TRY(area_heading(desk, reading, moment, area));
    sheet.body += heading;
    sheet.impact.set(area.ref.str(), impact_on(area, moment.day()).code);
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Action", Align::left, Fit::beneath},
                 {"Delivery"},
                 {"Why", Align::left, Fit::beneath},
                 {"Done", Align::right},
                 {"Due"},
                 {"Owner", Align::left, Fit::whole},
                 {"Waits", Align::left, Fit::beneath}});
    for (const auto& [ref, action] : moment.plan().actions) {
        if (action.area != area.ref || action.added_on > moment.day()) {
            continue;
        }
        auto row = TRY(action_row(desk, reading, moment, action));
        table.add(std::move(row));
        const auto code = delivery_on(moment.plan(), action, moment.day()).code;
        ++sheet.counts[code];
        ++sheet.actions;
        sheet.ratings.set(ref.str(), code);
    }
    sheet.body += table.empty() ? "" : table.text(desk.output().style());
    return done();
}

// The evidence that the plan held, as a table; empty where there is none.
Result<std::string> evidence_text(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Title", Align::left, Fit::beneath},
                 {"Kind"},
                 {"Stands at"},
                 {"Dated", Align::left, Fit::whole},
                 {"From"},
                 {"Review by", Align::left, Fit::whole}});
    for (const auto& [ref, evidence] : moment.plan().evidence) {
        if (evidence.added_on > moment.day()) {
            continue;
        }
        const auto title = TRY(word_of(desk, reading, evidence.added_at, title_of));
        const auto* stage = evidence.stage.at(moment.day());
        table.add({{ref.str()},
                   {title},
                   {name_in_words(name_of(evidence.type))},
                   {stage == nullptr ? "" : name_in_words(choice_name(stage->value))},
                   {day_cell(evidence.date_of_document)},
                   {source_in_words(evidence)},
                   {day_cell(review_due(evidence, moment.day()))}});
        const auto json = TRY(evidence_json(desk, reading, evidence, moment.day()));
        desk.output().json(json);
    }
    return table.empty() ? std::string()
                         : "\nEvidence registered\n" + table.text(desk.output().style());
}

}  // namespace

Result<Exit> show_plan(Desk& desk, const Reading& reading, const Moment& moment) {
    const auto& plan = moment.plan();
    if (plan.drafted_on > moment.day()) {
        return error(Fault::missing, "{} was not there on {}", plan.ref.str(),
                     wsoa::in_words(moment.day()))
            .advise(fmt::format("`wsoa trail {}` shows when it was drafted", plan.ref.str()));
    }
    const auto title = TRY(word_of(desk, reading, plan.drafted_at, title_of));
    desk.output().text(
        fmt::format("{}  {}\n{}\n", plan.ref.str(), printable(title), wsoa::in_words(moment)));
    Sheet sheet;
    for (const auto& [ref, area] : plan.areas) {
        if (area.added_on <= moment.day()) {
            TRY(add_area(desk, reading, moment, area, sheet));
        }
    }
    const auto evidence = TRY(evidence_text(desk, reading, moment));
    sheet.body += evidence;
    const auto digest = to_hex(digest_of(plan).view());
    desk.output().text(counts_text(sheet.counts) + fmt::format(" ({} actions)", sheet.actions));
    desk.output().text(sheet.body);
    desk.output().text(fmt::format("\nState {} after {} events, root {}", digest.substr(0, 16),
                                   moment.as_at.size.value,
                                   to_hex(moment.as_at.root.view()).substr(0, 16)));
    const auto* stage = plan.stage.at(moment.day());
    desk.output().json(
        moment_json("plan", moment)
            .set("ref", plan.ref.str())
            .set("title", title)
            .set("stage", stage == nullptr ? Json() : Json(choice_name(stage->value)))
            .set("ratings", sheet.ratings)
            .set("impact", sheet.impact)
            .set("counts", counts_json(sheet.counts))
            .set("digest", digest));
    return Exit::done;
}

}  // namespace wsoa
