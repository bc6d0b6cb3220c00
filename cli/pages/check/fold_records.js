// Records management: corrections, holds, erasure, retention, what is reported how, closed periods.
import { adds, on } from "./fold_part.js";
import { Register } from "./register.js";
import { strike, why_not_strikable } from "./strike.js";

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
    erasure.erased = { entry, key_destroyed: fields.keyDestroyed,
        vault_generation: fields.vaultGeneration };
    if (fields.scope === "content" && plan.evidence.has(subject)) {
        plan.evidence.get(subject).erased = entry;
    }
}

function retention_applied(plan, { fields, subject, entry, effective, index }) {
    if (!plan.retentions.has(subject)) {
        plan.retentions.set(subject,
            { subject, rule: new Register(), approved: null, disposed: null });
    }
    plan.retentions.get(subject).rule.set(effective, index,
        { by: fields.class, due: fields.due, applied: entry });
}

function disposed(kept, { subject, entry }, plan) {
    kept.disposed = entry;
    if (plan.evidence.has(subject)) {
        plan.evidence.get(subject).erased = entry;
    }
}

export const record_folds = {
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
        erasure.decided = { entry, decision: fields.decision, ground: fields.ground,
            kept: fields.kept };
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
        plan.policy.set(effective, index, { rhythm: fields.period,
            stale_after: fields.staleAfter, due_soon: fields.dueSoon, reads: fields.reads }),
    periodClosed: (plan, { fields, entry }) => {
        plan.closed_periods.push({ entry, size: fields.size, state: fields.state,
            heads: fields.heads });
    },
};
