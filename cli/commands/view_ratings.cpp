#include "cli/commands/show_parts.h"
#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "ledger/base/counted.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/calendar.h"
#include "projections/slips.h"
#include "projections/timeline.h"

namespace wsoa {
namespace {

using LookCell = Cell (*)(std::string_view code, const Style& style);

// The kind of the event that began a spell; null where the calendar did.
Result<std::optional<Kind>> begun_by(const Reading& reading, const Spell& spell) {
    if (!spell.by) {
        return std::optional<Kind>{};
    }
    const auto event = TRY(reading.history->event(*spell.by));
    return std::optional(event.kind());
}

Json days_json(const std::vector<Spell>& spells) {
    auto json = Json::object();
    for (const auto& [code, days] : days_by_code(spells)) {
        json.set(code, days);
    }
    return json;
}

// The rows of one part's time, and the same as an array.
Result<Json> add_spells(Desk& desk, const Reading& reading, const SubjectRef& ref,
                        const std::vector<Spell>& spells, std::pair<Table*, LookCell> into) {
    auto json = Json::array();
    for (const auto& spell : spells) {
        const auto kind = TRY(begun_by(reading, spell));
        into.first->add({{ref.str()},
                         {to_string(spell.from)},
                         {to_string(spell.to)},
                         {std::to_string(spell.days())},
                         into.second(spell.shown.code, desk.output().style()),
                         {kind ? fmt::format("{} (event {})", kind_in_words(*kind), spell.by->value)
                               : fmt::format("the calendar: {}",
                                             name_in_words(name_of(spell.shown.because)))}});
        json.push(Json::object()
                      .set("from", to_string(spell.from))
                      .set("to", to_string(spell.to))
                      .set("days", spell.days())
                      .set("rating", spell.shown.code)
                      .set("because", name_of(spell.shown.because))
                      .set("by", kind ? Json(name_of(*kind)) : Json())
                      .set("event", spell.by ? Json(spell.by->value) : Json()));
    }
    return json;
}

Table table_of_time(std::string_view rated) {
    return Table({{"Ref", Align::left, Fit::whole},
                  {"From", Align::left, Fit::whole},
                  {"To", Align::left, Fit::whole},
                  {"Days", Align::right},
                  {std::string(rated)},
                  {"Since"}});
}

// Delivery: what was shown of each action, and for how long.
struct Delivery {
    Json ratings = Json::object();
    Json actions = Json::array();
    Json days_red = Json::object();
    std::int32_t days_red_total = 0;
    std::map<std::string, int> counts;
    std::map<SubjectRef, std::pair<int, int>> of_areas;  // complete, of
};

Result<Delivery> delivery_of(Desk& desk, const Reading& reading, const Moment& moment) {
    Delivery all;
    auto table = table_of_time("Delivery");
    for (const auto& [ref, action] : moment.plan().actions) {
        if (action.added_on > moment.day()) {
            continue;
        }
        const auto spells = delivery_spells(moment.plan(), action, moment.day());
        const auto shown = delivery_on(moment.plan(), action, moment.day());
        const auto time = TRY(add_spells(desk, reading, ref, spells, {&table, rating_cell}));
        auto json = Json::object();
        json.set("ref", ref.str()).set("area", action.area.str());
        set_rating(json, shown, rating_looks());
        json.set("overdue", is_overdue(shown))
            .set("deadline", to_string(deadline_on(action, moment.day())))
            .set("originalDeadline", to_string(action.original_deadline))
            .set("days", days_json(spells))
            .set("time", time);
        all.actions.push(json);
        all.ratings.set(ref.str(), shown.code);
        ++all.counts[shown.code];
        auto& [complete, of] = all.of_areas[action.area];
        complete += shown.because == ShownRating::Because::complete ? 1 : 0;
        ++of;
        const auto days = days_by_code(spells);
        if (const auto red = days.find(std::string(code_overdue)); red != days.end()) {
            all.days_red.set(ref.str(), red->second);
            all.days_red_total += red->second;
        }
    }
    show_table(desk.output(), "Delivery of each action", table);
    return all;
}

// Impact beside delivery, area by area.
struct Areas {
    Json impact = Json::object();
    Json areas = Json::object();
    Json without_impact = Json::array();
    Json time = Json::array();
};

bool is_without_impact(std::string_view code) { return code == "NM" || code == "R"; }

Result<Areas> areas_of(Desk& desk, const Reading& reading, const Moment& moment,
                       const Delivery& delivery) {
    Areas all;
    auto table = table_of_time("Impact");
    for (const auto& [ref, area] : moment.plan().areas) {
        if (area.added_on > moment.day()) {
            continue;
        }
        const auto spells = impact_spells(area, moment.day());
        const auto time = TRY(add_spells(desk, reading, ref, spells, {&table, impact_cell}));
        const auto code = impact_on(area, moment.day()).code;
        const auto found = delivery.of_areas.find(ref);
        const auto [complete, of] =
            found == delivery.of_areas.end() ? std::pair<int, int>{} : found->second;
        all.impact.set(ref.str(), code);
        all.areas.set(ref.str(),
                      Json::object().set("complete", complete).set("of", of).set("impact", code));
        all.time.push(Json::object()
                          .set("ref", ref.str())
                          .set("impact", code)
                          .set("word", impact_word(code))
                          .set("days", days_json(spells))
                          .set("time", time));
        if (2 * complete > of && is_without_impact(code)) {
            all.without_impact.push(ref.str());
        }
    }
    show_table(desk.output(), "Impact of each area", table);
    return all;
}

// What is complete, and whether by the date that was set first.
void add_complete(Output& output, const Moment& moment, Json& json) {
    auto complete = Json::object();
    auto by_original = Json::array();
    auto rejected_first = Json::array();
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Complete since", Align::left, Fit::whole},
                 {"First deadline", Align::left, Fit::whole},
                 {"By it"},
                 {"Evidence sent back first"}});
    int count = 0;
    int by_original_count = 0;
    for (const auto& each : completed_on(moment.plan(), moment.day())) {
        complete.set(each.ref.str(), to_string(each.on));
        ++count;
        if (each.is_by_original_date()) {
            by_original.push(each.ref.str());
            ++by_original_count;
        }
        std::string sent_back;
        for (const auto& back : each.sent_back) {
            sent_back += fmt::format("{}{} on {}", sent_back.empty() ? "" : ", ",
                                     back.rejected.str(), to_string(back.rejected_on));
            rejected_first.push(Json::object()
                                    .set("ref", each.ref.str())
                                    .set("rejected", back.rejected.str())
                                    .set("rejectedOn", to_string(back.rejected_on))
                                    .set("accepted", back.accepted.str())
                                    .set("acceptedOn", to_string(back.accepted_on))
                                    .set("days", back.accepted_on.days - back.rejected_on.days));
        }
        table.add({{each.ref.str()},
                   {to_string(each.on)},
                   {to_string(each.original_deadline)},
                   {each.is_by_original_date() ? "yes" : "no"},
                   {sent_back}});
    }
    show_table(output, "Complete", table);
    json.set("complete", complete)
        .set("completeCount", count)
        .set("byOriginalDate", by_original)
        .set("byOriginalCount", by_original_count)
        .set("rejectedFirst", rejected_first);
}

