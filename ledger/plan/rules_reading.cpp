#include "ledger/event/kinds.h"
#include "ledger/plan/rules_measure.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa::rules {
namespace {

// The reading that counts for the period by the definition; null if there is none.
const MeasureReading* reading_of(const Measure& measure, std::uint16_t definition,
                                 Date period_end) {
    const auto found = std::ranges::find_if(measure.readings, [&](const MeasureReading& reading) {
        return reading.definition == definition && reading.period_end == period_end &&
               reading.value.latest() != nullptr;
    });
    return found == measure.readings.end() ? nullptr : &*found;
}

// What to give where the value is out of the unit's range; empty where it is in it.
std::string_view range_missed(schema::Unit unit, Decimal value) {
    const bool is_negative = value < Decimal{};
    switch (unit) {
        case schema::Unit::PERCENT:
            return is_negative || value > Decimal{100, 0} ? "give a value from 0 to 100" : "";
        case schema::Unit::NUMBER:
            return is_negative || !value.is_whole() ? "give a whole number, 0 or more" : "";
        case schema::Unit::DAYS:
        case schema::Unit::WEEKS:
        case schema::Unit::MONTHS:
        case schema::Unit::RATE:
        case schema::Unit::POUNDS: return is_negative ? "give a value of 0 or more" : "";
        case schema::Unit::SCORE:
        case schema::Unit::UNSET: break;
    }
    return {};
}

// A reading and the count behind it, alike in recording and correction.
struct Counted {
    Decimal value;
    std::optional<Decimal> numerator;
    std::optional<Decimal> denominator;
    std::optional<SubjectRef> evidence;
    std::uint16_t definition = 0;
};
std::optional<Counted> counted_by(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const auto counted = [](auto fields) {
        return Counted{
            .value = read::decimal(fields.getValue()),
            .numerator = read::decimal_if(fields.hasNumerator(), fields.getNumerator()),
            .denominator = read::decimal_if(fields.hasDenominator(), fields.getDenominator()),
            .evidence = read::subject_if(fields.hasEvidence(), fields.getEvidence()),
            .definition = fields.getDefinition()};
    };
    if (change.isReadingRecorded()) {
        return counted(change.getReadingRecorded());
    }
    return change.isReadingCorrected() ? std::optional(counted(change.getReadingCorrected()))
                                       : std::nullopt;
}

Result<void> count_agrees(const Case& at_hand, const Counted& counted) {
    if (counted.numerator.has_value() != counted.denominator.has_value()) {
        return refusal("give both --numerator and --denominator, or neither",
                       "it says {}, and not {}",
                       counted.numerator ? "what was counted" : "of how many",
                       counted.numerator ? "of how many" : "what was counted");
    }
    if (!counted.numerator) {
        return done();
    }
    const Decimal zero{};
    if (*counted.denominator <= zero || *counted.numerator < zero) {
        return refusal("give what was counted, and of how many: more than none",
                       "{} of {} is no count", to_string(*counted.numerator),
                       to_string(*counted.denominator));
    }
    const auto* measure = measure_of(at_hand);
    const auto* definition =
        measure == nullptr ? nullptr : definition_of(*measure, counted.definition);
    if (definition != nullptr && definition->unit == schema::Unit::PERCENT &&
        !is_percentage(counted.value, *counted.numerator, *counted.denominator)) {
        return refusal(
            "give the value that follows from what was counted, rounded to its last "
            "digit",
            "{} of {} is not {} per cent", to_string(*counted.numerator),
            to_string(*counted.denominator), to_string(counted.value));
    }
    return done();
}

// A value that is dated before the one which stands would stay hidden behind it.
Result<void> not_before_what_stands(const Case& at_hand, const MeasureReading& reading) {
    const auto stands_since = reading.value.latest()->effective;
    if (at_hand.envelope().effective < stands_since) {
        return refusal(fmt::format("use --effective {} or a later day", to_string(stands_since)),
                       "the reading for the period up to {} stands since {}",
                       in_words(reading.period_end), in_words(stands_since));
    }
    return done();
}

}  // namespace

Result<void> period_has_ended(const Case& at_hand) {
    const auto given = given_by(at_hand);
    if (!given) {
        return done();
    }
    const auto effective = at_hand.envelope().effective;
    for (const auto period_end : given->periods) {
        if (period_end > at_hand.today) {
            return refusal(fmt::format("record it on or after {}", in_words(period_end)),
                           "the period ends on {}, which lies ahead", in_words(period_end));
        }
        if (period_end > effective) {
            return refusal(
                fmt::format("use --effective {}, or leave it out", to_string(period_end)),
                "a value for the period up to {} was not known on {}", in_words(period_end),
                in_words(effective));
        }
    }
    if (at_hand.change.kind() != Kind::READING_RECORDED) {
        return done();
    }
    const auto fields = at_hand.change.reader().getReadingRecorded();
    return in_order(read::date_if(fields.hasPeriodStart(), fields.getPeriodStart()),
                    read::date(fields.getPeriodEnd()), "the period");
}

