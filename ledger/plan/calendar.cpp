#include "ledger/plan/calendar.h"

#include "ledger/base/check.h"

namespace wsoa {
namespace {

// Days ahead that count as soon where a plan's policy does not say.
constexpr std::int32_t due_soon_usual = 30;

// The last day of the last month of the run of so many months in which the month lies.
Date end_of_run(Month month, unsigned months) {
    const auto first_after =
        Month{static_cast<std::uint16_t>((month.months / months + 1) * months)};
    return Date{first_day(first_after).days - 1};
}

constexpr std::int32_t days_a_week = 7;

// Weeks begin on Monday.
std::int32_t days_since_monday(Date day) {
    // 1970-01-01 was a Thursday, and % keeps the sign of days before it.
    return ((day.days + 3) % days_a_week + days_a_week) % days_a_week;
}

Date end_of_week(Date day) { return Date{day.days + (days_a_week - 1 - days_since_monday(day))}; }

bool is_past_its_period(const Plan& plan, Date confirmed, Date day) {
    const auto* policy = plan.policy.at(day);
    if (policy == nullptr || !policy->value.stale_after ||
        policy->value.rhythm == schema::Rhythm::ONCE) {
        return false;
    }
    const auto end = period_end(policy->value.rhythm, confirmed);
    return day.days > end.days + static_cast<std::int32_t>(*policy->value.stale_after);
}

}  // namespace

Date deadline_on(const Action& action, Date day) {
    const auto* deadline = action.deadline.at(day);
    return deadline == nullptr ? action.original_deadline : deadline->value;
}

Date deadline_on(const Milestone& milestone, Date day) {
    const auto* deadline = milestone.deadline.at(day);
    return deadline == nullptr ? milestone.original_deadline : deadline->value;
}

ShownRating delivery_on(const Plan& plan, const Action& action, Date day) {
    using Because = ShownRating::Because;
    const auto stage = action.stage_on(day);
    if (is_complete(stage)) {
        const bool is_embedded = stage == schema::ActionStage::EMBEDDED;
        return {.code = std::string(is_embedded ? code_embedded : code_complete),
                .because = Because::complete};
    }
    if (!is_open(stage)) {
        return {.code = std::string(code_ended), .because = Because::ended};
    }
    if (day > deadline_on(action, day)) {
        return {.code = std::string(code_overdue), .because = Because::overdue};
    }
    if (stage == schema::ActionStage::NOT_STARTED) {
        return {.code = std::string(code_not_started), .because = Because::not_started};
    }
    const auto* confirmed = action.delivery.confirmed.at(day);
    if (confirmed == nullptr || confirmed->value.code == code_unrated) {
        return {.code = std::string(code_unrated), .because = Because::unrated};
    }
    if (is_past_its_period(plan, confirmed->effective, day)) {
        return {.code = std::string(code_unrated), .because = Because::not_updated};
    }
    return {.code = confirmed->value.code, .because = Because::confirmed};
}

ShownRating impact_on(const Area& area, Date day) {
    const auto* confirmed = area.impact.confirmed.at(day);
    if (confirmed == nullptr) {
        return {.code = "NM", .because = ShownRating::Because::unrated};
    }
    return {.code = confirmed->value.code, .because = ShownRating::Because::confirmed};
}

bool is_weekend(Date day) {
    constexpr std::int32_t working_days_a_week = 5;
    return days_since_monday(day) >= working_days_a_week;
}

Date period_end(schema::Rhythm rhythm, Date day) {
    const auto month = month_of(day);
    switch (rhythm) {
        case schema::Rhythm::WEEK: return end_of_week(day);
        case schema::Rhythm::MONTH: return end_of_run(month, 1);
        case schema::Rhythm::QUARTER: return end_of_run(month, 3);
        case schema::Rhythm::TERM:
        case schema::Rhythm::FOUR_MONTHS: return end_of_run(month, 4);
        case schema::Rhythm::HALF_YEAR: return end_of_run(month, 6);
        case schema::Rhythm::YEAR: return end_of_run(month, 12);
        case schema::Rhythm::ONCE:
        case schema::Rhythm::UNSET: break;
    }
    return day;
}

bool is_due_soon(const Plan& plan, Date deadline, Date day) {
    const auto* policy = plan.policy.at(day);
    const auto ahead = policy != nullptr && policy->value.due_soon
                           ? static_cast<std::int32_t>(*policy->value.due_soon)
                           : due_soon_usual;
    return deadline >= day && deadline.days - day.days <= ahead;
}

std::string_view name_of(ShownRating::Because because) {
    using Because = ShownRating::Because;
    switch (because) {
        case Because::not_started: return "notStarted";
        case Because::unrated: return "unrated";
        case Because::confirmed: return "confirmed";
        case Because::overdue: return "overdue";
        case Because::complete: return "complete";
        case Because::ended: return "ended";
        case Because::not_updated: return "notUpdated";
    }
    CHECK(false);
    return {};
}

}  // namespace wsoa
