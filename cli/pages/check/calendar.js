// What a date alone changes, computed at reading and never recorded: from the day after its current
// deadline an action that is not complete shows Red; where the plan's policy says so, a rating that
// was not confirmed again after its period shows as not yet updated.
import { first_day_of, month_of } from "./time.js";

const months_of_rhythm = { month: 1, quarter: 3, term: 4, fourMonths: 4, halfYear: 6, year: 12 };

// The last day of the period of that rhythm in which the day lies. Weeks begin on Monday; terms end
// with December, April and August.
function period_end(rhythm, day) {
    if (rhythm === "week") {
        const since_monday = (((day + 3) % 7) + 7) % 7;  // day 0 was a Thursday
        return day + 6 - since_monday;
    }
    const months = months_of_rhythm[rhythm];
    return months === undefined ? day
        : first_day_of((Math.floor(month_of(day) / months) + 1) * months) - 1;
}

export function deadline_on(part, day) {
    return part.deadline.value_at(day) ?? part.original_deadline;
}

export function stage_on(action, day) {
    return action.stage.value_at(day) ?? "notStarted";
}

function is_past_its_period(plan, confirmed, day) {
    const policy = plan.policy.value_at(day);
    return policy !== null && policy.stale_after !== null && policy.rhythm !== "once" &&
        day > period_end(policy.rhythm, confirmed) + policy.stale_after;
}

const open_stages = ["notStarted", "inProgress", "paused", "completionClaimed"];

// What is shown for the delivery of an action on a day: the code, and how it came to be shown.
export function delivery_on(plan, action, day) {
    const stage = stage_on(action, day);
    if (stage === "complete" || stage === "embedded") {
        return { code: stage === "embedded" ? "E" : "B", because: "complete" };
    }
    if (!open_stages.includes(stage)) {
        return { code: "NA", because: "ended" };
    }
    if (day > deadline_on(action, day)) {
        return { code: "R", because: "overdue" };
    }
    if (stage === "notStarted") {
        return { code: "GY", because: "not_started" };
    }
    const confirmed = action.delivery.confirmed.at(day);
    if (confirmed === null || confirmed.value.code === "UN") {
        return { code: "UN", because: "unrated" };
    }
    return is_past_its_period(plan, confirmed.effective, day)
        ? { code: "UN", because: "not_updated" }
        : { code: confirmed.value.code, because: "confirmed" };
}

// The same for the impact of an area.
export function impact_on(area, day) {
    const confirmed = area.impact.confirmed.at(day);
    return confirmed === null ? { code: "NM", because: "unrated" }
        : { code: confirmed.value.code, because: "confirmed" };
}
