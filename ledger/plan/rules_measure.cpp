#include "ledger/plan/rules_measure.h"

#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa::rules {

const Measure* measure_of(const Case& at_hand) { return part_at_hand(at_hand, &Plan::measures); }

const MeasureDefinition* definition_of(const Measure& measure, std::uint16_t number) {
    const auto found = std::ranges::find(measure.definitions, number, &MeasureDefinition::number);
    return found == measure.definitions.end() ? nullptr : &*found;
}

std::string_view name_of_unit(schema::Unit unit) {
    switch (unit) {
        case schema::Unit::UNSET: break;
        case schema::Unit::PERCENT: return "per cent";
        case schema::Unit::NUMBER: return "whole numbers";
        case schema::Unit::DAYS: return "days";
        case schema::Unit::WEEKS: return "weeks";
        case schema::Unit::MONTHS: return "months";
        case schema::Unit::RATE: return "a rate";
        case schema::Unit::SCORE: return "a score";
        case schema::Unit::POUNDS: return "pounds";
    }
    CHECK(false);
    return {};
}

std::optional<Given> given_by(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const auto of_period = [](auto fields) {
        return Given{.definition = fields.getDefinition(),
                     .values = {read::decimal(fields.getValue())},
                     .periods = {read::date(fields.getPeriodEnd())}};
    };
    if (change.isBaselineSet()) {
        return of_period(change.getBaselineSet());
    }
    if (change.isReadingRecorded()) {
        return of_period(change.getReadingRecorded());
    }
    if (change.isReadingCorrected()) {
        return of_period(change.getReadingCorrected());
    }
    if (change.isTargetSet()) {
        const auto fields = change.getTargetSet();
        Given given{.definition = fields.getDefinition(),
                    .values = {read::decimal(fields.getValue())},
                    .periods = {}};
        if (fields.hasBenchmark()) {
            given.values.push_back(read::decimal(fields.getBenchmark()));
        }
        return given;
    }
    Given given;
    if (change.isTrajectorySet()) {
        given.definition = change.getTrajectorySet().getDefinition();
        for (const auto point : change.getTrajectorySet().getPoints()) {
            given.values.push_back(read::decimal(point.getValue()));
        }
        return given;
    }
    if (change.isReadingRestated()) {
        given.definition = change.getReadingRestated().getDefinition();
        for (const auto touched : change.getReadingRestated().getTouched()) {
            given.values.push_back(read::decimal(touched.getValue()));
            given.periods.push_back(read::date(touched.getPeriodEnd()));
        }
        return given;
    }
    return std::nullopt;
}

namespace {

Result<void> defined_first(const Case& /*at_hand*/, schema::MeasureDefined::Reader fields) {
    if (fields.getDefinition() != 1) {
        return refusal("give --definition 1", "the first definition of a measure is 1, not {}",
                       fields.getDefinition());
    }
    return done();
}

Result<void> defined_anew(const Case& at_hand, schema::MeasureRedefined::Reader fields) {
    const auto* measure = measure_of(at_hand);
    if (measure == nullptr) {
        return done();
    }
    const auto& last = measure->definitions.back();
    if (fields.getDefinition() <= last.number) {
        return error(Fault::conflict, "{} has a definition {} already",
                     at_hand.envelope().subject.str(), fields.getDefinition())
            .advise(fmt::format("look at what changed it with `wsoa trail {}`, then give "
                                "--definition {}",
                                at_hand.envelope().subject.str(), last.number + 1));
    }
    if (fields.getDefinition() != last.number + 1) {
        return refusal(fmt::format("give --definition {}", last.number + 1),
                       "the last definition of {} is {}, and the next is not {}",
                       at_hand.envelope().subject.str(), last.number, fields.getDefinition());
    }
    if (fields.getComparable() &&
        (fields.getUnit() != last.unit || fields.getPolarity() != last.polarity)) {
        return refusal("begin a new series with --comparable false",
                       "values in {} where {} is better cannot be compared with the ones before, "
                       "in {} where {} is better",
                       name_of_unit(fields.getUnit()),
                       fields.getPolarity() == schema::Polarity::HIGHER_IS_BETTER ? "more" : "less",
                       name_of_unit(last.unit),
                       last.polarity == schema::Polarity::HIGHER_IS_BETTER ? "more" : "less");
    }
    return done();
}

Result<void> definitions_count_up(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isMeasureDefined()) {
        return defined_first(at_hand, change.getMeasureDefined());
    }
    return change.isMeasureRedefined() ? defined_anew(at_hand, change.getMeasureRedefined())
                                       : done();
}

