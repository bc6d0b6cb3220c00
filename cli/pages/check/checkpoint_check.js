// The checkpoint that the pack rests on: by the ledger's key, by its witnesses, and against what
// the reader holds from elsewhere.
import { equal } from "./bytes.js";
import { counted } from "./counted.js";
import { check_empty_root, check_note, note_key, parse_checkpoint, parse_note,
    type_cosignature_mldsa, type_ed25519 } from "./note.js";
import { checkpoint_bytes_max } from "./pack.js";
import { is_reached, parse_policy } from "./policy.js";
import { check_included, is_receipt, parse_receipt } from "./receipt.js";
import { attempt, refuse, Refusal } from "./refusal.js";

export function read_checkpoint(bytes) {
    if (bytes.length > checkpoint_bytes_max) {
        throw new Refusal("the checkpoint is too long");
    }
    const note = parse_note(bytes);
    return { note, ...parse_checkpoint(note.text) };
}

// What is wrong with a checkpoint of this ledger, by the key that signed for it at that size; null
// where nothing is.
export async function fault_of(checkpoint, tree, keyring, verifier) {
    const { origin } = keyring.facts;
    try {
        const key = note_key(origin, type_ed25519, keyring.signing_key_at(checkpoint.size));
        const signers = await check_note(checkpoint.note, [key], verifier);
        if (signers.length === 0) {
            return "does not hold: no known key has signed the note";
        }
        check_empty_root(checkpoint);
    } catch (error) {
        if (error instanceof Refusal) {
            return `does not hold: ${error.message}`;
        }
        throw error;
    }
    if (checkpoint.origin !== origin) {
        return `does not hold: the checkpoint is of another log than ${origin}`;
    }
    return checkpoint.size <= tree.size && equal(tree.root_at(checkpoint.size), checkpoint.root)
        ? null : "has another root than the events give";
}

// Who of a policy's witnesses has cosigned, and whether that is what it asks for. Refused is a note
// that a known key's line condemns, or that no log of the policy has signed under its own name.
export async function judge_policy(policy, checkpoint, verifier) {
    const can_check = ({ type }) => type !== type_cosignature_mldsa;
    const logs = await check_note(checkpoint.note, policy.logs.filter(can_check), verifier);
    if (!logs.some(({ key }) => key.name === checkpoint.origin)) {
        refuse(`no log of the policy has signed the checkpoint of ${checkpoint.origin}`);
    }
    check_empty_root(checkpoint);
    const witnesses = [...policy.witnesses].filter(([, key]) => can_check(key));
    const names = new Set();
    const times = [];
    for (const [name, key] of witnesses) {
        const [signer] = await check_note(checkpoint.note, [key], verifier);
        if (signer !== undefined) {
            names.add(name);
            times.push(signer.time);
        }
    }
    return { names, times, reached: is_reached(policy, names) };
}

// The policy's verdict as a finding, or what it bears.
async function check_policy(bytes, checkpoint, verifier, whose) {
    try {
        const policy = parse_policy(bytes);
        if (checkpoint === null) {
            refuse("there is no checkpoint that it could be held against");
        }
        const judged = await judge_policy(policy, checkpoint, verifier);
        return judged.reached ? judged
            : refuse(`the witnesses that ${whose} asks for have not cosigned`);
    } catch (error) {
        if (error instanceof Refusal) {
            return { refusal: error };
        }
        throw error;
    }
}

function latest_time(times) {
    return times.reduce((latest, time) => time > latest ? time : latest, 0n);
}

// The pack's own policy vouches for nothing, but what does not meet it is not as it was made.
async function check_own_policy(checkpoint, context) {
    const { verdict, verifier, pack } = context;
    const bytes = pack.members.get("policy");
    if (bytes === undefined) {
        return null;  // it is among the members that lack
    }
    const judged = await check_policy(bytes, checkpoint, verifier, "the pack's own policy");
    if (judged.refusal !== undefined) {
        verdict.find("cosignatures", "policy",
            { what: `by the pack's own policy: ${judged.refusal.message}` });
    }
    return judged;
}

