// What events add up to. It takes every event that was ever accepted and refuses none: what cannot
// apply joins the anomalies and changes nothing. Nobody's words are in it: it keeps the indexes of
// the events whose words say the rest.
import { Keyring, is_about_keys } from "./keyring.js";
import { action_folds } from "./fold_action.js";
import { change_folds } from "./fold_change.js";
import { evidence_folds } from "./fold_evidence.js";
import { governance_folds } from "./fold_governance.js";
import { measure_folds } from "./fold_measure.js";
import { plan_folds, new_plan } from "./fold_plan.js";
import { publication_folds } from "./fold_publication.js";
import { record_folds } from "./fold_records.js";
import { review_folds } from "./fold_review.js";

// About the ledger itself: no plan holds anything of them.
const without_fold = ["holidaysSet", "verificationRun", "checkpointAnchored"];

const folds = { ...plan_folds, ...action_folds, ...change_folds, ...measure_folds,
    ...evidence_folds, ...governance_folds, ...review_folds, ...publication_folds,
    ...record_folds };

export function new_state() {
    return { keyring: new Keyring(), plans: new Map(), anomalies: [] };
}

// An event as a fold meets it. `entry` is what is remembered of who did it, and when.
function happened(event, by) {
    const { change, index } = event;
    return { event, change, index, fields: change.fields, subject: change.subject,
        effective: change.effective,
        entry: { index, effective: change.effective, by, on_behalf_of: change.onBehalfOf } };
}

function fold_one(state, event) {
    const folded = state.keyring.fold(event);
    if (folded !== undefined) {
        return folded;
    }
    const by = state.keyring.author_of(event.change);
    if (by === null) {
        return "nobody holds the key that signed it";
    }
    if (without_fold.includes(event.change.kind)) {
        return null;
    }
    const at = happened(event, by);
    if (event.change.kind === "planDrafted") {
        return new_plan(state, at);
    }
    const plan = state.plans.get(event.change.plan);
    if (plan === undefined) {
        return "its plan is not there";
    }
    return folds[event.change.kind](plan, at) ?? null;
}

export function fold(state, event) {
    const why = fold_one(state, event);
    if (why !== null) {
        state.anomalies.push({ index: event.index, what: why });
    }
}

// Whether the kind has a fold here; a test holds that every kind of the schema has one.
export function folds_kind(kind) {
    return kind in folds || kind === "planDrafted" || without_fold.includes(kind) ||
        is_about_keys(kind);
}
