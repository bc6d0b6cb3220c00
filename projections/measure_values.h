#pragma once

#include "ledger/plan/measure.h"

#include <optional>

namespace wsoa {

// The figure that a measure shows on a day, and where it comes from.
struct MeasureValue {
    enum class From : std::uint8_t { baseline, reading } from = From::baseline;
    Decimal value;
    Date period_end;
    EventIndex index;  // of the event that set it: recorded, corrected or restated

    bool operator==(const MeasureValue&) const = default;
};

// The reading of the latest period as it stood at the end of the day, the baseline before any;
// null before both.
std::optional<MeasureValue> value_on(const Measure& measure, Date day);

// Whether the value is at the target of the day or beyond it, in the direction that is wanted; null
// where there is no target or no value yet.
std::optional<bool> is_at_target(const Measure& measure, Date day);

// What the planned path says for the day: its last point by then. Null before the first.
std::optional<Decimal> planned_on(const Measure& measure, Date day);

// "recorded", "corrected", "restated".
std::string_view name_of(ReadingValue::How how);

}  // namespace wsoa
