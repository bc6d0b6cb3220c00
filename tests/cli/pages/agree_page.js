// Runs in a browser, behind the script of the built page, whose modules it asks: the page's verdict
// on each case, in the words of judge.cpp. This is a classic script, as the page's own is.
/* global modules */
"use strict";

const { from_base64, to_hex } = modules["check/bytes.js"];
const { attempt, Refusal } = modules["check/refusal.js"];
const { schema } = modules["schema.js"];

async function of_pack([bytes]) {
    const { verdict } = await modules["check/verify.js"].verify_pack({ bytes, schema,
        is_embedded: false, outside: { policy: null, checkpoint: null }, workers: [],
        report: () => {}, progress: () => {} });
    return verdict.sorted_findings().map(({ class: outcome, item }) => `${outcome} ${item}`);
}

function read_note(bytes) {
    const { parse_note, parse_checkpoint } = modules["check/note.js"];
    const note = parse_note(bytes);
    return { note, ...parse_checkpoint(note.text) };
}

async function judge(policy, checkpoint) {
    const { judge_policy } = modules["check/checkpoint_check.js"];
    const { Verifier } = modules["check/keys.js"];
    try {
        return await judge_policy(policy, checkpoint, new Verifier());
    } catch (error) {
        if (error instanceof Refusal) {
            return null;
        }
        throw error;
    }
}

const read_policy = (bytes) => attempt(() => modules["check/policy.js"].parse_policy(bytes)).value;

async function of_note([policy_bytes, note_bytes]) {
    const policy = read_policy(policy_bytes);
    if (policy === null) {
        return ["refused policy"];
    }
    const checkpoint = attempt(() => read_note(note_bytes)).value;
    if (checkpoint === null) {
        return ["refused checkpoint"];
    }
    const judged = await judge(policy, checkpoint);
    if (judged === null) {
        return ["breach policy"];
    }
    const hex = (name) => to_hex(Uint8Array.from(name, (each) => each.charCodeAt(0)));
    return [judged.reached ? "quorum met" : "quorum not met",
        ...[...judged.names].map((name, i) => `cosigned ${hex(name)} ${judged.times[i]}`)];
}

async function of_proof([policy_bytes, proof, entry]) {
    const { check_included, parse_receipt } = modules["check/receipt.js"];
    const policy = read_policy(policy_bytes);
    if (policy === null) {
        return ["refused policy"];
    }
    const receipt = attempt(() => parse_receipt(proof)).value;
    if (receipt === null) {
        return ["refused proof"];
    }
    const leaf = modules["check/tree.js"].hash_leaf(entry);
    const judged = await judge(policy, receipt.checkpoint);
    const { refusal } = attempt(() => check_included(receipt, leaf));
    return [...judged === null || !judged.reached ? ["breach policy"] : [],
        ...refusal === null ? [] : [`breach entry:${receipt.index}`]];
}

function read_of(change) {
    const { kind, subject, seen, subjectVersion, effective, asRole, onBehalfOf, answers } = change;
    return `${kind} ${subject} ${seen.size} ${subjectVersion} ${effective} ${asRole} ` +
        `${onBehalfOf ?? "-"} ${answers ?? "-"} ${change.words.length}`;
}

function read_or_not(read, tell) {
    const { value, refusal } = attempt(read);
    return [refusal === null ? tell(value) : refusal.sort === "unknown" ? "unknown" : "refused"];
}

const of_change = ([bytes]) => read_or_not(
    () => modules["check/event.js"].read_change(schema, bytes),
    (change) => `taken ${read_of(change)}`);
const of_event = ([bytes]) => read_or_not(
    () => modules["check/event.js"].read_event(schema, 1, bytes),
    ({ change, recorded_at }) => `taken ${read_of(change)} ${recorded_at}`);

const { Pauses } = modules["check/pause.js"];
const sizes_between = 16;

// A plan, and the entries of a ledger, of which those are passed over that cannot be read: the
// digests of the plan's state at some sizes, and at the last.
async function of_states([plan, ...entries]) {
    const { fold, new_state } = modules["check/fold.js"];
    const ref = new TextDecoder().decode(plan);
    const state = new_state();
    const verdicts = [];
    for (const [i, entry] of entries.entries()) {
        const { value: event } = attempt(() =>
            modules["check/event.js"].read_event(schema, i, entry));
        if (event !== null) {
            event.leaf = modules["check/tree.js"].hash_leaf(entry);
            fold(state, event);
        }
        const size = i + 1;
        if (state.plans.has(ref) && (size % sizes_between === 0 || size === entries.length)) {
            const digest = await modules["check/plan_digest.js"]
                .digest_of(state.plans.get(ref), schema, new Pauses());
            verdicts.push(`${size} ${to_hex(digest)}`);
        }
    }
    return verdicts;
}

const judges = { k: of_pack, n: of_note, p: of_proof, c: of_change, e: of_event, s: of_states };

async function judged({ sort, parts }) {
    try {
        const verdicts = await judges[sort](parts.map(from_base64));
        return [...new Set(verdicts)].sort();
    } catch (error) {
        return [`a fault of the page: ${error.message}`];  // which no verdict of the program is
    }
}

async function judge_all({ parts, cases }) {
    const verdicts = [];
    for (const each of cases) {
        verdicts.push(await judged({ ...each, parts: each.parts.map((place) => parts[place]) }));
    }
    document.getElementById("verdicts").textContent = JSON.stringify(verdicts);
}

judge_all(JSON.parse(document.getElementById("cases").textContent));
