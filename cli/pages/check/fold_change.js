// Changes of plan: what was asked for, what was decided, and what it changes.
import { last_of } from "./fold_plan.js";

function change_requested(plan, { fields, subject, entry }) {
    plan.changes.push({ requested: entry, subject, field: fields.field, from: fields.from,
        to: fields.to, from_value: fields.fromValue, to_value: fields.toValue,
        level: fields.level, stage: "requested", approved: null, ended: null });
}

function waiting_request(plan, { change }) {
    const request = last_of(plan.changes, (each) => each.requested.index === change.answers);
    return request?.stage === "requested" ? request : undefined;
}

function change_approved(plan, at) {
    const request = waiting_request(plan, at);
    if (request === undefined) {
        return "it answers no request that waits";
    }
    request.stage = "approved";
    request.approved = { entry: at.entry, late: at.fields.late,
        adviser_informed: at.fields.adviserInformed, meeting: at.fields.meeting };
    return null;
}

function change_ended(stage) {
    return (plan, at) => {
        const request = waiting_request(plan, at);
        if (request === undefined) {
            return "it answers no request that waits";
        }
        request.stage = stage;
        request.ended = at.entry;
        return null;
    };
}

function put_deadline(plan, { effective, index }, { subject, to }) {
    const action = plan.actions.get(subject);
    if (action !== undefined) {
        action.deadline.set(effective, index, to);
        return null;
    }
    const milestone = plan.milestones.get(subject);
    if (milestone === undefined) {
        return "nothing of that reference has a deadline";
    }
    milestone.deadline.set(effective, index, to);
    milestone.stage.set(effective, index, "due");
    return null;
}

// Sets the figure anew, with all else that was set with it before.
function put_figure(values, { effective, index }, changed, missing) {
    const before = values.value_at(effective);
    if (before === null) {
        return missing;
    }
    values.set(effective, index, { ...before, ...changed });
    return null;
}

// Puts the new figure or day where it is read from. Scope and trajectory are not among them: what
// changes there is said in words, or set anew.
function put_change(plan, at, request) {
    const { subject, field, to, to_value } = request;
    if (field === "deadline" && to !== null) {
        return put_deadline(plan, at, request);
    }
    const measure = plan.measures.get(subject);
    if (measure === undefined || to_value === null) {
        return null;
    }
    if (field === "target") {
        return put_figure(measure.target, at,
            { value: to_value, ...to === null ? {} : { date: to } },
            "the measure has no target to change");
    }
    return field === "baseline" ? put_figure(measure.baseline, at, { value: to_value },
        "the measure has no baseline to change") : null;
}

function change_applied(plan, at) {
    const request = last_of(plan.changes, (each) =>
        each.approved?.entry.index === at.change.answers);
    if (request === undefined || request.stage !== "approved") {
        return "it answers no approval that waits";
    }
    const why = put_change(plan, at, request);
    if (why !== null) {
        return why;
    }
    request.stage = "applied";
    request.ended = at.entry;
    return null;
}

export const change_folds = {
    changeRequested: change_requested,
    changeApproved: change_approved,
    changeRefused: change_ended("refused"),
    changeWithdrawn: change_ended("withdrawn"),
    changeApplied: change_applied,
};
