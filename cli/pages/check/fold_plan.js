// Plans, areas, outcomes, handovers, and what a plan only keeps by reference.
import { Register } from "./register.js";
import { is_plan_ref } from "./text.js";

// Every map of a plan whose keys are references; the same reference never stands for two things.
const parts = ["areas", "outcomes", "actions", "milestones", "measures", "evidence", "meetings",
    "decisions", "challenges", "exceptions", "risks", "reviews", "requests", "packs",
    "publications", "holds", "erasures"];

export function new_plan(state, { change, fields, subject, effective, index }) {
    if (change.plan === null || subject !== change.plan || !is_plan_ref(subject)) {
        return "its subject is not a plan";
    }
    if (state.plans.has(subject)) {
        return `the plan ${subject} was drafted before`;
    }
    const plan = { ref: subject, drafted_at: index, drafted_on: effective, kind: fields.kind,
        inspected_from: fields.inspectedFrom, inspected_to: fields.inspectedTo,
        report_date: fields.reportDate, partners: fields.partners, stage: new Register(),
        policy: new Register(), versions: [], baselines: [], succession: null, changes: [],
        handovers: [], conclusions: [], marks: [], closed_periods: [], engagements: [],
        scales: [], retentions: new Map() };
    for (const part of parts) {
        plan[part] = new Map();
    }
    plan.stage.set(effective, index, "drafting");
    state.plans.set(subject, plan);
    return null;
}

export function taken(plan, ref) {
    return ref === plan.ref || parts.some((part) => plan[part].has(ref))
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
        meeting: fields.meeting });
    plan.stage.set(effective, index, "inDelivery");
}

function plan_superseded(plan, { fields, entry, effective, index }) {
    plan.succession = { entry, successor: fields.successor, carried: fields.carried };
    plan.stage.set(effective, index, "superseded");
}

export function new_ratings() {
    return { proposals: [], confirmed: new Register() };
}

function area_added(plan, { fields, subject, effective, index }) {
    const why = taken(plan, subject);
    if (why !== null) {
        return why;
    }
    const area = { ref: subject, added_at: index, added_on: effective, lead: new Register(),
        title: new Register(), impact: new_ratings(), stage: new Register() };
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
    strategyLinked: () => null,
    areaAdded: area_added,
    areaReworded: area_reworded,
    outcomeAdded: outcome_added,
    ownerChanged: owner_changed,
    ownerAccepted: owner_accepted,
};
