#include "cli/commands/show_parts.h"

#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"
#include "projections/timeline.h"

namespace wsoa {
namespace {

using Because = ShownRating::Because;

constexpr auto title_of = schema::WordField::TITLE;

std::string percent_of(const Register<ProgressReport>::Setting* progress) {
    return progress != nullptr && progress->value.percent
               ? fmt::format("{}%", *progress->value.percent)
               : "-";
}

using RatingCell = Cell (*)(std::string_view code, const Style& style);

void show_ratings(Desk& desk, const Ratings& ratings, Date day, RatingCell cell) {
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
                   cell(proposal.to, desk.output().style()),
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

// Since when the stage that the action had on the day stood.
std::string since(const Action& action, Date day) {
    const auto* stage = action.stage.at(day);
    return stage == nullptr ? std::string() : in_words(stage->effective);
}

}  // namespace

bool is_overdue(const ShownRating& rating) { return rating.because == Because::overdue; }

Cell delivery_cell(const ShownRating& rating, const Style& style) {
    auto cell = rating_cell(rating.code, style);
    cell.text += is_overdue(rating)                       ? " (overdue)"
                 : rating.because == Because::not_updated ? " (not yet updated)"
                                                          : "";
    return cell;
}

std::string why_shown(const Plan& plan, const Action& action, Date day) {
    const auto* confirmed = action.delivery.confirmed.at(day);
    switch (delivery_on(plan, action, day).because) {
        case Because::not_started: return "no start is recorded";
        case Because::unrated: return "nothing is confirmed";
        case Because::overdue:
            return fmt::format("past its deadline of {}", in_words(deadline_on(action, day)));
        case Because::complete:
        case Because::ended:
            return fmt::format("{} since {}", name_in_words(choice_name(action.stage_on(day))),
                               since(action, day));
        case Because::confirmed:
            return fmt::format("confirmed on {} by {}", in_words(confirmed->effective),
                               confirmed->value.confirmed_by.str());
        case Because::not_updated:
            return fmt::format("{} was confirmed on {}, and its period is over",
                               rating_word(confirmed->value.code), in_words(confirmed->effective));
    }
    CHECK(false);
    return {};
}

void set_rating(Json& object, const ShownRating& rating, std::span<const RatingLook> looks) {
    const auto* look = look_in(looks, rating.code);
    object.set("rating", rating.code)
        .set("word", look == nullptr ? Json(rating.code) : Json(look->word))
        .set("shape", look == nullptr ? Json() : Json(look->shape))
        .set("colour", look == nullptr ? Json() : Json(look->colour_name))
        .set("because", name_of(rating.because));
}

Error not_there_on(const SubjectRef& ref, Date day) {
    return error(Fault::missing, "{} was not there on {}", ref.str(), in_words(day))
        .advise(fmt::format("`wsoa trail {}` shows when it was added", ref.str()));
}

std::optional<EventIndex> confirmed_by_then(const Ratings& ratings, const Proposal& proposal,
                                            Date day) {
    for (const auto& setting : ratings.confirmed.settings()) {
        if (setting.value.proposal == proposal.index && setting.effective <= day) {
            return setting.index;
        }
    }
    return std::nullopt;
}

Result<std::string> title_on(Desk& desk, const Reading& reading, const Area& area, Date day) {
    const auto* title = area.title.at(day);
    return word_of(desk, reading, title == nullptr ? area.added_at : title->value, title_of);
}

Json counts_json(const std::map<std::string, int>& counts) {
    auto json = Json::object();
    for (const auto* code : {"GY", "UN", "R", "A", "G", "B"}) {
        const auto found = counts.find(code);
        json.set(code, found == counts.end() ? 0 : found->second);
    }
    // The others are rare enough to be left out where there are none.
    for (const auto& [code, count] : counts) {
        if (code == code_embedded || code == code_ended) {
            json.set(code, count);
        }
    }
    return json;
}

std::string counts_text(const std::map<std::string, int>& counts) {
    std::string text;
    for (const auto& look : rating_looks()) {
        if (const auto found = counts.find(std::string(look.code)); found != counts.end()) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", found->second, look.word);
        }
    }
    return text;
}

Result<Exit> show_action(Desk& desk, const Reading& reading, const Moment& moment,
                         const Action& action) {
    const auto day = moment.day();
    if (action.added_on > day) {
        return not_there_on(action.ref, day);
    }
    const auto title = TRY(word_of(desk, reading, action.added_at, title_of));
    const auto rating = delivery_on(moment.plan(), action, day);
    const auto* owner = action.owner.at(day);
    const auto* accountable = action.accountable.at(day);
    const auto owner_name = owner == nullptr ? std::string() : owner->value.str();
    const auto accountable_name = accountable == nullptr ? std::string() : accountable->value.str();
    const bool was_started = action.started && action.started->effective <= day;
    const auto deadline = deadline_on(action, day);
    const auto why = why_shown(moment.plan(), action, day);
    desk.output().text(
        labelled_text({{"Action", {action.ref.str() + "  " + title}},
                       {"Outcome", {action.outcome.str() + " in " + action.area.str()}},
                       {"Delivery", delivery_cell(rating, desk.output().style())},
                       {"Why", {why}},
                       {"Owner", {owner_name}},
                       {"Accountable", {accountable_name}},
                       {"Organisation", {name_in_words(name_of(action.organisation))}},
                       {"Start", {in_words(action.start)}},
                       {"Deadline", {in_words(deadline)}},
                       {"First set", {in_words(action.original_deadline)}},
                       {"Started", {was_started ? in_words(action.started->effective) : "not yet"}},
                       {"Measures", {action.measures.empty() ? "none" : listed(action.measures)}},
                       {"Evidence", {evidence_needed(action)}},
                       {"Told", {in_words(moment)}}},
                      desk.output().style()));
    const auto progress = TRY(show_progress(desk, reading, action, day));
    show_ratings(desk, action.delivery, day, rating_cell);
    auto json = moment_json("action", moment);
    json.set("ref", action.ref.str())
        .set("title", title)
        .set("outcome", action.outcome.str())
        .set("area", action.area.str())
        .set("stage", choice_name(action.stage_on(day)));
    set_rating(json, rating, rating_looks());
    desk.output().json(
        json.set("why", why)
            .set("overdue", is_overdue(rating))
            .set("owner", owner == nullptr ? Json() : Json(owner_name))
            .set("accountable", accountable == nullptr ? Json() : Json(accountable_name))
            .set("organisation", name_of(action.organisation))
            .set("deadline", to_string(deadline))
            .set("originalDeadline", to_string(action.original_deadline))
            .set("started", was_started ? Json(to_string(action.started->effective)) : Json())
            .set("measures", refs_json(action.measures))
            .set("evidenceRequired", action.evidence_required)
            .set("progress", progress));
    return Exit::done;
}

Result<Exit> show_area(Desk& desk, const Reading& reading, const Moment& moment, const Area& area) {
    const auto day = moment.day();
    if (area.added_on > day) {
        return not_there_on(area.ref, day);
    }
    const auto title = TRY(title_on(desk, reading, area, day));
    const auto shown = impact_on(area, day);
    const auto* lead = area.lead.at(day);
    const auto lead_name = lead == nullptr ? std::string() : lead->value.str();
    desk.output().text(labelled_text({{"Area", {area.ref.str() + "  " + title}},
                                      {"Impact", impact_cell(shown.code, desk.output().style())},
                                      {"Lead", {lead_name}},
                                      {"Told", {in_words(moment)}}},
                                     desk.output().style()));
    show_ratings(desk, area.impact, day, impact_cell);
    auto json = moment_json("area", moment);
    json.set("ref", area.ref.str()).set("title", title);
    set_rating(json, shown, impact_looks());
    desk.output().json(
        json.set("impact", shown.code).set("lead", lead == nullptr ? Json() : Json(lead_name)));
    return Exit::done;
}

}  // namespace wsoa
