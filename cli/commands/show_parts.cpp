#include "cli/commands/show_parts.h"

#include "cli/render/kinds.h"
#include "cli/render/rating.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
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

bool is_overdue(const ShownRating& rating) {
    return rating.because == ShownRating::Because::overdue;
}

Cell delivery_cell(const ShownRating& rating, const Style& style) {
    auto cell = rating_cell(rating.code, style);
    cell.text += is_overdue(rating) ? " (overdue)" : "";
    return cell;
}

std::string listed(const std::vector<SubjectRef>& refs) {
    std::string text;
    for (const auto& ref : refs) {
        text += (text.empty() ? "" : ", ") + ref.str();
    }
    return text;
}

std::string percent_of(const Register<ProgressReport>::Setting* progress) {
    return progress != nullptr && progress->value.percent
               ? fmt::format("{}%", *progress->value.percent)
               : "-";
}

// What waits for a second person, in words; empty where nothing does.
std::string waiting_on(const Action& action, Date day) {
    std::string waits;
    for (const auto& proposal : action.delivery.proposals) {
        if (proposal.effective <= day && !confirmed_by_then(action.delivery, proposal, day)) {
            waits = fmt::format("{} is proposed and waits: wsoa confirm {}",
                                rating_word(proposal.to), proposal.index.value);
        }
    }
    return waits;
}

struct ShownAction {
    std::vector<Cell> row;
    ShownRating rating;
};

Result<ShownAction> action_row(Desk& desk, const Reading& reading, const Plan& plan,
                               const Action& action) {
    const auto today = TRY(day_shown(desk, reading));
    const auto title = TRY(word_of(desk, reading, action.added_at, title_of));
    const auto rating = delivery_on(plan, action, today);
    const auto* owner = action.owner.at(today);
    const auto* progress = action.progress.at(today);
    const auto deadline = to_string(deadline_on(action, today));
    const auto owner_name = owner == nullptr ? std::string() : owner->value.str();
    auto json = Json::object();
    json.set("type", "action")
        .set("ref", action.ref.str())
        .set("title", title)
        .set("area", action.area.str())
        .set("rating", rating.code)
        .set("overdue", is_overdue(rating))
        .set("owner", owner == nullptr ? Json() : Json(owner_name))
        .set("deadline", deadline)
        .set("percent", progress != nullptr && progress->value.percent
                            ? Json(*progress->value.percent)
                            : Json());
    desk.output().json(json);
    return ShownAction{.row = {{action.ref.str()},
                               {title},
                               delivery_cell(rating, desk.output().style()),
                               {percent_of(progress)},
                               {deadline},
                               {owner_name},
                               {waiting_on(action, today)}},
                       .rating = rating};
}

// An item that was registered by the day; null for a later one.
struct ShownEvidence {
    std::string title;
    Date registered;
};
Result<std::optional<ShownEvidence>> evidence_on(Desk& desk, const Reading& reading,
                                                 const Evidence& evidence, Date day) {
    const auto event = TRY(reading.history->event(evidence.added_at));
    const auto registered = event.envelope().effective;
    if (registered > day) {
        return std::optional<ShownEvidence>{};
    }
    auto title = TRY(word_of(desk, reading, evidence.added_at, title_of));
    return std::optional(ShownEvidence{.title = std::move(title), .registered = registered});
}

// By when it must be looked at again, as far as anything is recorded.
std::optional<Date> review_due(const Evidence& evidence) {
    const auto* review = evidence.review_by.latest();
    return review == nullptr ? std::nullopt : std::optional(review->value);
}

std::string source_in_words(const Evidence& evidence) {
    return evidence.source ? name_in_words(name_of(*evidence.source)) : std::string("not said");
}

Json evidence_json(const Evidence& evidence, const ShownEvidence& shown) {
    const auto date_json = [](const std::optional<Date>& date) {
        return date ? Json(to_string(*date)) : Json();
    };
    return Json::object()
        .set("type", "evidence")
        .set("ref", evidence.ref.str())
        .set("title", shown.title)
        .set("kind", name_of(evidence.type))
        .set("version", evidence.version)
        .set("registered", to_string(shown.registered))
        .set("by", evidence.by.str())
        .set("source", evidence.source ? Json(name_of(*evidence.source)) : Json())
        .set("dateOfDocument", date_json(evidence.date_of_document))
        .set("periodStart", date_json(evidence.period_start))
        .set("periodEnd", date_json(evidence.period_end))
        .set("personalData", name_of(evidence.personal_data))
        .set("reviewBy", date_json(review_due(evidence)));
}

