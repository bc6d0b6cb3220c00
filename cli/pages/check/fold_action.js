// Actions and milestones, and ratings on both axes.
import { last_of, new_ratings, taken } from "./fold_plan.js";
import { Register } from "./register.js";

function action_added(plan, { fields, subject, effective, index }) {
    const why = taken(plan, subject);
    if (why !== null) {
        return why;
    }
    const outcome = plan.outcomes.get(fields.parent);
    if (outcome === undefined) {
        return `the outcome ${fields.parent} is not there`;
    }
    const action = { ref: subject, added_at: index, added_on: effective, outcome: outcome.ref,
        area: outcome.area, owner: new Register(), accountable: new Register(),
        organisation: fields.organisation, start: fields.start,
        original_deadline: fields.deadline, deadline: new Register(), measures: fields.measures,
        evidence_required: fields.evidenceRequired, started: null, stage: new Register(),
        paused_until: new Register(), progress: new Register(), delivery: new_ratings(),
        claims: [], completions: [], successors: [] };
    action.owner.set(effective, index, fields.owner);
    action.accountable.set(effective, index, fields.accountable);
    action.deadline.set(effective, index, fields.deadline);
    action.stage.set(effective, index, "notStarted");
    plan.actions.set(subject, action);
    return null;
}

// A fold over the action that the event is about.
function on_action(fold_action) {
    return (plan, at) => {
        const action = plan.actions.get(at.subject);
        return action === undefined ? "its action is not there" : fold_action(action, at);
    };
}

function action_becomes(stage, more = () => {}) {
    return on_action((action, at) => {
        action.stage.set(at.effective, at.index, stage);
        more(action, at);
    });
}

function put_pause(action, { fields, effective, index }) {
    action.paused_until.set(effective, index, fields.until);
}

// An action that ends, and the others that take it up.
function action_ends(stage, successors_in) {
    return action_becomes(stage, (action, { fields }) => {
        action.successors = successors_in(fields);
    });
}

function action_started(action, { effective, index }) {
    if (action.started !== null) {
        return "the action was started before";
    }
    action.started = { index, effective };
    action.stage.set(effective, index, "inProgress");
    return null;
}

function progress_recorded(action, { fields, entry, effective, index }) {
    action.progress.set(effective, index,
        { index, by: entry.by, period: fields.period, percent: fields.percent });
}

function completion_claimed(action, { fields, entry, effective, index }) {
    action.claims.push({ claimed: entry, evidence: fields.evidence, rejected: null,
        completed: null });
    action.stage.set(effective, index, "completionClaimed");
}

function open_claim(action, { change }) {
    return last_of(action.claims, (claim) => claim.claimed.index === change.answers &&
        claim.rejected === null && claim.completed === null);
}

function completion_rejected(action, at) {
    const claim = open_claim(action, at);
    if (claim === undefined) {
        return "it answers no claim that waits";
    }
    claim.rejected = at.entry;
    action.stage.set(at.effective, at.index, "inProgress");
    return null;
}

function action_completed(action, at) {
    const claim = open_claim(action, at);
    if (claim === undefined) {
        return "it answers no claim that waits";
    }
    claim.completed = at.entry;
    action.completions.push({ completed: at.entry, evidence: at.fields.evidence,
        meeting: at.fields.meeting, reopened: null });
    action.stage.set(at.effective, at.index, "complete");
    return null;
}

function action_reopened(action, { fields, entry, effective, index }) {
    const completion = action.completions.at(-1);
    if (completion === undefined || completion.reopened !== null) {
        return "no completion stands that it could undo";
    }
    completion.reopened = entry;
    action.stage.set(effective, index, fields.to);
    // The rating that stood before the completion says nothing of what is found now.
    const before = action.delivery.confirmed.at(effective);
    if (before !== null) {
        action.delivery.confirmed.set(effective, index, { code: "UN", scale: before.value.scale,
            proposal: index, confirmed_by: entry.by, meeting: null, instead_of: null });
    }
    return null;
}

function milestone_added(plan, { fields, subject, effective, index }) {
    const why = taken(plan, subject);
    if (why !== null) {
        return why;
    }
    if (!plan.actions.has(fields.parent)) {
        return `the action ${fields.parent} is not there`;
    }
    const milestone = { ref: subject, added_at: index, added_on: effective, action: fields.parent,
        original_deadline: fields.deadline, deadline: new Register(), stage: new Register(),
        met_on: null, evidence: [], reported: [] };
    milestone.deadline.set(effective, index, fields.deadline);
    milestone.stage.set(effective, index, "due");
    plan.milestones.set(subject, milestone);
    return null;
}

function milestone_becomes(stage) {
    return (plan, { fields, subject, entry, effective, index }) => {
        const milestone = plan.milestones.get(subject);
        if (milestone === undefined) {
            return "its milestone is not there";
        }
        milestone.stage.set(effective, index, stage);
        if (stage === "met") {
            milestone.met_on = fields.date;
            milestone.evidence = fields.evidence;
        }
        if (stage !== "withdrawn") {
            milestone.reported.push(entry);
        }
        return null;
    };
}

function ratings_of(plan, { fields, subject }) {
    return fields.axis === "delivery" ? plan.actions.get(subject)?.delivery
        : plan.areas.get(subject)?.impact;
}
const not_rated = "nothing of that reference is rated on this axis";

function rating_proposed(plan, at) {
    const ratings = ratings_of(plan, at);
    if (ratings === undefined) {
        return not_rated;
    }
    ratings.proposals.push({ index: at.index, effective: at.effective, by: at.entry.by,
        scale: at.fields.scale, from: at.fields.from, to: at.fields.to, confirmed_by: null,
        on_behalf_of: at.change.onBehalfOf });
    return null;
}

function rating_decided(plan, at) {
    const ratings = ratings_of(plan, at);
    if (ratings === undefined) {
        return not_rated;
    }
    const proposal = last_of(ratings.proposals, (proposed) =>
        proposed.index === at.change.answers && proposed.confirmed_by === null);
    if (proposal === undefined) {
        return "it answers no proposal that waits to be confirmed";
    }
    proposal.confirmed_by = at.index;
    ratings.confirmed.set(at.effective, at.index, { code: at.fields.to, scale: at.fields.scale,
        proposal: proposal.index, confirmed_by: at.entry.by, meeting: at.fields.meeting,
        instead_of: at.change.kind === "ratingOverridden" ? proposal.to : null });
    return null;
}

export const action_folds = {
    actionAdded: action_added,
    actionStarted: on_action(action_started),
    actionPaused: action_becomes("paused", put_pause),
    actionResumed: action_becomes("inProgress"),
    progressRecorded: on_action(progress_recorded),
    completionClaimed: on_action(completion_claimed),
    completionRejected: on_action(completion_rejected),
    actionCompleted: on_action(action_completed),
    actionReopened: on_action(action_reopened),
    actionEmbedded: action_becomes("embedded"),
    actionWithdrawn: action_ends("withdrawn", ({ successors }) => successors),
    actionMerged: action_ends("merged", ({ into }) => [into]),
    actionSplit: action_ends("split", ({ into }) => into),
    milestoneAdded: milestone_added,
    milestoneMet: milestone_becomes("met"),
    milestoneMissed: milestone_becomes("missed"),
    milestoneWithdrawn: milestone_becomes("withdrawn"),
    ratingScaleDefined: (plan, { fields, entry }) => {
        plan.scales.push({ defined: entry, axis: fields.axis, version: fields.version,
            codes: fields.codes });
    },
    ratingProposed: rating_proposed,
    ratingConfirmed: rating_decided,
    ratingOverridden: rating_decided,
};
