#pragma once

#include "ledger/plan/rules.h"

// What the rules of measures and of their readings share: rules_measure.cpp, rules_reading.cpp.
namespace wsoa::rules {

// The measure that the change is about; null where R08 refuses the subject.
const Measure* measure_of(const Case& at_hand);

// The definition of that number; null if there is none.
const MeasureDefinition* definition_of(const Measure& measure, std::uint16_t number);

// What a change says of a measure's values, alike for all kinds that give any.
struct Given {
    std::uint16_t definition = 0;
    std::vector<Decimal> values;
    std::vector<Date> periods;  // the last days of those that the values were read for
};

// Null where the change gives no value.
std::optional<Given> given_by(const Case& at_hand);

// "weeks", for messages.
std::string_view name_of_unit(schema::Unit unit);

Result<void> period_has_ended(const Case& at_hand);
Result<void> one_reading_a_period(const Case& at_hand, schema::ReadingRecorded::Reader fields);
Result<void> value_in_range(const Case& at_hand);
Result<void> reading_is_founded(const Case& at_hand);
Result<void> correction_answers_reading(const Case& at_hand,
                                        schema::ReadingCorrected::Reader fields);
Result<void> restatement_is_complete(const Case& at_hand, schema::ReadingRestated::Reader fields);

}  // namespace wsoa::rules