// The evidence that the plan holds, as a table; empty where there is none.
Result<std::string> evidence_text(Desk& desk, const Reading& reading, const Plan& plan, Date day) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Title", Align::left, Fit::beneath},
                 {"Kind"},
                 {"Dated", Align::left, Fit::whole},
                 {"From"},
                 {"Review by", Align::left, Fit::whole}});
    for (const auto& [ref, evidence] : plan.evidence) {
        const auto shown = TRY(evidence_on(desk, reading, evidence, day));
        if (!shown) {
            continue;
        }
        const auto& dated = evidence.date_of_document;
        const auto review = review_due(evidence);
        table.add({{ref.str()},
                   {shown->title},
                   {name_in_words(name_of(evidence.type))},
                   {dated ? to_string(*dated) : ""},
                   {source_in_words(evidence)},
                   {review ? to_string(*review) : ""}});
        desk.output().json(evidence_json(evidence, *shown));
    }
    return table.empty() ? std::string()
                         : "\nEvidence registered\n" + table.text(desk.output().style());
}

Result<std::string> area_heading(Desk& desk, const Reading& reading, const Area& area, Date day) {
    const auto title = TRY(word_of(desk, reading, area.added_at, title_of));
    const auto impact = rating_cell(impact_on(area, day).code, desk.output().style());
    return fmt::format("\n{}  {}\n     Impact: {}   Lead: {}\n", area.ref.str(), printable(title),
                       impact.text, area.lead.at(day)->value.str());
}

void show_ratings(Desk& desk, const Ratings& ratings, Date day) {
    Table table({{"Event", Align::right},
                 {"True on", Align::left, Fit::whole},
                 {"Rating"},
                 {"Proposed by", Align::left, Fit::whole},
                 {"Confirmed by"}});
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
}

Result<Json> show_progress(Desk& desk, const Reading& reading, const Action& action, Date day) {
    Table table({{"Event", Align::right},
                 {"True on", Align::left, Fit::whole},
                 {"Done", Align::right},
                 {"What"}});
    auto json = Json::array();
    for (const auto& setting : action.progress.settings()) {
        if (setting.effective > day || setting.struck_at) {
            continue;
        }
        const auto text = TRY(word_of(desk, reading, setting.index, schema::WordField::TEXT));
        table.add({{std::to_string(setting.index.value)},
                   {to_string(setting.effective)},
                   {percent_of(&setting)},
                   {text}});
        const auto percent = setting.value.percent ? Json(*setting.value.percent) : Json();
        json.push(Json::object()
                      .set("event", setting.index.value)
                      .set("effective", to_string(setting.effective))
                      .set("percent", percent)
                      .set("text", text));
    }
    if (!table.empty()) {
        desk.output().text("\nProgress\n" + table.text(desk.output().style()));
    }
    return json;
}

std::string evidence_needed(const Action& action) {
    return fmt::format(
        "{} accepted {} needed to be complete; wsoa show {} lists what is registered",
        action.evidence_required, action.evidence_required == 1 ? "item" : "items",
        action.ref.plan()->str());
}

}  // namespace

