// Plans, areas, outcomes and handovers. Members are called as ledger/plan calls them: the digest of
// a plan's state is over all of them (plan_members.js).
import { of_maps } from "./plan_members.js";
import { Register } from "./register.js";
import { is_plan_ref } from "./text.js";

// Every map of a plan whose keys are references; the same reference never stands for two things.
const maps_of_plan = Object.keys(of_maps);

export function new_plan(state, { change, fields, subject, effective, index }) {
    if (change.plan === null || subject !== change.plan || !is_plan_ref(subject)) {
        return "its subject is not a plan";
    }
    if (state.plans.has(subject)) {
        return `the plan ${subject} was drafted before`;
    }
    const plan = { ref: subject, drafted_at: index, drafted_on: effective, kind: fields.kind,
        inspected_from: fields.inspectedFrom, inspected_to: fields.inspectedTo,
        report_date: fields.reportDate, due: fields.due, partners: fields.partners,
        predecessor: fields.predecessor, stage: new Register(), versions: [], baselines: [],
        succession: null, policy: new Register(), scales: [], changes: [], handovers: [],
        strategies: [], bodies: new Map(), reports: [], engagements: [], self_evaluations: [],
        conclusions: [], marks: [], closed_periods: [], retentions: new Map() };
    for (const part of maps_of_plan) {
        plan[part] = new Map();
    }
    plan.stage.set(effective, index, "drafting");
    state.plans.set(subject, plan);
    return null;
}

export function taken(plan, ref) {
    return ref === plan.ref || maps_of_plan.some((part) => plan[part].has(ref))
        ? `${ref} stands for something else already` : null;
}

export function last_of(list, wants) {
    return list.findLast(wants);
}

function plan_becomes(stage) {
    return (plan, { effective, index }) => plan.stage.set(effective, index, stage);
}

function plan_submitted(plan, { fields, entry, effective, index }) {
    plan.versions.push({ label: fields.version, submitted: entry, returned: null,
        fit_for_purpose: null, letter: null });
    plan.stage.set(effective, index, "submitted");
}

// What the inspectorates said of a version that was handed in.
function version_judged(said, stage) {
    return (plan, { fields, entry, effective, index }) => {
        const version = last_of(plan.versions, ({ label }) => label === fields.version);
        if (version === undefined) {
            return "no such version was handed in";
        }
        version[said] = entry;
        version.letter = fields.letter;
        plan.stage.set(effective, index, stage);
        return null;
    };
}

function plan_baselined(plan, { fields, entry, effective, index }) {
    for (const item of fields.items) {
        const area = plan.areas.get(plan.actions.get(item)?.area);
        if (area?.stage.value_at(effective) === "open") {
            area.stage.set(effective, index, "inDelivery");
        }
    }
    plan.baselines.push({ label: fields.version, adopted: entry, items: fields.items,
        meeting: fields.meeting, adviser_informed: fields.adviserInformed ?? false });
    plan.stage.set(effective, index, "inDelivery");
}

function plan_superseded(plan, { fields, entry, effective, index }) {
    plan.succession = { entry, successor: fields.successor, carried: fields.carried };
    plan.stage.set(effective, index, "superseded");
}

export function new_ratings() {
    return { proposals: [], confirmed: new Register() };
}

function strategy_linked(plan, { fields, entry }) {
    plan.strategies.push({ linked: entry, from: fields.from, until: fields.until });
}

function area_added(plan, { fields, subject, effective, index }) {
    const why = taken(plan, subject);
    if (why !== null) {
        return why;
    }
    const area = { ref: subject, added_at: index, added_on: effective, lead: new Register(),
        title: new Register(), impact: new_ratings(), stage: new Register(), conclusions: [] };
    area.lead.set(effective, index, fields.lead);
    area.title.set(effective, index, index);
    area.stage.set(effective, index, "open");
    plan.areas.set(subject, area);
    return null;
}

function area_reworded(plan, { subject, effective, index }) {
    const area = plan.areas.get(subject);
    if (area === undefined) {
        return "its area is not there";
    }
    area.title.set(effective, index, index);
    return null;
}

function outcome_added(plan, { fields, subject, effective, index }) {
    const why = taken(plan, subject);
    if (why !== null) {
        return why;
    }
    if (!plan.areas.has(fields.parent)) {
        return `the area ${fields.parent} is not there`;
    }
    plan.outcomes.set(subject, { ref: subject, added_at: index, added_on: effective,
        area: fields.parent });
    return null;
}

function owner_changed(plan, { fields, subject, entry }) {
    plan.handovers.push({ offered: entry, subject, from: fields.from, to: fields.to,
        from_date: fields.fromDate, accepted: null });
}

function owner_accepted(plan, { change, entry, index }) {
    const handover = last_of(plan.handovers, (offered) =>
        offered.offered.index === change.answers && offered.accepted === null);
    if (handover === undefined) {
        return "it answers no handover that waits";
    }
    handover.accepted = entry;
    // No day is without an owner: the new one's begins where the old one's ends.
    const held = plan.actions.get(handover.subject)?.owner ??
        plan.areas.get(handover.subject)?.lead;
    held?.set(handover.from_date, index, handover.to);
    return null;
}

export const plan_folds = {
    planSubmitted: plan_submitted,
    planReturned: version_judged("returned", "drafting"),
    planDeclaredFitForPurpose: version_judged("fit_for_purpose", "fitForPurpose"),
    planBaselined: plan_baselined,
    planRebaselined: plan_baselined,
    planSuperseded: plan_superseded,
    planClosed: plan_becomes("closed"),
    strategyLinked: strategy_linked,
    areaAdded: area_added,
    areaReworded: area_reworded,
    outcomeAdded: outcome_added,
    ownerChanged: owner_changed,
    ownerAccepted: owner_accepted,
};
