// Checks from outside, what was asked for from there, and the packs that were frozen for it.
import { adds, on } from "./fold_part.js";
import { taken } from "./fold_plan.js";

const visits = ["revisit", "monitoringInspection", "fullInspection"];

function becomes_if_visit(plan, review, { effective, index }, stage) {
    if (visits.includes(review.type)) {
        plan.stage.set(effective, index, stage);
    }
}

function review_notified(review, at, plan) {
    const { fields, entry } = at;
    if (review.held !== null) {
        return "the review was held before its notice";
    }
    review.notified = { entry, notice_date: fields.noticeDate, from: fields.from };
    becomes_if_visit(plan, review, at, "visitNotified");
    return null;
}

// A visit may be held unannounced.
function review_held(plan, at) {
    const { fields, subject, entry } = at;
    if (!plan.reviews.has(subject)) {
        const why = taken(plan, subject);
        if (why !== null) {
            return why;
        }
        plan.reviews.set(subject, { ref: subject, scheduled: null, notified: null, held: null,
            next_steps: [] });
    }
    const review = plan.reviews.get(subject);
    if (review.held !== null) {
        return "the review was held before";
    }
    Object.assign(review, { type: fields.type, number: fields.number, bodies: fields.bodies,
        held: { entry, date: fields.date, about: fields.about } });
    becomes_if_visit(plan, review, at, "visited");
    return null;
}

const good_judgements = ["sufficient", "effectiveAction", "typicallyPositive"];

function review_outcome(plan, at) {
    const { fields, subject, entry, effective, index } = at;
    const review = plan.reviews.get(fields.review);
    const area = plan.areas.get(subject);
    if (review === undefined || (area === undefined && subject !== plan.ref)) {
        return review === undefined ? "its review is not there" : "its area is not there";
    }
    becomes_if_visit(plan, review, at, "outcomeRecorded");
    (area ?? plan).conclusions.push({ recorded: entry, review: fields.review,
        judgement: fields.judgement, letter: fields.letter, next_review: fields.nextReview });
    area?.stage.set(effective, index, good_judgements.includes(fields.judgement)
        ? "judgedSufficient" : "judgedNotSufficient");
    return null;
}

// A step that a request takes while it is open.
function request_ends(step, said_in) {
    return on("requests", (request, { fields, entry }) => {
        request[step] = said_in(entry, fields);
    }, "no request of that reference is open",
    ({ fulfilled, refused }) => fulfilled === null && refused === null);
}

export const review_folds = {
    externalReviewScheduled: adds("reviews", ({ fields, entry }) => ({ type: fields.type,
        number: fields.number, bodies: fields.bodies,
        scheduled: { entry, from: fields.from, until: fields.until }, notified: null, held: null,
        next_steps: [] })),
    externalReviewNotified: on("reviews", review_notified, "its review is not there"),
    externalReviewHeld: review_held,
    externalReviewOutcomeRecorded: review_outcome,
    monitoringCeased: on("areas", (area, { effective, index }) =>
        area.stage.set(effective, index, "monitoringCeased"), "its area is not there"),
    nextStepsRecorded: on("reviews", (review, { fields, entry }) => {
        review.next_steps.push({ entry, steps: fields.steps, letter: fields.letter });
    }, "the review is not there", () => true, ({ fields }) => fields.review),
    informationRequested: adds("requests", ({ fields, entry }) => ({ requested: entry,
        from: fields.from, due: fields.due, review: fields.review, fulfilled: null,
        refused: null })),
    informationFulfilled: request_ends("fulfilled", (entry, { pack }) => ({ entry, pack })),
    informationRefused: request_ends("refused", (entry) => entry),
    packFrozen: adds("packs", ({ fields, entry }) => ({ frozen: entry, as_at: fields.asAt,
        recipient: fields.recipient, items: fields.items, redacted: fields.redacted,
        size: fields.size, digest: fields.digest, disclosed: fields.disclosed ?? [],
        closest: fields.closest, shares: [], accesses: [] })),
    packShared: on("packs", (pack, { fields, entry }) => {
        pack.shares.push({ entry, recipient: fields.recipient, expires: fields.expires });
    }, "its pack is not there"),
    packAccessed: on("packs", (pack, { fields, entry }) => {
        pack.accesses.push({ entry, reader: fields.reader });
    }, "its pack is not there"),
};
