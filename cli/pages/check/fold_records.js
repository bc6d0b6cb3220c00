// Measures; records management: corrections, holds, erasure, retention; meetings, challenges,
// risks, checks from outside. Of what the page does not show it keeps the reference, so that what
// stands for what is known.
import { taken } from "./fold_plan.js";
import { Register } from "./register.js";
import { strike, why_not_strikable } from "./strike.js";

// A fold that adds a part under the event's subject, or under a reference among its fields.
function adds(parts, make, ref_of = ({ subject }) => subject) {
    return (plan, at) => {
        const ref = ref_of(at);
        const why = taken(plan, ref);
        if (why !== null) {
            return why;
        }
        plan[parts].set(ref, { ref, ...make(at) });
        return null;
    };
}

// A fold over the part that the event is about, while `waits(part)`.
function on(parts, fold, missing, waits = () => true, ref_of = ({ subject }) => subject) {
    return (plan, at) => {
        const part = plan[parts].get(ref_of(at));
        return part === undefined || !waits(part) ? missing : fold(part, at, plan) ?? null;
    };
}

const with_entry = ({ fields, entry, index, effective }) =>
    ({ recorded: entry, added_at: index, added_on: effective, ...fields });

function reading_of(measure, definition, period_end) {
    return measure.readings.find((reading) => reading.definition === definition &&
        reading.period_end === period_end && reading.value.at(Infinity) !== null);
}

function set_reading(reading, { fields, entry, effective, index }, how) {
    reading.value.set(effective, index, { how, value: fields.value, by: entry.by });
}

function reading_recorded(measure, at) {
    const { definition, periodEnd: period_end } = at.fields;
    if (reading_of(measure, definition, period_end) !== undefined) {
        return "the period has a reading already";
    }
    const reading = { recorded: at.entry, definition, period_end, value: new Register() };
    set_reading(reading, at, "recorded");
    measure.readings.push(reading);
    measure.readings.sort((one, other) =>
        one.period_end - other.period_end || one.definition - other.definition);
    return null;
}

function reading_corrected(measure, at) {
    const reading = reading_of(measure, at.fields.definition, at.fields.periodEnd);
    if (reading === undefined) {
        return "the period has no reading to correct";
    }
    set_reading(reading, at, "corrected");
    return null;
}

function reading_restated(measure, at) {
    const touched = at.fields.touched.map(({ periodEnd, value }) =>
        ({ reading: reading_of(measure, at.fields.definition, periodEnd), value }));
    if (touched.some(({ reading }) => reading === undefined)) {
        return "a period has no reading to restate";
    }
    for (const { reading, value } of touched) {
        set_reading(reading, { ...at, fields: { value } }, "restated");
    }
    return null;
}

const no_measure = "its measure is not there";
const measure_folds = {
    measureDefined: adds("measures", (at) => ({ added_at: at.index, added_on: at.effective,
        definitions: [at.fields], baseline: new Register(), target: new Register(),
        readings: [] })),
    measureRedefined: on("measures", (measure, { fields }) => {
        measure.definitions.push(fields);
    }, no_measure),
    baselineSet: on("measures", (measure, { effective, index, fields }) =>
        measure.baseline.set(effective, index, fields), no_measure),
    targetSet: on("measures", (measure, { effective, index, fields }) =>
        measure.target.set(effective, index, fields), no_measure),
    trajectorySet: on("measures", () => null, no_measure),
    readingRecorded: on("measures", reading_recorded, no_measure),
    readingCorrected: on("measures", reading_corrected, no_measure),
    readingRestated: on("measures", reading_restated, no_measure),
};

function entry_corrected(plan, { change, subject, entry, index }) {
    if (change.answers === null) {
        return "it names no entry";
    }
    const why = why_not_strikable(plan, subject, change.answers);
    if (why !== null) {
        return why;
    }
    strike(plan, subject, change.answers, index);
    plan.marks.push({ entry, how: "struck", target: change.answers });
    return null;
}

function rectification_noted(plan, { change, entry }) {
    if (change.answers === null) {
        return "it names no entry";
    }
    plan.marks.push({ entry, how: "rectified", target: change.answers });
    return null;
}

const request_of = ({ fields }) => fields.request;

function content_erased(erasure, { fields, subject, entry }, plan) {
    erasure.erased = { entry, key_destroyed: fields.keyDestroyed };
    if (fields.scope === "content" && plan.evidence.has(subject)) {
        plan.evidence.get(subject).erased = entry;
    }
}

function retention_applied(plan, { fields, subject, entry, effective, index }) {
    if (!plan.retentions.has(subject)) {
        plan.retentions.set(subject, { rule: new Register(), approved: null, disposed: null });
    }
    plan.retentions.get(subject).rule.set(effective, index, { ...fields, applied: entry });
}

function disposed(kept, { subject, entry }, plan) {
    kept.disposed = entry;
    if (plan.evidence.has(subject)) {
        plan.evidence.get(subject).erased = entry;
    }
}

