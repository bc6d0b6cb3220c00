#include "ledger/plan/calendar.h"

namespace wsoa {

Date deadline_on(const Action& action, Date day) {
    const auto* deadline = action.deadline.at(day);
    return deadline == nullptr ? action.original_deadline : deadline->value;
}

ShownRating delivery_on(const Action& action, Date day) {
    if (day > deadline_on(action, day)) {
        return {.code = "R", .because = ShownRating::Because::overdue};
    }
    if (!action.started || action.started->effective > day) {
        return {.code = "GY", .because = ShownRating::Because::not_started};
    }
    const auto* confirmed = action.delivery.confirmed.at(day);
    if (confirmed == nullptr) {
        return {.code = "UN", .because = ShownRating::Because::unrated};
    }
    return {.code = confirmed->value.code, .because = ShownRating::Because::confirmed};
}

ShownRating impact_on(const Area& area, Date day) {
    const auto* confirmed = area.impact.confirmed.at(day);
    if (confirmed == nullptr) {
        return {.code = "NM", .because = ShownRating::Because::unrated};
    }
    return {.code = confirmed->value.code, .because = ShownRating::Because::confirmed};
}

}  // namespace wsoa
