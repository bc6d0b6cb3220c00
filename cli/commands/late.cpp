#include "cli/commands/late.h"

#include "cli/commands/moment.h"
#include "cli/commands/plans.h"
#include "cli/commands/record_lines.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/event/kinds.h"
#include "projections/lateness.h"

#include <algorithm>
#include <limits>

namespace wsoa {
namespace {

Result<LateAsked> what_is_asked(Desk& desk, const Reading& reading) {
    const auto& given = desk.given();
    const auto day = TRY(day_asked(desk, reading));
    LateAsked asked{.plan = {}, .size = reading.history->size(), .day = day, .more_than = 0};
    if (const auto typed = given.find("PLAN")) {
        asked.plan = TRY(PlanRef::parse(*typed));
        TRY(expect_plan(*reading.history, *asked.plan));
    }
    if (const auto typed = given.find("as-known")) {
        const auto known_on = TRY(parse_date(*typed));
        asked.size = TRY(size_known_on(*reading.history, reading.zone, known_on));
    }
    if (const auto typed = given.find("days")) {
        const auto days = TRY(answered_event(*typed)).value;
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max());
        asked.more_than = static_cast<std::int32_t>(std::min(days, most));
    }
    return asked;
}

Json counts_json(const std::map<std::string, LateCount>& counts) {
    auto json = Json::object();
    for (const auto& [name, count] : counts) {
        json.set(name, Json::object()
                           .set("entries", count.entries)
                           .set("days", count.days)
                           .set("most", count.most));
    }
    return json;
}

std::string counts_text(std::string_view heading, const std::map<std::string, LateCount>& counts,
                        const Style& style) {
    Table table({{std::string(heading)},
                 {"Late entries", Align::right},
                 {"Days in all", Align::right},
                 {"At most", Align::right}});
    for (const auto& [name, count] : counts) {
        table.add({{name},
                   {std::to_string(count.entries)},
                   {std::to_string(count.days)},
                   {std::to_string(count.most)}});
    }
    return "\n" + table.text(style);
}

Json entry_json(const LateEntry& entry) {
    return Json::object()
        .set("event", entry.index.value)
        .set("kind", name_of(entry.kind))
        .set("ref", entry.subject.str())
        .set("effective", to_string(entry.effective))
        .set("recorded", to_string(entry.recorded))
        .set("days", entry.days())
        .set("by", entry.author ? Json(entry.author->str()) : Json())
        .set("role", name_of(entry.as_role));
}

// Readings are true of the period whose end they bear.
Result<Json> readings_json(const Reading& reading, const std::vector<LateEntry>& entries) {
    auto json = Json::array();
    for (const auto& entry : entries) {
        if (entry.kind != Kind::READING_RECORDED) {
            continue;
        }
        const auto event = TRY(reading.history->event(entry.index));
        const auto fields = event.change().reader().getReadingRecorded();
        const Date period_end{fields.getPeriodEnd().getDays()};
        json.push(Json::object()
                      .set("ref", entry.subject.str())
                      .set("periodEnd", to_string(period_end))
                      .set("recorded", to_string(entry.recorded))
                      .set("days", entry.recorded.days - period_end.days));
    }
    return json;
}

Result<Exit> late(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto asked = TRY(what_is_asked(desk, *reading));
    const auto entries = TRY(late_entries(*reading->history, reading->zone, asked));
    const auto style = around.output.style();
    Table table({{"No.", Align::right},
                 {"Subject", Align::left, Fit::whole},
                 {"What changed"},
                 {"True on", Align::left, Fit::whole},
                 {"Recorded", Align::left, Fit::whole},
                 {"Days late", Align::right},
                 {"Who", Align::left, Fit::whole}});
    auto json = Json::array();
    for (const auto& entry : entries) {
        table.add({{std::to_string(entry.index.value)},
                   {entry.subject.str()},
                   {kind_in_words(entry.kind)},
                   {to_string(entry.effective)},
                   {to_string(entry.recorded)},
                   {std::to_string(entry.days())},
                   {entry.author ? entry.author->str() : "nobody enrolled"}});
        json.push(entry_json(entry));
    }
    const auto by_person = late_by_person(entries);
    const auto by_kind = late_by_kind(entries);
    const auto readings = TRY(readings_json(*reading, entries));
    around.output.text(table.empty() ? "Nothing was recorded late" : table.text(style));
    if (!entries.empty()) {
        around.output.text(counts_text("Person", by_person, style));
        around.output.text(counts_text("Kind", by_kind, style));
    }
    around.output.text("\n" + foot(*reading));
    around.output.json(Json::object()
                           .set("type", "late")
                           .set("plan", asked.plan ? Json(asked.plan->str()) : Json())
                           .set("asAt", to_string(asked.day))
                           .set("events", asked.size.value)
                           .set("moreThanDays", asked.more_than)
                           .set("entries", json)
                           .set("readings", readings)
                           .set("byPerson", counts_json(by_person))
                           .set("byKind", counts_json(by_kind)));
    return Exit::done;
}

}  // namespace

CommandSpec late_command() {
    auto options = moment_options();
    options.insert(
        options.begin(),
        {.name = "days", .value = "N", .help = "only what was more than so many days late"});
    return {.name = "late",
            .group = Group::checking,
            .help = "list what was recorded after the day on which it was true",
            .example = "wsoa late TH\nwsoa late TH --days 14",
            .words = {{.name = "PLAN",
                       .help = "the plan; everything where it is left out",
                       .presence = Presence::optional}},
            .options = std::move(options),
            .run = late};
}

}  // namespace wsoa