Result<Json> undone_json(Desk& desk, const Reading& reading, const Moment& moment) {
    auto json = Json::array();
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Complete", Align::left, Fit::whole},
                 {"Undone", Align::left, Fit::whole},
                 {"Complete again", Align::left, Fit::whole},
                 {"Why", Align::left, Fit::beneath}});
    for (const auto& each : undone_by(moment.plan(), moment.day())) {
        const auto reason =
            TRY(word_of(desk, reading, each.reopened_at, schema::WordField::REASON));
        table.add({{each.ref.str()},
                   {to_string(each.completed)},
                   {to_string(each.reopened)},
                   {day_cell(each.complete_again)},
                   {reason}});
        json.push(Json::object()
                      .set("ref", each.ref.str())
                      .set("completed", to_string(each.completed))
                      .set("on", to_string(each.reopened))
                      .set("reason", reason)
                      .set("completeAgain", date_json(each.complete_again)));
    }
    show_table(desk.output(), "Completions that were undone", table);
    return json;
}

}  // namespace

Result<void> view_ratings(Desk& desk, const Reading& reading, const Moment& moment) {
    const auto delivery = TRY(delivery_of(desk, reading, moment));
    const auto areas = TRY(areas_of(desk, reading, moment, delivery));
    int of = 0;
    for (const auto& [code, count] : delivery.counts) {
        of += count;
    }
    auto json = moment_json("ratings", moment);
    json.set("ratings", delivery.ratings)
        .set("counts", counts_json(delivery.counts))
        .set("of", of)
        .set("actions", delivery.actions)
        .set("daysRed", delivery.days_red)
        .set("daysRedTotal", delivery.days_red_total)
        .set("impact", areas.impact)
        .set("areas", areas.areas)
        .set("mostlyDeliveredWithoutImpact", areas.without_impact)
        .set("impactTime", areas.time);
    add_complete(desk.output(), moment, json);
    const auto undone = TRY(undone_json(desk, reading, moment));
    desk.output().text(fmt::format("\n{} ({}); {} Red in all", counts_text(delivery.counts),
                                   counted(of, "action"), counted(delivery.days_red_total, "day")));
    desk.output().json(json.set("undone", undone));
    return done();
}

}  // namespace wsoa
