// What the pack says that the plan was, held against what the events make of it on the same days.
import { delivery_on, deadline_on, impact_on, stage_on } from "./calendar.js";
import { compare_texts } from "./bytes.js";
import { date_text } from "./time.js";

// How the program's JSON names why a rating is shown.
const shown_because = { not_started: "notStarted", not_updated: "notUpdated" };
const because_name = (because) => shown_because[because] ?? because;
const date_or_null = (day) => day === null ? null : date_text(day);

// The proposal that waits for a second person at the end of the day.
export function waiting_on(ratings, day) {
    return ratings.proposals.findLast((proposal) => proposal.effective <= day &&
        !ratings.confirmed.settings.some((setting) =>
            setting.value.proposal === proposal.index && setting.effective <= day)) ?? null;
}

function action_shown(plan, action, day) {
    const rating = delivery_on(plan, action, day);
    return { type: "action", ref: action.ref, area: action.area, stage: stage_on(action, day),
        rating: rating.code, because: because_name(rating.because),
        overdue: rating.because === "overdue", owner: action.owner.value_at(day),
        accountable: action.accountable.value_at(day), organisation: action.organisation,
        deadline: date_text(deadline_on(action, day)),
        originalDeadline: date_text(action.original_deadline),
        percent: action.progress.value_at(day)?.percent ?? null,
        waits: waiting_on(action.delivery, day)?.index ?? null };
}

function area_shown(area, day) {
    const rating = impact_on(area, day);
    return { type: "area", ref: area.ref, rating: rating.code,
        because: because_name(rating.because), impact: rating.code,
        lead: area.lead.value_at(day), stage: area.stage.value_at(day) };
}

function evidence_shown(item, day) {
    return { type: "evidence", ref: item.ref, kind: item.type, version: item.version,
        registered: date_text(item.added_on), by: item.by, state: item.stage.value_at(day),
        source: item.source, dateOfDocument: date_or_null(item.date_of_document),
        periodStart: date_or_null(item.period_start), periodEnd: date_or_null(item.period_end),
        personalData: item.personal_data, reviewBy: date_or_null(item.review_by.value_at(day)),
        document: item.document?.number ?? null };
}

export function parts_on(parts, day) {
    return [...parts.values()].filter((part) => part.added_on <= day)
        .sort((one, other) => compare_texts(one.ref, other.ref));
}

const codes_always_counted = ["GY", "UN", "R", "A", "G", "B"];

function counts_of(codes) {
    const counts = Object.fromEntries(codes_always_counted.map((code) => [code, 0]));
    for (const code of codes) {
        counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
}

// What `wsoa show PLAN --json` prints of the plan on a day, with what was known by another, as far
// as a pack holds it, but for titles.
export function shown_on(plan, day, known_day) {
    const areas = parts_on(plan.areas, day).map((area) => area_shown(area, day));
    const is_under_area = (action) => areas.some(({ ref }) => ref === action.area);
    const actions = parts_on(plan.actions, day).filter(is_under_area)
        .map((action) => action_shown(plan, action, day));
    const ratings = Object.fromEntries(areas.flatMap((area) =>
        actions.filter((action) => action.area === area.ref))
        .map((action) => [action.ref, action.rating]));
    return [...areas, ...actions,
        ...parts_on(plan.evidence, day).map((item) => evidence_shown(item, day)),
        { type: "plan", asAt: date_text(day), asKnown: date_text(known_day), ref: plan.ref,
            stage: plan.stage.value_at(day), ratings, counts: counts_of(Object.values(ratings)),
            impact: Object.fromEntries(areas.map((area) => [area.ref, area.rating])) }];
}

function same(one, other) {
    return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}
function sorted(value) {
    return typeof value !== "object" || value === null || Array.isArray(value) ? value
        : Object.fromEntries(Object.entries(value).sort());
}

const name_in = (value) => typeof value === "string" ? value : "";

// What differs, each as one sentence. `days` are those that the pack tells of; `title_of(ref)` is
// the disclosed title, or null.
export function differences(plan, { as_at_day, as_known_day }, shown, title_of) {
    const found = [];
    const due = new Map(shown_on(plan, as_at_day, as_known_day)
        .map((part) => [`${part.type} ${part.ref}`, part]));
    for (const part of shown) {
        const name = `${name_in(part.type)} ${name_in(part.ref)}`;
        const expected = due.get(name);
        if (expected === undefined) {
            found.push(`${name.slice(0, 80)} is told of, which the events do not give`);
            continue;
        }
        due.delete(name);
        for (const [field, value] of Object.entries(expected)) {
            if (!same(value, part[field])) {
                found.push(`${name}: "${field}" is not what the events give`);
            }
        }
        const more = Object.keys(part)
            .find((field) => !Object.hasOwn(expected, field) && field !== "title");
        if (more !== undefined) {
            found.push(`${name}: "${more.slice(0, 40)}" is nothing that a pack shows`);
        }
        if (part.title !== (title_of(part.ref) ?? "")) {
            found.push(`${name}: its title is not the one that was disclosed`);
        }
    }
    return [...found, ...[...due.keys()].map((name) => `${name} is left out`)];
}
