#include "cli/commands/views.h"
#include "cli/render/kinds.h"
#include "ledger/event/choices.h"
#include "projections/measure_values.h"

namespace wsoa {
namespace {

constexpr auto title_of = schema::WordField::TITLE;

// A figure exactly as it was typed, which is how JSON writes numbers too.
Json figure(const Decimal& value) { return Json::written(to_string(value)); }
Json figure(const std::optional<Decimal>& value) { return value ? figure(*value) : Json(); }
std::string figure_cell(const std::optional<Decimal>& value) {
    return value ? to_string(*value) : "";
}

Json baseline_json(const Measure& measure, Date day) {
    const auto* baseline = measure.baseline.at(day);
    return baseline == nullptr ? Json()
                               : Json::object()
                                     .set("value", figure(baseline->value.value))
                                     .set("periodEnd", to_string(baseline->value.period_end))
                                     .set("definition", baseline->value.definition);
}

Json target_json(const Measure& measure, Date day) {
    const auto* target = measure.target.at(day);
    return target == nullptr ? Json()
                             : Json::object()
                                   .set("value", figure(target->value.value))
                                   .set("date", to_string(target->value.date))
                                   .set("benchmark", figure(target->value.benchmark))
                                   .set("definition", target->value.definition);
}

Json trajectory_json(const Measure& measure, Date day) {
    auto json = Json::array();
    if (const auto* trajectory = measure.trajectory.at(day)) {
        for (const auto& point : trajectory->value.points) {
            json.push(Json::object()
                          .set("date", to_string(point.date))
                          .set("value", figure(point.value)));
        }
    }
    return json;
}

Json definitions_json(const Measure& measure, Date day) {
    auto json = Json::array();
    for (const auto& definition : measure.definitions) {
        if (definition.defined.effective <= day) {
            json.push(Json::object()
                          .set("definition", definition.number)
                          .set("on", to_string(definition.defined.effective))
                          .set("event", definition.defined.index.value)
                          .set("unit", choice_name(definition.unit))
                          .set("polarity", choice_name(definition.polarity))
                          .set("period", choice_name(definition.rhythm))
                          .set("comparable", definition.is_comparable));
        }
    }
    return json;
}

// Every value that a reading had by the day, oldest first, and what was said of each change.
Result<Json> values_json(Desk& desk, const Reading& reading, const MeasureReading& of, Date day) {
    auto json = Json::array();
    for (const auto& setting : of.value.settings()) {
        if (setting.effective > day) {
            continue;
        }
        const auto reason = TRY(word_of(desk, reading, setting.index, schema::WordField::REASON));
        json.push(Json::object()
                      .set("value", figure(setting.value.value))
                      .set("how", name_of(setting.value.how))
                      .set("on", to_string(setting.effective))
                      .set("event", setting.index.value)
                      .set("struck", setting.struck_at.has_value())
                      .set("reason", reason.empty() ? Json() : Json(reason)));
    }
    return json;
}

// The readings of one measure as rows, and as an array.
Result<Json> add_readings(Desk& desk, const Reading& reading, const Measure& measure, Date day,
                          Table& table) {
    auto json = Json::array();
    for (const auto& each : measure.readings) {
        const auto* value = each.value.at(day);
        if (value == nullptr) {
            continue;
        }
        const auto event = TRY(reading.history->event(each.recorded.index));
        const auto recorded = reading.zone.day_of(event.recorded_at());
        const auto after = recorded.days - each.period_end.days;
        const auto values = TRY(values_json(desk, reading, each, day));
        table.add({{measure.ref.str()},
                   {to_string(each.period_end)},
                   {to_string(value->value.value)},
                   {std::string(name_of(value->value.how))},
                   {to_string(recorded)},
                   {std::to_string(after)}});
        json.push(Json::object()
                      .set("periodEnd", to_string(each.period_end))
                      .set("period", each.period ? Json(to_string(*each.period)) : Json())
                      .set("definition", each.definition)
                      .set("value", figure(value->value.value))
                      .set("numerator", figure(value->value.numerator))
                      .set("denominator", figure(value->value.denominator))
                      .set("how", name_of(value->value.how))
                      .set("provisionalUntil", date_json(each.provisional_until))
                      .set("evidence",
                           value->value.evidence ? Json(value->value.evidence->str()) : Json())
                      .set("by", each.recorded.by.str())
                      .set("recorded", to_string(recorded))
                      .set("daysAfterPeriod", after)
                      .set("values", values));
    }
    return json;
}

struct Tables {
    Table measures{{{"Ref", Align::left, Fit::whole},
                    {"Measure", Align::left, Fit::beneath},
                    {"Baseline", Align::right},
                    {"Now", Align::right},
                    {"Of", Align::left, Fit::whole},
                    {"Planned", Align::right},
                    {"Target", Align::right},
                    {"By", Align::left, Fit::whole},
                    {"Met"}}};
    Table readings{{{"Ref", Align::left, Fit::whole},
                    {"Period to", Align::left, Fit::whole},
                    {"Value", Align::right},
                    {"How"},
                    {"Recorded", Align::left, Fit::whole},
                    {"Days after", Align::right}}};
};

void add_row(const Measure& measure, Date day, const std::string& title, Table& table) {
    const auto value = value_on(measure, day);
    const auto* target = measure.target.at(day);
    const auto* baseline = measure.baseline.at(day);
    const auto is_met = is_at_target(measure, day);
    table.add({{measure.ref.str()},
               {title},
               {baseline == nullptr ? "" : to_string(baseline->value.value)},
               {value ? to_string(value->value) : ""},
               {value ? to_string(value->period_end) : ""},
               {figure_cell(planned_on(measure, day))},
               {target == nullptr ? "" : to_string(target->value.value)},
               {target == nullptr ? "" : to_string(target->value.date)},
               {is_met ? (*is_met ? "yes" : "no") : ""}});
}

Result<Json> measure_json(Desk& desk, const Reading& reading, const Measure& measure, Date day,
                          Tables& tables) {
    const auto title = TRY(word_of(desk, reading, measure.added_at, title_of));
    const auto readings = TRY(add_readings(desk, reading, measure, day, tables.readings));
    add_row(measure, day, title, tables.measures);
    const auto value = value_on(measure, day);
    auto json = Json::object();
    json.set("ref", measure.ref.str())
        .set("title", title)
        .set("definitions", definitions_json(measure, day))
        .set("baseline", baseline_json(measure, day))
        .set("target", target_json(measure, day))
        .set("trajectory", trajectory_json(measure, day))
        .set("planned", figure(planned_on(measure, day)))
        .set("value", value ? figure(value->value) : Json())
        .set("from", !value                                       ? Json()
                     : value->from == MeasureValue::From::reading ? Json("reading")
                                                                  : Json("baseline"))
        .set("periodEnd", value ? Json(to_string(value->period_end)) : Json())
        .set("event", value ? Json(value->index.value) : Json())
        .set("atTarget", number_json(is_at_target(measure, day)))
        .set("readings", readings);
    return json;
}

}  // namespace

Result<void> view_measures(Desk& desk, const Reading& reading, const Moment& moment) {
    Tables tables;
    auto measures = Json::array();
    for (const auto& [ref, measure] : moment.plan().measures) {
        if (measure.added_on <= moment.day()) {
            const auto json = TRY(measure_json(desk, reading, measure, moment.day(), tables));
            measures.push(json);
        }
    }
    show_table(desk.output(), "Measures", tables.measures);
    show_table(desk.output(), "Readings", tables.readings);
    desk.output().json(moment_json("measures", moment).set("measures", measures));
    return done();
}

}  // namespace wsoa
