// Measures: what they count, what is wanted of them, and what they read.
import { adds, on } from "./fold_part.js";
import { Register } from "./register.js";

// What both kinds of definition say.
function definition_of({ fields, entry }) {
    return { defined: entry, number: fields.definition, unit: fields.unit,
        polarity: fields.polarity, rhythm: fields.period, cumulative_from: fields.cumulativeFrom,
        green_within: fields.greenWithin, amber_within: fields.amberWithin,
        small_number: fields.smallNumber, is_comparable: fields.comparable ?? false };
}

// The reading of a period by a definition. One whose only value was struck counts as none.
function reading_of(measure, definition, period_end) {
    return measure.readings.find((reading) => reading.definition === definition &&
        reading.period_end === period_end && reading.value.at(Infinity) !== null);
}

function set_reading(reading, { fields, entry, effective, index }, how) {
    reading.value.set(effective, index, { how, value: fields.value,
        numerator: fields.numerator ?? null, denominator: fields.denominator ?? null,
        evidence: fields.evidence ?? null, by: entry.by });
}

function stands_after(one, other) {
    return one.period_end > other.period_end ||
        (one.period_end === other.period_end && one.definition > other.definition);
}

function reading_recorded(measure, at) {
    const { fields, entry } = at;
    const { definition, periodEnd: period_end } = fields;
    if (reading_of(measure, definition, period_end) !== undefined) {
        return "the period has a reading already";
    }
    const reading = { recorded: entry, definition, period: fields.period,
        period_start: fields.periodStart, period_end, provisional_until: fields.provisionalUntil,
        value: new Register() };
    set_reading(reading, at, "recorded");
    const place = measure.readings.findIndex((other) => stands_after(other, reading));
    measure.readings.splice(place < 0 ? measure.readings.length : place, 0, reading);
    return null;
}

function reading_corrected(measure, at) {
    const reading = reading_of(measure, at.fields.definition, at.fields.periodEnd);
    if (reading === undefined) {
        return "the period has no reading to correct";
    }
    reading.provisional_until = null;
    set_reading(reading, at, "corrected");
    return null;
}

function reading_restated(measure, at) {
    const touched = at.fields.touched.map(({ periodEnd, value }) =>
        ({ reading: reading_of(measure, at.fields.definition, periodEnd), value }));
    if (touched.some(({ reading }) => reading === undefined)) {
        return "a period has no reading to restate";
    }
    for (const { reading, value } of touched) {
        set_reading(reading, { ...at, fields: { value } }, "restated");
    }
    return null;
}

// A fold over the measure that the event is about.
const on_measure = (fold) => on("measures", fold, "its measure is not there");

// One that sets a value anew.
function sets(values, value_in) {
    return on_measure((measure, { fields, effective, index }) =>
        measure[values].set(effective, index, value_in(fields)));
}

export const measure_folds = {
    measureDefined: adds("measures", (at) => ({ added_at: at.index, added_on: at.effective,
        definitions: [definition_of(at)], baseline: new Register(), target: new Register(),
        trajectory: new Register(), readings: [] })),
    measureRedefined: on_measure((measure, at) => {
        measure.definitions.push(definition_of(at));
    }),
    baselineSet: sets("baseline", ({ definition, periodEnd, value }) =>
        ({ definition, period_end: periodEnd, value })),
    targetSet: sets("target", ({ definition, value, date, benchmark }) =>
        ({ definition, value, date, benchmark })),
    trajectorySet: sets("trajectory", ({ definition, points }) => ({ definition, points })),
    readingRecorded: on_measure(reading_recorded),
    readingCorrected: on_measure(reading_corrected),
    readingRestated: on_measure(reading_restated),
};