const by_witnesses = ({ names }) => counted(names.size, "witness", "witnesses");

// By the pack's own policy, and by the reader's where there is one.
export async function check_cosignatures(checkpoint, context) {
    const { verdict, verifier, given: { outside } } = context;
    const own = await check_own_policy(checkpoint, context);
    if (outside.policy === null) {
        if (own === null || own.refusal !== undefined) {
            verdict.settle("cosignatures", "cosignatures, by the pack's own policy");
            return;
        }
        verdict.leave("cosignatures", "whether witnesses whom you trust have seen this ledger",
            `the cosignatures of ${by_witnesses(own)} hold by the pack's own policy, for ` +
                "which nobody outside the pack vouches");
        return;
    }
    const judged = await check_policy(outside.policy, checkpoint, verifier,
        "the policy that you gave");
    if (judged.refusal !== undefined) {
        verdict.fail("cosignatures", "brought", "cosignatures, by the policy that you gave",
            judged.refusal.message);
        return;
    }
    verdict.settle("cosignatures", `cosignatures of ${by_witnesses(judged)}, by the ` +
        "policy that you gave");
    verdict.trust.push(judged.names.size === 0 ? "its key is the one in the policy that you gave"
        : `${by_witnesses(judged)} of the policy that you gave had seen it, the last ` +
            `at ${time_in_words(latest_time(judged.times))}`);
}

// What no calendar holds is told as a number.
function time_in_words(seconds) {
    const instant = new Date(Number(seconds) * 1000);
    return Number.isNaN(instant.getTime()) ? `second ${seconds}` : instant.toISOString();
}

// What the reader kept from elsewhere: a checkpoint, or a proof that somebody was handed.
function read_kept(bytes) {
    return is_receipt(bytes) ? parse_receipt(bytes)
        : { checkpoint: read_checkpoint(bytes), path: null };
}

function fault_of_receipt(receipt, tree) {
    if (receipt.path === null) {
        return null;
    }
    const leaf = tree.leaf(Number(receipt.index));
    const { refusal } = leaf === undefined ? { refusal: new Refusal("there is no such event") }
        : attempt(() => check_included(receipt, leaf));
    return refusal === null ? null : `is not of event ${receipt.index}: ${refusal.message}`;
}

// The pack must continue it.
export async function check_earlier(context) {
    const { verdict, tree, keyring, verifier, given: { outside } } = context;
    if (outside.checkpoint === null) {
        verdict.leave("earlier", "whether this is the ledger that others saw", "no earlier " +
            "checkpoint, kept outside the operator's reach, is at hand");
        return;
    }
    const what = "that it continues the checkpoint that you gave";
    const fail = (why) => verdict.fail("earlier", "brought", what, why);
    const { value: kept, refusal } = attempt(() => read_kept(outside.checkpoint));
    if (refusal !== null) {
        fail(`what you gave is no checkpoint: ${refusal.message}`);
        return;
    }
    const { checkpoint } = kept;
    if (checkpoint.size > tree.size) {
        fail(`the checkpoint that you gave knows ${checkpoint.exact_size} events, but there are ` +
            `${tree.size}: the ledger was shortened, or the pack is older`);
        return;
    }
    const fault = keyring.facts === null ? "cannot be checked: no key of the ledger is known"
        : await fault_of(checkpoint, tree, keyring, verifier) ?? fault_of_receipt(kept, tree);
    if (fault !== null) {
        fail(`the checkpoint that you gave ${fault}`);
        return;
    }
    verdict.settle("earlier", kept.path === null ? `${what}, at ${checkpoint.size} events`
        : `${what}, at ${checkpoint.size} events, and that event ${kept.index} is the one of ` +
            "the proof");
    verdict.trust.push(`it continues the checkpoint that you gave, over ${checkpoint.size} events`);
}
