// Items of evidence: their versions, links, reviews and redacted copies.
import { last_of, taken } from "./fold_plan.js";
import { Register } from "./register.js";

// What a first version and every later one say alike.
function item_of({ fields, subject, entry, effective, index }) {
    const item = { ref: subject, added_at: index, added_on: effective, by: entry.by,
        type: fields.type, version: fields.version, date_of_document: fields.dateOfDocument,
        period_start: fields.periodStart, period_end: fields.periodEnd,
        source: fields.sourceOrganisation, personal_data: fields.personalData,
        review_by: new Register(), lawful_basis: fields.lawfulBasis, prior: fields.prior ?? null,
        stage: new Register(), links: [], submissions: [], superseded: null,
        stale: null, redacted_copies: [], erased: null, document: fields.document };
    if (fields.reviewBy !== null) {
        item.review_by.set(effective, index, fields.reviewBy);
    }
    item.stage.set(effective, index, "registered");
    return item;
}

function evidence_added(plan, at) {
    const why = taken(plan, at.subject);
    if (why !== null) {
        return why;
    }
    const item = item_of(at);
    if (item.prior !== null && !plan.evidence.has(item.prior)) {
        return `the version before it, ${item.prior}, is not there`;
    }
    plan.evidence.set(at.subject, item);
    return null;
}

// A fold over the item that the event is about.
function on_item(fold_item) {
    return (plan, at) => {
        const item = plan.evidence.get(at.subject);
        return item === undefined ? "its item of evidence is not there" : fold_item(item, at);
    };
}

function evidence_unlinked(item, { fields, entry }) {
    const link = last_of(item.links, (each) =>
        each.target === fields.target && each.unlinked === null);
    if (link === undefined) {
        return `it is not linked to ${fields.target}`;
    }
    link.unlinked = entry;
    return null;
}

function evidence_submitted(item, { fields, entry, effective, index }) {
    item.submissions.push({ submitted: entry, target: fields.target, reviews: [] });
    item.stage.set(effective, index, "submitted");
}

// What a reviewer made of the submission that the event answers.
function reviewed(outcome) {
    return on_item((item, { change, fields, entry, effective, index }) => {
        const submission = last_of(item.submissions, (each) =>
            each.submitted.index === change.answers);
        if (submission === undefined) {
            return "it answers no submission of the item";
        }
        submission.reviews.push({ entry, as_role: change.asRole, outcome, checks: fields.checks });
        item.stage.set(effective, index, outcome);
        return null;
    });
}

export const evidence_folds = {
    evidenceRegistered: evidence_added,
    evidenceVersionAdded: evidence_added,
    evidenceSuperseded: on_item((item, { fields, entry }) => {
        item.superseded = { entry, by: fields.by };
    }),
    evidenceLinked: on_item((item, { fields, entry }) => {
        item.links.push({ target: fields.target, linked: entry, unlinked: null });
    }),
    evidenceUnlinked: on_item(evidence_unlinked),
    evidenceSubmitted: on_item(evidence_submitted),
    evidenceAccepted: reviewed("accepted"),
    evidenceRejected: reviewed("rejected"),
    evidenceMoreAsked: reviewed("moreAsked"),
    evidenceMarkedStale: on_item((item, { entry }) => {
        item.stale = entry;
    }),
    evidenceRenewed: on_item((item, { fields, effective, index }) => {
        item.stale = null;
        item.review_by.set(effective, index, fields.reviewBy);
    }),
    redactedCopyIssued: on_item((item, { fields, entry }) => {
        item.redacted_copies.push({ issued: entry, derivative: fields.derivative,
            redactor: fields.redactor, second_checker: fields.secondChecker,
            categories: fields.categories, method: fields.method });
    }),
    contentRead: on_item(() => null),
};
