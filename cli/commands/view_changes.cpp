#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "ledger/base/counted.h"
#include "ledger/event/choices.h"
#include "projections/slips.h"

namespace wsoa {
namespace {

struct Moves {
    Json moves = Json::array();
    Json late = Json::array();
    Json per_part = Json::object();
    std::size_t count = 0;
    std::int32_t total = 0;
};

Moves moves_by(Output& output, const Moment& moment) {
    Moves all;
    std::map<std::string, int> per_part;
    Table table({{"Ref", Align::left, Fit::whole},
                 {"From", Align::left, Fit::whole},
                 {"To", Align::left, Fit::whole},
                 {"Moved on", Align::left, Fit::whole},
                 {"Slip, days", Align::right},
                 {"Late by, days", Align::right}});
    for (const auto& slip : slips_by(moment.plan(), moment.day())) {
        table.add({{slip.ref.str()},
                   {to_string(slip.from)},
                   {to_string(slip.to)},
                   {to_string(slip.on)},
                   {std::to_string(slip.days())},
                   {slip.days_late() > 0 ? std::to_string(slip.days_late()) : ""}});
        all.moves.push(Json::object()
                           .set("ref", slip.ref.str())
                           .set("from", to_string(slip.from))
                           .set("to", to_string(slip.to))
                           .set("on", to_string(slip.on))
                           .set("days", slip.days())
                           .set("approved", to_string(slip.approved))
                           .set("event", slip.applied_at.value));
        if (slip.days_late() > 0) {
            all.late.push(Json::object()
                              .set("ref", slip.ref.str())
                              .set("deadline", to_string(slip.from))
                              .set("approved", to_string(slip.approved))
                              .set("daysLate", slip.days_late()));
        }
        ++per_part[slip.ref.str()];
        ++all.count;
        all.total += slip.days();
    }
    for (const auto& [ref, count] : per_part) {
        all.per_part.set(ref, count);
    }
    show_table(output, "Deadlines moved", table);
    output.text(fmt::format("\n{} moved, {} in all", all.count, counted(all.total, "day")));
    return all;
}

// What a request wants to set, and what it was, as days or figures.
Json wanted_json(const std::optional<Date>& day, const std::optional<Decimal>& value) {
    return day ? Json(to_string(*day)) : value ? Json::written(to_string(*value)) : Json();
}
std::string wanted_cell(const std::optional<Date>& day, const std::optional<Decimal>& value) {
    return day ? to_string(*day) : value ? to_string(*value) : "";
}

Json entry_json(const std::optional<Entry>& entry) {
    return entry ? Json::object()
                       .set("on", to_string(entry->effective))
                       .set("by", entry->by.str())
                       .set("event", entry->index.value)
                 : Json();
}

Result<Json> request_json(Desk& desk, const Reading& reading, const ChangeRequest& change,
                          Date day) {
    const auto stage = stage_on(change, day);
    const auto reason =
        TRY(word_of(desk, reading, change.requested.index, schema::WordField::REASON));
    const auto effect =
        TRY(word_of(desk, reading, change.requested.index, schema::WordField::EFFECT));
    std::optional<Entry> approved;
    if (change.approved && change.approved->entry.effective <= day) {
        approved = change.approved->entry;
    }
    const auto ended =
        change.ended && change.ended->effective <= day ? change.ended : std::optional<Entry>{};
    return Json::object()
        .set("ref", change.subject.str())
        .set("field", choice_name(change.field))
        .set("from", wanted_json(change.from, change.from_value))
        .set("to", wanted_json(change.to, change.to_value))
        .set("level", choice_name(change.level))
        .set("stage", stage ? Json(choice_name(*stage)) : Json())
        .set("requested", entry_json(change.requested))
        .set("approved", entry_json(approved))
        .set("adviserInformed", approved ? Json(change.approved->adviser_informed) : Json())
        .set("meeting",
             approved && change.approved->meeting ? Json(change.approved->meeting->str()) : Json())
        .set("ended", entry_json(ended))
        .set("reason", reason)
        .set("effect", effect);
}

}  // namespace

Result<void> view_changes(Desk& desk, const Reading& reading, const Moment& moment) {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"What"},
                 {"From", Align::left, Fit::whole},
                 {"To", Align::left, Fit::whole},
                 {"Level"},
                 {"Stands at"},
                 {"By", Align::left, Fit::beneath}});
    auto requests = Json::array();
    for (const auto& change : moment.plan().changes) {
        const auto stage = stage_on(change, moment.day());
        if (!stage) {
            continue;
        }
        const bool is_approved =
            change.approved && change.approved->entry.effective <= moment.day();
        table.add(
            {{change.subject.str()},
             {name_in_words(choice_name(change.field))},
             {wanted_cell(change.from, change.from_value)},
             {wanted_cell(change.to, change.to_value)},
             {name_in_words(choice_name(change.level))},
             {name_in_words(choice_name(*stage))},
             {fmt::format("asked by {}{}", change.requested.by.str(),
                          is_approved ? ", approved by " + change.approved->entry.by.str() : "")}});
        const auto json = TRY(request_json(desk, reading, change, moment.day()));
        requests.push(json);
    }
    show_table(desk.output(), "Changes asked for", table);
    const auto moves = moves_by(desk.output(), moment);
    desk.output().json(moment_json("changes", moment)
                           .set("moves", moves.moves)
                           .set("count", moves.count)
                           .set("totalDays", moves.total)
                           .set("late", moves.late)
                           .set("movesPerPart", moves.per_part)
                           .set("requests", requests));
    return done();
}

}  // namespace wsoa
