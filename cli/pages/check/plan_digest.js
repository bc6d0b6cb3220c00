// The digest of a plan's state: over the label, a line feed, and the plan's canonical bytes. Those
// are the plan itself, the references of each of its maps, then every part in the order of those.
import { utf8 } from "./bytes.js";
import { of_maps, of_plan, references } from "./plan_members.js";
import { Writer, member_in_pieces } from "./record_bytes.js";
import { sha256_of_large } from "./sha256.js";

// Names fold and format: what has another label is of another program's making.
export const state_label = "wsoa-ledger/plan-state/v4";
const label_bytes = utf8(`${state_label}\n`);

// Writes piece by piece, so that whoever asks can pause between two.
export function* write_plan(to, plan) {
    yield* member_in_pieces(to, "plan", of_plan, plan);
    const maps = Object.entries(of_maps).map(([name, shape]) =>
        ({ name, shape, refs: [...plan[name].keys()].sort() }));
    for (const { name, refs } of maps) {
        yield* member_in_pieces(to, name, references, refs);
    }
    for (const { name, shape, refs } of maps) {
        for (const ref of refs) {
            yield* member_in_pieces(to, `${name} ${ref}`, shape, plan[name].get(ref));
            yield;
        }
    }
}

// `plan` must stay as it is until the digest is there.
export async function digest_of(plan, schema, pauses) {
    const writer = new Writer(schema.choices);
    writer.raw(label_bytes);
    await pauses.through(write_plan(writer, plan));
    return sha256_of_large(writer.bytes);
}
