// Who governs the plan, what was decided, asked and reported, and what may stand in the way.
import { adds, on } from "./fold_part.js";
import { taken } from "./fold_plan.js";
import { Register } from "./register.js";

function body_named(plan, { fields, effective, index }) {
    if (!plan.bodies.has(fields.body)) {
        plan.bodies.set(fields.body, new Register());
    }
    plan.bodies.get(fields.body).set(effective, index,
        { reports_to: fields.reportsTo, quorum: fields.quorum });
}

function exception_opened(plan, at) {
    return plan.actions.has(at.subject)
        ? adds("exceptions", ({ subject, entry }) =>
            ({ action: subject, opened: entry, answered: null, closed: null }),
        ({ fields }) => fields.exception)(plan, at)
        : taken(plan, at.fields.exception) ?? "its action is not there";
}
const exception_of = ({ fields }) => fields.exception;

function score_risk(risk, { fields, entry, effective, index }) {
    risk.score.set(effective, index, { type: fields.type, likelihood: fields.likelihood,
        impact: fields.impact, by: entry.by });
}
const no_risk = "no risk of that reference is open";
const is_open = ({ closed }) => closed === null;

export const governance_folds = {
    bodyNamed: body_named,
    meetingHeld: adds("meetings", ({ fields, entry }) => ({ recorded: entry, body: fields.body,
        date: fields.date, quorate: fields.quorate, attended: fields.attended,
        minutes: fields.minutes })),
    decisionRecorded: adds("decisions", ({ fields, entry }) =>
        ({ recorded: entry, meeting: fields.meeting, about: fields.about })),
    progressReported: (plan, { fields, entry }) => {
        plan.reports.push({ recorded: entry, body: fields.body, as_at: fields.asAt,
            meeting: fields.meeting, report: fields.report });
    },
    challengeRecorded: adds("challenges", ({ fields, entry }) => ({ recorded: entry,
        asked_as: fields.askedAs, meeting: fields.meeting, about: fields.about, due: fields.due,
        answered: null })),
    challengeAnswered: on("challenges", (challenge, { entry }) => {
        challenge.answered = entry;
    }, "no challenge of that reference waits for an answer", ({ answered }) => answered === null),
    exceptionOpened: exception_opened,
    exceptionAnswered: on("exceptions", (exception, { fields, entry }) => {
        exception.answered = { entry, meeting: fields.meeting };
    }, "no exception of that reference waits for an answer",
    ({ answered, closed }) => answered === null && closed === null, exception_of),
    exceptionClosed: on("exceptions", (exception, { entry }) => {
        exception.closed = entry;
    }, "no exception of that reference is open", is_open, exception_of),
    riskRaised: (plan, at) => adds("risks", ({ fields, entry }) => ({ raised: entry,
        about: fields.about, owner: fields.owner, score: new Register(), closed: null }))(plan, at)
        ?? score_risk(plan.risks.get(at.subject), at),
    riskRescored: on("risks", score_risk, no_risk, is_open),
    riskClosed: on("risks", (risk, { entry }) => {
        risk.closed = entry;
    }, no_risk, is_open),
    engagementRecorded: (plan, { fields, entry }) => {
        plan.engagements.push({ recorded: entry, channel: fields.channel, date: fields.date,
            reached: fields.reached, about: fields.about });
    },
    selfEvaluationRecorded: (plan, { fields, entry }) => {
        plan.self_evaluations.push({ recorded: entry, as_at: fields.asAt, cites: fields.cites,
            report: fields.report });
    },
};
