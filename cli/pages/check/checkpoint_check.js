// The checkpoint that the pack rests on: by the ledger's key, by its witnesses, and against what
// the reader holds from elsewhere.
import { equal } from "./bytes.js";
import { check_note, note_key, parse_checkpoint, parse_note, type_ed25519 } from "./note.js";
import { is_reached, parse_policy } from "./policy.js";
import { attempt, Refusal } from "./refusal.js";

const checkpoint_bytes_max = 1_048_576;

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
    const key = note_key(origin, type_ed25519, keyring.signing_key_at(checkpoint.size));
    try {
        const signers = await check_note(checkpoint.note, [key], verifier);
        if (signers.length === 0) {
            return "does not hold: no known key has signed the note";
        }
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


// Who of a policy's witnesses has cosigned, and whether that is what it asks for.
export async function judge_policy(policy, checkpoint, verifier) {
    const keys = [...policy.logs, ...policy.witnesses.values()];
    const signers = await check_note(checkpoint.note, keys, verifier);
    const names = new Set();
    const times = [];
    for (const [name, key] of policy.witnesses) {
        const signer = signers.find((each) => each.key === key);
        if (signer !== undefined) {
            names.add(name);
            times.push(signer.time);
        }
    }
    return { has_log: signers.some(({ key }) => policy.logs.includes(key)), names, times,
        reached: is_reached(policy, names) };
}

// The policy's verdict as a finding, or what it bears.
async function check_policy(bytes, checkpoint, verifier, whose) {
    try {
        const policy = parse_policy(bytes);
        const judged = await judge_policy(policy, checkpoint, verifier);
        if (!judged.has_log) {
            throw new Refusal(`${whose} names another key for the log than signed the checkpoint`);
        }
        if (!judged.reached) {
            throw new Refusal(`the witnesses that ${whose} asks for have not cosigned`);
        }
        return judged;
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

// The pack's own policy, and the reader's where there is one.
export async function check_cosignatures(pack_policy, outside_policy, checkpoint, context) {
    const { verdict, verifier } = context;
    const whose = outside_policy === null ? "the pack's own policy" : "the policy that you gave";
    const judged = await check_policy(outside_policy ?? pack_policy, checkpoint, verifier, whose);
    if (judged.refusal !== undefined) {
        verdict.fail("cosignatures", `cosignatures, by ${whose}`, judged.refusal.message);
        return;
    }
    if (outside_policy !== null) {
        verdict.settle("cosignatures", `cosignatures of ${judged.names.size} witnesses, by the ` +
            "policy that you gave");
        const seen = judged.names.size === 0 ? "its key is the one in the policy that you gave"
            : `${judged.names.size} witnesses of the policy that you gave had seen it, the last ` +
                `at ${new Date(Number(latest_time(judged.times)) * 1000).toISOString()}`;
        verdict.trust.push(seen);
        return;
    }
    const held = `the cosignatures of ${judged.names.size} witnesses hold`;
    verdict.leave("cosignatures", "whether witnesses whom you trust have seen this ledger",
        `${held} by the pack's own policy, for which nobody outside the pack vouches`);
}

// A checkpoint that the reader kept from elsewhere: the pack must continue it.
export async function check_earlier(bytes, context) {
    const { verdict, tree, keyring, verifier } = context;
    if (bytes === null) {
        verdict.leave("earlier", "whether this is the ledger that others saw", "no earlier " +
            "checkpoint, kept outside the operator's reach, is at hand");
        return;
    }
    const what = "that it continues the checkpoint that you gave";
    const { value: kept, refusal } = attempt(() => read_checkpoint(bytes));
    if (refusal !== null) {
        verdict.fail("earlier", what, `what you gave is no checkpoint: ${refusal.message}`);
        return;
    }
    if (kept.size > tree.size) {
        verdict.fail("earlier", what, `the checkpoint that you gave knows ${kept.size} events, ` +
            `but there are ${tree.size}: the ledger was shortened, or the pack is older`);
        return;
    }
    const fault = await fault_of(kept, tree, keyring, verifier);
    if (fault !== null) {
        verdict.fail("earlier", what, `the checkpoint that you gave ${fault}`);
        return;
    }
    verdict.settle("earlier", `${what}, at ${kept.size} events`);
    verdict.trust.push(`it continues the checkpoint that you gave, over ${kept.size} events`);
}
