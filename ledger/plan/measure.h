#pragma once

#include "ledger/base/decimal.h"
#include "ledger/plan/entry.h"
#include "ledger/plan/register.h"
#include "schemas/types.capnp.h"

#include <optional>
#include <vector>

namespace wsoa {

// What a measure counts, as one of its definitions says.
struct MeasureDefinition {
    Entry defined;
    std::uint16_t number = 0;
    schema::Unit unit = schema::Unit::UNSET;
    schema::Polarity polarity = schema::Polarity::UNSET;
    schema::Rhythm rhythm = schema::Rhythm::UNSET;
    std::optional<Date> cumulative_from;
    std::optional<Decimal> green_within;  // per cent of the target
    std::optional<Decimal> amber_within;
    std::optional<std::uint32_t> small_number;
    bool is_comparable = false;  // with the readings of the definition before it

    bool operator==(const MeasureDefinition&) const = default;
};

// The first value, against which the others are judged.
struct MeasureBaseline {
    std::uint16_t definition = 0;
    Date period_end;
    Decimal value;

    bool operator==(const MeasureBaseline&) const = default;
};

// The wanted value and the day for it.
struct MeasureTarget {
    std::uint16_t definition = 0;
    Decimal value;
    Date date;
    std::optional<Decimal> benchmark;

    bool operator==(const MeasureTarget&) const = default;
};

// A day of the planned path, and the value planned for it.
struct TrajectoryPoint {
    Date date;
    Decimal value;

    bool operator==(const TrajectoryPoint&) const = default;
};
struct Trajectory {
    std::uint16_t definition = 0;
    std::vector<TrajectoryPoint> points;

    bool operator==(const Trajectory&) const = default;
};

// A reading's value, and how it came to be this one.
struct ReadingValue {
    enum class How : std::uint8_t { recorded = 1, corrected, restated };
    How how = How::recorded;
    Decimal value;
    std::optional<Decimal> numerator;
    std::optional<Decimal> denominator;
    std::optional<SubjectRef> evidence;
    PersonId by;  // who recorded this value

    bool operator==(const ReadingValue&) const = default;
};

// The value of a measure for one period by one definition, with every value that it ever had.
struct MeasureReading {
    Entry recorded;
    std::uint16_t definition = 0;
    std::optional<Month> period;
    std::optional<Date> period_start;
    Date period_end;
    std::optional<Date> provisional_until;
    Register<ReadingValue> value;

    bool operator==(const MeasureReading&) const = default;
};

// A number with baseline and target by which one sees whether it helped.
struct Measure {
    SubjectRef ref;
    EventIndex added_at;
    Date added_on;
    std::vector<MeasureDefinition> definitions;  // in the order of the log
    Register<MeasureBaseline> baseline;
    Register<MeasureTarget> target;
    Register<Trajectory> trajectory;
    std::vector<MeasureReading> readings;  // by the end of the period, then definition

    bool operator==(const Measure&) const = default;
};

}  // namespace wsoa
