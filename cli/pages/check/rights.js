// How far a grant reaches, by what the plan is at that place of the log.
import { grant_in_force_on } from "./keyring.js";
import { plan_of } from "./text.js";

function belongs_to(part, scope, plan) {
    if (part === scope) {
        return true;
    }
    const action = plan.actions.get(part);
    if (action !== undefined) {
        return action.area === scope;
    }
    const above = plan.milestones.get(part)?.action ?? plan.exceptions.get(part)?.action;
    if (above !== undefined) {
        return belongs_to(above, scope, plan);
    }
    return plan.outcomes.get(part)?.area === scope;
}

// What stands in the plan's structure, or is measured there, belongs to what stands above it.
function stands_in(part, scope, plan) {
    if (belongs_to(part, scope, plan)) {
        return true;
    }
    for (const action of plan.actions.values()) {
        if (action.measures.includes(part) && belongs_to(action.ref, scope, plan)) {
            return true;
        }
    }
    return false;
}

// A link counts only by the hand of whoever brought the item in: nobody comes to change an item by
// linking it to something of their own.
function is_linked(item, scope, plan) {
    return item.links.some((link) => link.unlinked === null &&
        (link.linked.by === item.by || link.linked.on_behalf_of === item.by) &&
        stands_in(link.target, scope, plan));
}

function lies_within(part, scope, plan) {
    const item = plan.evidence.get(part);
    if (item !== undefined) {
        return is_linked(item, scope, plan);
    }
    return stands_in(part, scope, plan) || [plan.decisions, plan.challenges, plan.risks]
        .some((parts) => parts.get(part)?.about.some((each) => stands_in(each, scope, plan)));
}

export function reaches(scope, subject, plan) {
    if (scope === null || scope === subject) {
        return true;
    }
    const subject_plan = plan_of(subject);
    if (subject_plan === null) {
        return false;
    }
    return scope === subject_plan ||
        (plan !== undefined && plan.ref === subject_plan && lies_within(subject, scope, plan));
}

function grants_in_force(state, person, role, day) {
    return state.keyring.grants.filter((grant) => grant.person === person && grant.role === role &&
        grant_in_force_on(grant, day));
}

// Whether the person holds the role for the subject.
export function holds_for(state, person, role, subject, day) {
    const plan = state.plans.get(plan_of(subject));
    return grants_in_force(state, person, role, day)
        .some((grant) => reaches(grant.scope, subject, plan));
}

// Whether the person holds the role for anything within the plan.
export function holds_within(state, person, role, plan_ref, day) {
    return grants_in_force(state, person, role, day)
        .some((grant) => grant.scope === null || plan_of(grant.scope) === plan_ref);
}

// Whether the person holds the role at all.
export function holds_any(state, person, role, day) {
    return grants_in_force(state, person, role, day).length > 0;
}