const records = {
    entryCorrected: entry_corrected,
    rectificationNoted: rectification_noted,
    holdPlaced: adds("holds", ({ fields, entry }) =>
        ({ placed: entry, scope: fields.scope, released: null })),
    holdReleased: on("holds", (hold, { entry }) => {
        hold.released = entry;
    }, "no hold of that reference stands", (hold) => hold.released === null),
    erasureRequested: adds("erasures", ({ fields, subject, entry }) => ({ subject,
        requested: entry, scope: fields.scope, event: fields.event, decided: null,
        erased: null }), request_of),
    erasureDecided: on("erasures", (erasure, { fields, entry }) => {
        erasure.decided = { entry, decision: fields.decision, ground: fields.ground };
    }, "no request of that reference waits for a decision",
    (erasure) => erasure.decided === null, request_of),
    contentErased: on("erasures", content_erased,
        "no decision of that reference waits to be carried out",
        (erasure) => erasure.decided !== null && erasure.erased === null, request_of),
    retentionApplied: retention_applied,
    disposalApproved: on("retentions", (kept, { entry }) => {
        kept.approved = entry;
    }, "no rule of retention was applied to it"),
    disposed: on("retentions", disposed, "its disposal was not approved",
        (kept) => kept.approved !== null),
    reportingPolicySet: (plan, { fields, effective, index }) =>
        plan.policy.set(effective, index, fields),
    periodClosed: (plan, { fields, entry }) => {
        plan.closed_periods.push({ entry, ...fields });
    },
};

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

const governance = {
    bodyNamed: () => null,
    meetingHeld: adds("meetings", with_entry),
    decisionRecorded: adds("decisions", with_entry),
    progressReported: () => null,
    challengeRecorded: adds("challenges", (at) => ({ ...with_entry(at), answered: null })),
    challengeAnswered: on("challenges", (challenge, { entry }) => {
        challenge.answered = entry;
    }, "no challenge of that reference waits for an answer", ({ answered }) => answered === null),
    exceptionOpened: exception_opened,
    exceptionAnswered: on("exceptions", (exception, { entry }) => {
        exception.answered = entry;
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
        plan.engagements.push({ recorded: entry, ...fields });
    },
    selfEvaluationRecorded: () => null,
};

const visits = ["revisit", "monitoringInspection", "fullInspection"];

function becomes_if_visit(plan, review, { effective, index }, stage) {
    if (visits.includes(review.type)) {
        plan.stage.set(effective, index, stage);
    }
}

function review_held(plan, at) {
    if (!plan.reviews.has(at.subject)) {
        const why = taken(plan, at.subject);
        if (why !== null) {
            return why;
        }
        plan.reviews.set(at.subject,
            { ref: at.subject, scheduled: null, held: null, letters: 0 });
    }
    const review = plan.reviews.get(at.subject);
    if (review.held !== null) {
        return "the review was held before";
    }
    Object.assign(review, at.fields, { held: { entry: at.entry, date: at.fields.date } });
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
    plan.conclusions.push({ recorded: entry, subject, ...fields });
    area?.stage.set(effective, index, good_judgements.includes(fields.judgement)
        ? "judgedSufficient" : "judgedNotSufficient");
    return null;
}

const no_request = "no request of that reference is open";
const is_unanswered = ({ ended }) => ended === null;
const ends = (request, { entry }) => {
    request.ended = entry;
};

const reviews = {
    externalReviewScheduled: adds("reviews", ({ fields, entry }) =>
        ({ ...fields, scheduled: entry, held: null, letters: 0 })),
    externalReviewNotified: on("reviews", (review, at, plan) => {
        if (review.held !== null) {
            return "the review was held before its notice";
        }
        becomes_if_visit(plan, review, at, "visitNotified");
        return null;
    }, "its review is not there"),
    externalReviewHeld: review_held,
    externalReviewOutcomeRecorded: review_outcome,
    monitoringCeased: on("areas", (area, { effective, index }) =>
        area.stage.set(effective, index, "monitoringCeased"), "its area is not there"),
    nextStepsRecorded: on("reviews", (review, { fields }) => {
        review.letters += fields.letter === null ? 0 : 1;
    }, "the review is not there", () => true, ({ fields }) => fields.review),
    informationRequested: adds("requests", (at) => ({ ...with_entry(at), ended: null })),
    informationFulfilled: on("requests", ends, no_request, is_unanswered),
    informationRefused: on("requests", ends, no_request, is_unanswered),
    packFrozen: adds("packs", (at) => ({ ...with_entry(at), shares: [] })),
    packShared: on("packs", (pack, { fields, entry }) => {
        pack.shares.push({ entry, ...fields });
    }, "its pack is not there"),
    packAccessed: on("packs", () => null, "its pack is not there"),
};

function on_publication(fold) {
    return on("publications", fold, "its publication is not there");
}
// A step that a publication takes once.
function once(step, why) {
    return on_publication((publication, { entry }) => {
        if (publication[step] !== null) {
            return why;
        }
        publication[step] = entry;
        return null;
    });
}
const publications = {
    publicationDrafted: adds("publications", (at) => ({ ...with_entry(at), checks: [],
        approved: null, published: null, corrections: [], withdrawn: null })),
    publicationChecked: on_publication((publication, { entry }) => {
        publication.checks.push(entry);
    }),
    publicationApproved: once("approved", "it was approved before"),
    published: on_publication((publication, { fields, entry }) => {
        if (publication.published !== null) {
            return "it was published before";
        }
        publication.published = { entry, shown: fields.shown };
        return null;
    }),
    publicationCorrected: on_publication((publication, { fields }) => {
        if (publication.published === null) {
            return "it was not published";
        }
        publication.corrections.push(fields.shown);
        return null;
    }),
    publicationWithdrawn: once("withdrawn", "it was withdrawn before"),
};

export const record_folds = { ...measure_folds, ...records, ...governance, ...reviews,
    ...publications };
