// Packs in which the leaves of other plans are left out, as the program's own tests make them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { busy_ledger, BentForge } from "./bent.mjs";
import { golden } from "./built.mjs";
import { pack_of, verify } from "./checked.mjs";
import { zip } from "./pack_maker.mjs";

const vector = (name) => new Uint8Array(golden(`vectors/packs/${name}.zip`));

test("a pack of one plan's leaves holds, and says by whose word none is missing", async () => {
    const { verdict, item, check } = await verify(vector("one-plan"));
    assert.deepEqual(verdict.findings, []);
    assert.equal(check.left_out, 2);
    assert.equal(item("events").what, "9 of 11 events hashed again, and the tree rebuilt from " +
        "them and from the hashes of the others");
    assert.equal(item("signatures").what, "9 signatures of authors");
    const { what, state, why } = item("completeness");
    assert.match(what, /none of the 2 of 11 events .* is of TH or of the ledger itself/);
    assert.equal(state, "not-checked");
    assert.match(why, /rests on the word of whoever made the pack alone/);
});

test("a pack of all leaves asks for nobody's word", async () => {
    const { verdict } = await verify(vector("good"));
    assert.ok(!verdict.items.has("completeness"));
});

test("who closed a period vouches up to its size, as long as its heads are right", async () => {
    const forge = busy_ledger(new BentForge(-1, null));
    const [closing, size] = [54, 53];
    for (const [left_out, expected] of [
        [closing + 6, new RegExp(`follows up to ${size} events from event ${closing}, in ` +
            "which programme-officer closed a period; from there on it rests on")],
        [size - 1, /rests on the word of whoever made the pack alone/]]) {
        const members = await pack_of(forge, { left_out: new Set([left_out]) });
        const { item, verdict } = await verify(zip(members));
        assert.match(item("completeness").why, expected);
        assert.equal(verdict.findings.some(({ item: name }) => name === `heads:${closing}`),
            left_out < size);
    }
});