Result<void> one_reading_a_period(const Case& at_hand, schema::ReadingRecorded::Reader fields) {
    const auto* measure = measure_of(at_hand);
    if (measure == nullptr) {
        return done();
    }
    const auto period = read::month_if(fields.hasPeriod(), fields.getPeriod());
    for (const auto& reading : measure->readings) {
        const auto* value = reading.value.latest();
        if (value == nullptr || reading.definition != fields.getDefinition() ||
            (reading.period_end != read::date(fields.getPeriodEnd()) &&
             (!period || reading.period != period))) {
            continue;
        }
        return refusal(
            "put it right with readingCorrected, or readingRestated where its basis "
            "changed",
            "{} has a reading for the period up to {}: {}, of event {}", measure->ref.str(),
            in_words(reading.period_end), to_string(value->value.value), value->index.value);
    }
    return done();
}

Result<void> value_in_range(const Case& at_hand) {
    const auto* measure = measure_of(at_hand);
    const auto given = given_by(at_hand);
    const auto* definition =
        measure == nullptr || !given ? nullptr : definition_of(*measure, given->definition);
    if (definition == nullptr) {
        return done();  // judged by the rule about definitions
    }
    for (const auto value : given->values) {
        const auto wanted = range_missed(definition->unit, value);
        if (!wanted.empty()) {
            return refusal(std::string(wanted), "{} is not a value in {}, as {} is measured",
                           to_string(value), name_of_unit(definition->unit), measure->ref.str());
        }
    }
    return done();
}

Result<void> reading_is_founded(const Case& at_hand) {
    const auto counted = counted_by(at_hand);
    if (!counted || at_hand.plan() == nullptr) {
        return done();
    }
    TRY(count_agrees(at_hand, *counted));
    return counted->evidence ? refers_to(at_hand, *counted->evidence, SubjectKind::evidence)
                             : done();
}

Result<void> correction_answers_reading(const Case& at_hand,
                                        schema::ReadingCorrected::Reader fields) {
    const auto* measure = measure_of(at_hand);
    if (measure == nullptr) {
        return done();
    }
    const auto period_end = read::date(fields.getPeriodEnd());
    const auto* reading = reading_of(*measure, fields.getDefinition(), period_end);
    if (reading == nullptr) {
        return refusal(fmt::format("record it with readingRecorded, or see `wsoa show {}` for the "
                                   "readings",
                                   measure->ref.str()),
                       "{} has no reading for the period up to {} by definition {}",
                       measure->ref.str(), in_words(period_end), fields.getDefinition());
    }
    const auto& stands = *reading->value.latest();
    const auto answers = at_hand.envelope().answers;
    if (answers != stands.index) {
        const bool was_there_first =
            std::ranges::any_of(reading->value.settings(),
                                [&](const auto& setting) { return setting.index == answers; });
        return error(was_there_first ? Fault::conflict : Fault::refused,
                     "the reading for the period up to {} is {}, of event {}", in_words(period_end),
                     to_string(stands.value.value), stands.index.value)
            .advise(fmt::format("answer event {}", stands.index.value));
    }
    if (stands.value.value == read::decimal(fields.getValue()) &&
        stands.value.numerator == read::decimal_if(fields.hasNumerator(), fields.getNumerator()) &&
        stands.value.denominator ==
            read::decimal_if(fields.hasDenominator(), fields.getDenominator()) &&
        stands.value.evidence == read::subject_if(fields.hasEvidence(), fields.getEvidence())) {
        return refusal("leave it as it is, or give what is right",
                       "the correction says what event {} said", stands.index.value);
    }
    return not_before_what_stands(at_hand, *reading);
}

Result<void> restatement_is_complete(const Case& at_hand, schema::ReadingRestated::Reader fields) {
    const auto* measure = measure_of(at_hand);
    if (measure == nullptr) {
        return done();
    }
    const auto touched = fields.getTouched();
    if (touched.size() == 0) {
        return refusal("name each reading with its value now", "a restatement touches no reading");
    }
    bool differs = false;
    std::vector<Date> days;
    for (const auto each : touched) {
        const auto day = read::date(each.getPeriodEnd());
        if (!days.empty() && day <= days.back()) {
            return refusal("give the readings in the order of their periods, each once",
                           "{} stands after {}", in_words(day), in_words(days.back()));
        }
        days.push_back(day);
        const auto* reading = reading_of(*measure, fields.getDefinition(), day);
        if (reading == nullptr) {
            return refusal(fmt::format("see `wsoa show {}` for the readings", measure->ref.str()),
                           "{} has no reading for the period up to {} by definition {}",
                           measure->ref.str(), in_words(day), fields.getDefinition());
        }
        TRY(not_before_what_stands(at_hand, *reading));
        differs = differs || reading->value.latest()->value.value != read::decimal(each.getValue());
    }
    std::vector<std::string> missing;
    for (const auto& reading : measure->readings) {
        if (reading.definition == fields.getDefinition() && reading.period_end >= days.front() &&
            reading.value.latest() != nullptr &&
            std::ranges::find(days, reading.period_end) == days.end()) {
            missing.push_back(in_words(reading.period_end));
        }
    }
    if (!missing.empty()) {
        return refusal("list them too, with their value now even where it stays the same",
                       "it leaves out the readings of the periods up to {}",
                       fmt::join(missing, ", "));
    }
    return differs
               ? done()
               : refusal("give the values that they have now", "it gives no reading another value");
}

}  // namespace wsoa::rules