Result<void> definition_is_there(const Case& at_hand) {
    const auto* measure = measure_of(at_hand);
    const auto given = given_by(at_hand);
    if (measure == nullptr || !given) {
        return done();
    }
    if (definition_of(*measure, given->definition) == nullptr) {
        return refusal(fmt::format("give --definition {}", measure->definitions.back().number),
                       "{} has no definition {}", at_hand.envelope().subject.str(),
                       given->definition);
    }
    if (at_hand.change.kind() != Kind::READING_RECORDED) {
        return done();
    }
    for (const auto& definition : measure->definitions) {
        if (definition.number > given->definition &&
            definition.defined.effective <= given->periods.front()) {
            return refusal(fmt::format("read it by definition {}", definition.number),
                           "definition {} has been in force since {}, before the period ended",
                           definition.number, in_words(definition.defined.effective));
        }
    }
    return done();
}

Result<void> baseline_is_first(const Case& at_hand, schema::BaselineSet::Reader fields) {
    const auto* measure = measure_of(at_hand);
    if (measure == nullptr) {
        return done();
    }
    for (const auto& setting : measure->baseline.settings()) {
        if (setting.value.definition == fields.getDefinition() && !setting.struck_at) {
            return refusal(
                "ask for a change of the baseline: changeRequested with --field "
                "baseline, which another person approves",
                "the baseline of {} by definition {} is {}, set by event {}", measure->ref.str(),
                fields.getDefinition(), to_string(setting.value.value), setting.index.value);
        }
    }
    return done();
}

Result<void> path_goes_on(const Case& /*at_hand*/, schema::TrajectorySet::Reader fields) {
    const auto points = fields.getPoints();
    if (points.size() == 0) {
        return refusal("name days and values with --points, such as 2022-06-30=40",
                       "a planned path has at least one day");
    }
    for (unsigned i = 1; i < points.size(); ++i) {
        const auto before = read::date(points[i - 1].getDate());
        const auto after = read::date(points[i].getDate());
        if (after <= before) {
            return refusal("give the days in order, each once", "{} stands after {} in the path",
                           in_words(after), in_words(before));
        }
    }
    return done();
}

}  // namespace

std::vector<Rule> of_measure() {
    return {
        {"R75",
         "The definitions of a measure count up from 1, and one is comparable with the last only "
         "in the same unit and direction.",
         1, 0, of_kinds<definitions_count_up, Kind::MEASURE_DEFINED, Kind::MEASURE_REDEFINED>},
        {"R76",
         "A baseline, target, planned path or reading is by a definition that the measure has; a "
         "new reading by the one in force when its period ended.",
         1, 0,
         of_kinds<definition_is_there, Kind::BASELINE_SET, Kind::TARGET_SET, Kind::TRAJECTORY_SET,
                  Kind::READING_RECORDED, Kind::READING_CORRECTED, Kind::READING_RESTATED>},
        {"R77",
         "A measure has one baseline by each definition, which afterwards only an approved change "
         "alters.",
         1, 0, of_kind<Kind::BASELINE_SET, &Reader::getBaselineSet, baseline_is_first>},
        {"R78", "The days of a planned path follow one another.", 1, 0,
         of_kind<Kind::TRAJECTORY_SET, &Reader::getTrajectorySet, path_goes_on>},
        {"R79",
         "A reading is of a period that began before it ended, and that has ended by the day of "
         "the record.",
         1, 0,
         of_kinds<period_has_ended, Kind::BASELINE_SET, Kind::READING_RECORDED,
                  Kind::READING_CORRECTED, Kind::READING_RESTATED>},
        {"R80",
         "A measure has one reading for each period by each definition: it is corrected or "
         "restated, never replaced.",
         1, 0, of_kind<Kind::READING_RECORDED, &Reader::getReadingRecorded, one_reading_a_period>},
        {"R81", "A value lies within the range of the measure's unit.", 1, 0,
         of_kinds<value_in_range, Kind::BASELINE_SET, Kind::TARGET_SET, Kind::TRAJECTORY_SET,
                  Kind::READING_RECORDED, Kind::READING_CORRECTED, Kind::READING_RESTATED>},
        {"R82",
         "A reading follows from what was counted, and the evidence that it names is in the plan.",
         1, 0, of_kinds<reading_is_founded, Kind::READING_RECORDED, Kind::READING_CORRECTED>},
        {"R83",
         "A correction answers the reading that stands for its period, says something else, and "
         "is not dated before it.",
         1, 0,
         of_kind<Kind::READING_CORRECTED, &Reader::getReadingCorrected,
                 correction_answers_reading>},
        {"R84",
         "A restatement lists every reading from the first that it touches to the last, and gives "
         "at least one another value.",
         1, 0,
         of_kind<Kind::READING_RESTATED, &Reader::getReadingRestated, restatement_is_complete>},
    };
}

}  // namespace wsoa::rules