Result<Exit> show_plan(Desk& desk, const Reading& reading, const Plan& plan) {
    const auto today = TRY(day_shown(desk, reading));
    const auto style = desk.output().style();
    const auto title = TRY(word_of(desk, reading, plan.drafted_at, title_of));
    desk.output().text(
        fmt::format("{}  {}\nAs true on {}\n", plan.ref.str(), printable(title), in_words(today)));
    std::map<std::string, int> counts;
    std::string body;
    std::size_t shown_actions = 0;
    for (const auto& [ref, area] : plan.areas) {
        if (area.lead.at(today) == nullptr) {
            continue;  // not there by that day
        }
        const auto heading = TRY(area_heading(desk, reading, area, today));
        body += heading;
        Table table({{"Ref", Align::left, Fit::whole},
                     {"Action", Align::left, Fit::beneath},
                     {"Delivery"},
                     {"Done", Align::right},
                     {"Due", Align::left, Fit::whole},
                     {"Owner", Align::left, Fit::whole},
                     {"Waits", Align::left, Fit::beneath}});
        for (const auto& [action_ref, action] : plan.actions) {
            if (action.area == ref && action.owner.at(today) != nullptr) {
                auto row = TRY(action_row(desk, reading, plan, action));
                ++counts[row.rating.code];
                ++shown_actions;
                table.add(std::move(row.row));
            }
        }
        body += table.text(style);
    }
    const auto evidence = TRY(evidence_text(desk, reading, plan, today));
    body += evidence;
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

Result<Exit> show_action(Desk& desk, const Reading& reading, const Plan& plan,
                         const Action& action) {
    const auto today = TRY(day_shown(desk, reading));
    const auto* owner = action.owner.at(today);
    if (owner == nullptr) {
        return not_there_on(action.ref, today);
    }
    const auto title = TRY(word_of(desk, reading, action.added_at, title_of));
    const auto rating = delivery_on(plan, action, today);
    const auto* accountable = action.accountable.at(today);
    const bool was_started = action.started && action.started->effective <= today;
    const auto deadline = deadline_on(action, today);
    desk.output().text(
        labelled_text({{"Action", {action.ref.str() + "  " + title}},
                       {"Outcome", {action.outcome.str() + " in " + action.area.str()}},
                       {"Delivery", delivery_cell(rating, desk.output().style())},
                       {"Owner", {owner->value.str()}},
                       {"Accountable", {accountable == nullptr ? "" : accountable->value.str()}},
                       {"Organisation", {name_in_words(name_of(action.organisation))}},
                       {"Start", {in_words(action.start)}},
                       {"Deadline", {in_words(deadline)}},
                       {"First set", {in_words(action.original_deadline)}},
                       {"Started", {was_started ? in_words(action.started->effective) : "not yet"}},
                       {"Measures", {action.measures.empty() ? "none" : listed(action.measures)}},
                       {"Evidence", {evidence_needed(action)}}},
                      desk.output().style()));
    const auto progress = TRY(show_progress(desk, reading, action, today));
    show_ratings(desk, action.delivery, today);
    auto measures = Json::array();
    for (const auto& measure : action.measures) {
        measures.push(measure.str());
    }
    desk.output().json(
        Json::object()
            .set("type", "action")
            .set("ref", action.ref.str())
            .set("title", title)
            .set("outcome", action.outcome.str())
            .set("area", action.area.str())
            .set("rating", rating.code)
            .set("overdue", is_overdue(rating))
            .set("owner", owner->value.str())
            .set("accountable", accountable == nullptr ? Json() : Json(accountable->value.str()))
            .set("organisation", name_of(action.organisation))
            .set("deadline", to_string(deadline))
            .set("originalDeadline", to_string(action.original_deadline))
            .set("started", was_started ? Json(to_string(action.started->effective)) : Json())
            .set("measures", measures)
            .set("evidenceRequired", action.evidence_required)
            .set("progress", progress));
    return Exit::done;
}

Result<Exit> show_area(Desk& desk, const Reading& reading, const Area& area) {
    const auto today = TRY(day_shown(desk, reading));
    const auto* lead = area.lead.at(today);
    if (lead == nullptr) {
        return not_there_on(area.ref, today);
    }
    const auto title = TRY(word_of(desk, reading, area.added_at, title_of));
    const auto impact = impact_on(area, today).code;
    desk.output().text(labelled_text({{"Area", {area.ref.str() + "  " + title}},
                                      {"Impact", rating_cell(impact, desk.output().style())},
                                      {"Lead", {lead->value.str()}}},
                                     desk.output().style()));
    show_ratings(desk, area.impact, today);
    desk.output().json(Json::object()
                           .set("type", "area")
                           .set("ref", area.ref.str())
                           .set("title", title)
                           .set("impact", impact)
                           .set("lead", lead->value.str()));
    return Exit::done;
}

Result<Exit> show_evidence(Desk& desk, const Reading& reading, const Evidence& evidence) {
    const auto today = TRY(day_shown(desk, reading));
    const auto shown = TRY(evidence_on(desk, reading, evidence, today));
    if (!shown) {
        return not_there_on(evidence.ref, today);
    }
    const auto day = [](const std::optional<Date>& date) {
        return date ? in_words(*date) : std::string("not said");
    };
    desk.output().text(
        labelled_text({{"Evidence", {evidence.ref.str() + "  " + shown->title}},
                       {"Kind", {name_in_words(name_of(evidence.type))}},
                       {"Version", {std::to_string(evidence.version)}},
                       {"Registered", {in_words(shown->registered) + " by " + evidence.by.str()}},
                       {"From", {source_in_words(evidence)}},
                       {"Dated", {day(evidence.date_of_document)}},
                       {"Covers", {day(evidence.period_start) + " to " + day(evidence.period_end)}},
                       {"Personal data", {name_in_words(name_of(evidence.personal_data))}},
                       {"Review by", {day(review_due(evidence))}}},
                      desk.output().style()));
    desk.output().json(evidence_json(evidence, *shown));
    return Exit::done;
}

}  // namespace wsoa
