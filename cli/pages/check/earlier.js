// Checkpoints over fewer events than the pack's own, to which events of the pack commit.
import { fault_of, read_checkpoint } from "./checkpoint_check.js";
import { check_note, type_cosignature_mldsa } from "./note.js";
import { earlier_member } from "./pack.js";
import { parse_policy } from "./policy.js";
import { attempt, tried } from "./refusal.js";

// The checkpoints that the pack bears of before its own, each with its member's name; refused where
// it is none. `size` is as the name says.
function earlier_notes({ members }, about) {
    return [...members].map(([name, bytes]) => ({ name, bytes, earlier: earlier_member(name) }))
        .filter(({ earlier }) => earlier !== null && earlier.timestamp === null &&
            earlier.size < BigInt(about.size))
        .map(({ name, bytes, earlier: { size } }) =>
            ({ name, size: Number(size), ...attempt(() => read_checkpoint(bytes)) }));
}

async function fault_in({ name, size, value: checkpoint, refusal }, { tree, keyring, verifier }) {
    if (refusal !== null) {
        return `${name}: ${refusal.message}`;
    }
    const fault = checkpoint.size === size ? await fault_of(checkpoint, tree, keyring, verifier)
        : `is over ${checkpoint.exact_size} events`;
    return fault === null ? null : `${name}: the checkpoint ${fault}`;
}

// A line of a witness of the reader's policy that the witness did not sign.
async function condemned_by(policy, { note }, verifier) {
    for (const [name, key] of policy.witnesses) {
        if (key.type === type_cosignature_mldsa) {
            continue;
        }
        const { refusal } = await tried(check_note(note, [key], verifier));
        if (refusal !== null) {
            return name;
        }
    }
    return null;
}

// Each must be the ledger's own, and what the reader's witnesses say on it must be theirs. Gives
// those that are.
export async function check_earlier_notes(context) {
    const { verdict, pack, about, keyring, verifier, given: { outside } } = context;
    if (keyring.facts === null) {
        return [];
    }
    const policy = outside.policy === null ? null
        : attempt(() => parse_policy(outside.policy)).value;
    const held = [];
    for (const each of earlier_notes(pack, about)) {
        const fault = await fault_in(each, context);
        if (fault !== null) {
            verdict.find("checkpoint", `member:${each.name}`, { what: fault },
                { sort: "earlier checkpoint" });
            continue;
        }
        const name = policy === null ? null : await condemned_by(policy, each.value, verifier);
        if (name !== null) {
            verdict.find("cosignatures", "brought", { what: `the cosignature of ${name} over ` +
                `${each.size} events does not hold` }, { sort: "earlier cosignature" });
        }
        held.push(each);
    }
    return held;
}
