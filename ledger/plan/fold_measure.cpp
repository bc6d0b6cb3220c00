#include "ledger/plan/folds.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa::folds {
namespace {

// What both kinds of definition say.
template <typename Fields>
MeasureDefinition definition_of(const Happened& at, Fields fields) {
    return MeasureDefinition{
        .defined = at.entry,
        .number = fields.getDefinition(),
        .unit = fields.getUnit(),
        .polarity = fields.getPolarity(),
        .rhythm = fields.getPeriod(),
        .cumulative_from = read::date_if(fields.hasCumulativeFrom(), fields.getCumulativeFrom()),
        .green_within = read::decimal_if(fields.hasGreenWithin(), fields.getGreenWithin()),
        .amber_within = read::decimal_if(fields.hasAmberWithin(), fields.getAmberWithin()),
        .small_number = read::whole_if(fields.hasSmallNumber(), fields.getSmallNumber())};
}

Why measure_defined(Plan& plan, const Happened& at, schema::MeasureDefined::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    Measure measure{.ref = ref,
                    .added_at = at.index(),
                    .added_on = at.effective(),
                    .definitions = {definition_of(at, fields)},
                    .baseline = {},
                    .target = {},
                    .trajectory = {},
                    .readings = {}};
    plan.measures.emplace(ref, std::move(measure));
    return {};
}

// A fold over the measure that the event is about.
template <auto reader, auto fold_measure>
Why on_measure(Plan& plan, const Happened& at) {
    auto* measure = part_in(plan.measures, at.subject());
    return measure == nullptr ? Why("its measure is not there")
                              : fold_measure(*measure, at, (at.event.change().reader().*reader)());
}

Why measure_redefined(Measure& measure, const Happened& at,
                      schema::MeasureRedefined::Reader fields) {
    auto definition = definition_of(at, fields);
    definition.is_comparable = fields.getComparable();
    measure.definitions.push_back(std::move(definition));
    return {};
}

Why baseline_set(Measure& measure, const Happened& at, schema::BaselineSet::Reader fields) {
    measure.baseline.set(at.effective(), at.index(),
                         MeasureBaseline{.definition = fields.getDefinition(),
                                         .period_end = read::date(fields.getPeriodEnd()),
                                         .value = read::decimal(fields.getValue())});
    return {};
}

Why target_set(Measure& measure, const Happened& at, schema::TargetSet::Reader fields) {
    measure.target.set(
        at.effective(), at.index(),
        MeasureTarget{.definition = fields.getDefinition(),
                      .value = read::decimal(fields.getValue()),
                      .date = read::date(fields.getDate()),
                      .benchmark = read::decimal_if(fields.hasBenchmark(), fields.getBenchmark())});
    return {};
}

Why trajectory_set(Measure& measure, const Happened& at, schema::TrajectorySet::Reader fields) {
    Trajectory trajectory{.definition = fields.getDefinition(), .points = {}};
    for (const auto point : fields.getPoints()) {
        trajectory.points.push_back(TrajectoryPoint{.date = read::date(point.getDate()),
                                                    .value = read::decimal(point.getValue())});
    }
    measure.trajectory.set(at.effective(), at.index(), std::move(trajectory));
    return {};
}

// The reading of a period by a definition; null if there is none. One whose only value was struck
// stays among the readings and counts as none.
MeasureReading* reading_of(Measure& measure, std::uint16_t definition, Date period_end) {
    const auto found = std::ranges::find_if(measure.readings, [&](const MeasureReading& reading) {
        return reading.definition == definition && reading.period_end == period_end &&
               reading.value.latest() != nullptr;
    });
    return found == measure.readings.end() ? nullptr : &*found;
}

Why reading_recorded(Measure& measure, const Happened& at, schema::ReadingRecorded::Reader fields) {
    const auto period_end = read::date(fields.getPeriodEnd());
    if (reading_of(measure, fields.getDefinition(), period_end) != nullptr) {
        return "the period has a reading already";
    }
    MeasureReading reading{
        .recorded = at.entry,
        .definition = fields.getDefinition(),
        .period = read::month_if(fields.hasPeriod(), fields.getPeriod()),
        .period_start = read::date_if(fields.hasPeriodStart(), fields.getPeriodStart()),
        .period_end = period_end,
        .provisional_until =
            read::date_if(fields.hasProvisionalUntil(), fields.getProvisionalUntil()),
        .value = {}};
    reading.value.set(
        at.effective(), at.index(),
        ReadingValue{
            .how = ReadingValue::How::recorded,
            .value = read::decimal(fields.getValue()),
            .numerator = read::decimal_if(fields.hasNumerator(), fields.getNumerator()),
            .denominator = read::decimal_if(fields.hasDenominator(), fields.getDenominator()),
            .evidence = read::subject_if(fields.hasEvidence(), fields.getEvidence()),
            .by = at.entry.by});
    const auto place = std::ranges::find_if(measure.readings, [&](const MeasureReading& other) {
        return std::pair(other.period_end, other.definition) >
               std::pair(reading.period_end, reading.definition);
    });
    measure.readings.insert(place, std::move(reading));
    return {};
}

Why reading_corrected(Measure& measure, const Happened& at,
                      schema::ReadingCorrected::Reader fields) {
    auto* reading = reading_of(measure, fields.getDefinition(), read::date(fields.getPeriodEnd()));
    if (reading == nullptr) {
        return "the period has no reading to correct";
    }
    reading->provisional_until.reset();
    reading->value.set(
        at.effective(), at.index(),
        ReadingValue{
            .how = ReadingValue::How::corrected,
            .value = read::decimal(fields.getValue()),
            .numerator = read::decimal_if(fields.hasNumerator(), fields.getNumerator()),
            .denominator = read::decimal_if(fields.hasDenominator(), fields.getDenominator()),
            .evidence = read::subject_if(fields.hasEvidence(), fields.getEvidence()),
            .by = at.entry.by});
    return {};
}

Why reading_restated(Measure& measure, const Happened& at, schema::ReadingRestated::Reader fields) {
    for (const auto touched : fields.getTouched()) {
        if (reading_of(measure, fields.getDefinition(), read::date(touched.getPeriodEnd())) ==
            nullptr) {
            return fmt::format("the period up to {} has no reading to restate",
                               to_string(read::date(touched.getPeriodEnd())));
        }
    }
    for (const auto touched : fields.getTouched()) {
        reading_of(measure, fields.getDefinition(), read::date(touched.getPeriodEnd()))
            ->value.set(at.effective(), at.index(),
                        ReadingValue{.how = ReadingValue::How::restated,
                                     .value = read::decimal(touched.getValue()),
                                     .numerator = {},
                                     .denominator = {},
                                     .evidence = {},
                                     .by = at.entry.by});
    }
    return {};
}

}  // namespace

std::vector<Row> of_measure() {
    return {
        {Kind::MEASURE_DEFINED, with_fields<&Reader::getMeasureDefined, measure_defined>},
        {Kind::MEASURE_REDEFINED, on_measure<&Reader::getMeasureRedefined, measure_redefined>},
        {Kind::BASELINE_SET, on_measure<&Reader::getBaselineSet, baseline_set>},
        {Kind::TARGET_SET, on_measure<&Reader::getTargetSet, target_set>},
        {Kind::TRAJECTORY_SET, on_measure<&Reader::getTrajectorySet, trajectory_set>},
        {Kind::READING_RECORDED, on_measure<&Reader::getReadingRecorded, reading_recorded>},
        {Kind::READING_CORRECTED, on_measure<&Reader::getReadingCorrected, reading_corrected>},
        {Kind::READING_RESTATED, on_measure<&Reader::getReadingRestated, reading_restated>},
    };
}

}  // namespace wsoa::folds
