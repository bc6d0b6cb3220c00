#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"
#include "projections/matters.h"

namespace wsoa {
namespace {

std::string days_cell(const std::optional<std::int32_t>& days) {
    return days ? std::to_string(*days) : "";
}

Result<Json> exceptions_json(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Action", Align::left, Fit::whole},
                 {"Red since", Align::left, Fit::whole},
                 {"Opened", Align::left, Fit::whole},
                 {"Days to open", Align::right},
                 {"Answered", Align::left, Fit::whole},
                 {"Days to answer", Align::right},
                 {"Decision wanted", Align::left, Fit::beneath},
                 {"Closed", Align::left, Fit::beneath}});
    auto json = Json::array();
    for (const auto& each : exceptions_by(moment.plan(), moment.day())) {
        const auto& exception = *each.exception;
        const auto wanted =
            TRY(word_of(desk, reading, exception.opened.index, schema::WordField::DECISION_WANTED));
        table.add({{exception.ref.str()},
                   {exception.action.str()},
                   {day_cell(each.red_since)},
                   {to_string(exception.opened.effective)},
                   {days_cell(each.days_to_open())},
                   {day_cell(each.answered)},
                   {days_cell(each.days_to_answer())},
                   {wanted},
                   {each.closed ? "closed on " + in_words(*each.closed) : ""}});
        json.push(Json::object()
                      .set("exception", exception.ref.str())
                      .set("ref", exception.action.str())
                      .set("red", date_json(each.red_since))
                      .set("opened", to_string(exception.opened.effective))
                      .set("openedBy", exception.opened.by.str())
                      .set("daysToOpen", number_json(each.days_to_open()))
                      .set("answered", date_json(each.answered))
                      .set("daysToAnswer", number_json(each.days_to_answer()))
                      .set("closed", date_json(each.closed))
                      .set("decisionWanted", wanted));
    }
    show_table(desk.output(), "Exceptions", table);
    return json;
}

Json without_exception_json(Output& output, const Moment& moment) {
    auto json = Json::array();
    std::string text;
    for (const auto& each : red_without_exception(moment.plan(), moment.day())) {
        text += fmt::format("\n  {} since {}", each.ref.str(), in_words(each.red_since));
        json.push(Json::object().set("ref", each.ref.str()).set("red", to_string(each.red_since)));
    }
    if (!text.empty()) {
        output.text("\nRed, and no exception is open" + text);
    }
    return json;
}

Result<Json> challenges_json(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Asked", Align::left, Fit::whole},
                 {"By", Align::left, Fit::whole},
                 {"About"},
                 {"Due", Align::left, Fit::whole},
                 {"Answered", Align::left, Fit::whole},
                 {"Question", Align::left, Fit::beneath}});
    auto json = Json::array();
    for (const auto& [ref, challenge] : moment.plan().challenges) {
        if (challenge.recorded.effective > moment.day()) {
            continue;
        }
        const auto text =
            TRY(word_of(desk, reading, challenge.recorded.index, schema::WordField::TEXT));
        const bool is_answered = is_by(challenge.answered, moment.day());
        const auto answered =
            is_answered ? std::optional(challenge.answered->effective) : std::nullopt;
        table.add({{ref.str()},
                   {to_string(challenge.recorded.effective)},
                   {challenge.recorded.by.str()},
                   {listed(challenge.about)},
                   {day_cell(challenge.due)},
                   {day_cell(answered)},
                   {text}});
        json.push(Json::object()
                      .set("ref", ref.str())
                      .set("asked", to_string(challenge.recorded.effective))
                      .set("askedAs", name_of(challenge.asked_as))
                      .set("by", challenge.recorded.by.str())
                      .set("about", refs_json(challenge.about))
                      .set("due", date_json(challenge.due))
                      .set("answered", date_json(answered))
                      .set("question", text));
    }
    show_table(desk.output(), "Challenges", table);
    return json;
}

