#include "projections/measure_values.h"

#include "ledger/base/check.h"

namespace wsoa {
namespace {

// The definition in force on the day; null before the first.
const MeasureDefinition* definition_on(const Measure& measure, Date day) {
    const MeasureDefinition* shown = nullptr;
    for (const auto& definition : measure.definitions) {
        if (definition.defined.effective <= day) {
            shown = &definition;
        }
    }
    return shown;
}

}  // namespace

std::optional<MeasureValue> value_on(const Measure& measure, Date day) {
    std::optional<MeasureValue> shown;
    for (const auto& reading : measure.readings) {
        const auto* value = reading.value.at(day);
        if (value != nullptr && (!shown || shown->period_end <= reading.period_end)) {
            shown = MeasureValue{.from = MeasureValue::From::reading,
                                 .value = value->value.value,
                                 .period_end = reading.period_end,
                                 .index = value->index};
        }
    }
    if (const auto* baseline = measure.baseline.at(day); !shown && baseline != nullptr) {
        shown = MeasureValue{.from = MeasureValue::From::baseline,
                             .value = baseline->value.value,
                             .period_end = baseline->value.period_end,
                             .index = baseline->index};
    }
    return shown;
}

std::optional<bool> is_at_target(const Measure& measure, Date day) {
    const auto value = value_on(measure, day);
    const auto* target = measure.target.at(day);
    const auto* definition = definition_on(measure, day);
    if (!value || target == nullptr || definition == nullptr) {
        return std::nullopt;
    }
    return definition->polarity == schema::Polarity::LOWER_IS_BETTER
               ? value->value <= target->value.value
               : value->value >= target->value.value;
}

std::optional<Decimal> planned_on(const Measure& measure, Date day) {
    std::optional<Decimal> planned;
    if (const auto* trajectory = measure.trajectory.at(day)) {
        std::optional<Date> last;
        for (const auto& point : trajectory->value.points) {
            if (point.date <= day && (!last || *last <= point.date)) {
                last = point.date;
                planned = point.value;
            }
        }
    }
    return planned;
}

std::string_view name_of(ReadingValue::How how) {
    switch (how) {
        case ReadingValue::How::recorded: return "recorded";
        case ReadingValue::How::corrected: return "corrected";
        case ReadingValue::How::restated: return "restated";
    }
    CHECK(false);
    return {};
}

}  // namespace wsoa