Result<Json> requests_json(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"From"},
                 {"Asked", Align::left, Fit::whole},
                 {"Due", Align::left, Fit::whole},
                 {"Stands at"},
                 {"Request", Align::left, Fit::beneath}});
    auto json = Json::array();
    for (const auto& [ref, request] : moment.plan().requests) {
        if (request.requested.effective > moment.day()) {
            continue;
        }
        const auto text =
            TRY(word_of(desk, reading, request.requested.index, schema::WordField::TEXT));
        const bool is_met = request.fulfilled && request.fulfilled->entry.effective <= moment.day();
        const bool is_refused = is_by(request.refused, moment.day());
        const auto* const state = is_met                       ? "fulfilled"
                                  : is_refused                 ? "refused"
                                  : moment.day() > request.due ? "overdue"
                                                               : "open";
        table.add({{ref.str()},
                   {name_in_words(name_of(request.from))},
                   {to_string(request.requested.effective)},
                   {to_string(request.due)},
                   {state},
                   {text}});
        json.push(Json::object()
                      .set("ref", ref.str())
                      .set("from", name_of(request.from))
                      .set("asked", to_string(request.requested.effective))
                      .set("due", to_string(request.due))
                      .set("state", state)
                      .set("fulfilled",
                           is_met ? Json(to_string(request.fulfilled->entry.effective)) : Json())
                      .set("pack", is_met && request.fulfilled->pack
                                       ? Json(request.fulfilled->pack->str())
                                       : Json())
                      .set("text", text));
    }
    show_table(desk.output(), "Requests for information", table);
    return json;
}

Result<Json> risks_json(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Sort"},
                 {"Likelihood", Align::right},
                 {"Impact", Align::right},
                 {"Score", Align::right},
                 {"Owner", Align::left, Fit::whole},
                 {"Closed", Align::left, Fit::whole},
                 {"Risk", Align::left, Fit::beneath}});
    auto json = Json::array();
    for (const auto& [ref, risk] : moment.plan().risks) {
        const auto* score = risk.score.at(moment.day());
        if (risk.raised.effective > moment.day() || score == nullptr) {
            continue;
        }
        const auto title = TRY(word_of(desk, reading, risk.raised.index, schema::WordField::TITLE));
        const auto closed =
            is_by(risk.closed, moment.day()) ? std::optional(risk.closed->effective) : std::nullopt;
        const int product = score->value.likelihood * score->value.impact;
        table.add({{ref.str()},
                   {name_in_words(choice_name(score->value.type))},
                   {std::to_string(score->value.likelihood)},
                   {std::to_string(score->value.impact)},
                   {std::to_string(product)},
                   {risk.owner.str()},
                   {day_cell(closed)},
                   {title}});
        json.push(Json::object()
                      .set("ref", ref.str())
                      .set("type", choice_name(score->value.type))
                      .set("title", title)
                      .set("likelihood", score->value.likelihood)
                      .set("impact", score->value.impact)
                      .set("score", product)
                      .set("owner", risk.owner.str())
                      .set("about", refs_json(risk.about))
                      .set("closed", date_json(closed)));
    }
    show_table(desk.output(), "Risks and issues", table);
    return json;
}

}  // namespace

Result<void> view_matters(Desk& desk, const Reading& reading, const Moment& moment) {
    const auto exceptions = TRY(exceptions_json(desk, reading, moment));
    const auto without = without_exception_json(desk.output(), moment);
    const auto challenges = TRY(challenges_json(desk, reading, moment));
    const auto requests = TRY(requests_json(desk, reading, moment));
    const auto risks = TRY(risks_json(desk, reading, moment));
    desk.output().json(moment_json("matters", moment)
                           .set("exceptions", exceptions)
                           .set("redWithoutException", without)
                           .set("challenges", challenges)
                           .set("requests", requests)
                           .set("risks", risks));
    return done();
}

}  // namespace wsoa
