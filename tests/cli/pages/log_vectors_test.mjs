// The same modules against other projects' vectors.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { equal, from_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { Verifier } from "../../../cli/pages/check/keys.js";
import { check_note, parse_checkpoint, parse_note, parse_vkey }
    from "../../../cli/pages/check/note.js";
import { attempt, Refusal } from "../../../cli/pages/check/refusal.js";
import { entries_of_bundle, hashes_of_tile } from "../../../cli/pages/check/tiles.js";
import { Tree, hash_leaf, is_consistent, root_of_inclusion }
    from "../../../cli/pages/check/tree.js";
import { order_of_point } from "../../../cli/pages/check/group.js";
import { vectors } from "./built.mjs";

function files_under(folder) {
    return readdirSync(join(vectors, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

test("what others proved of consistency is judged as they judge it", () => {
    let [held, refused] = [0, 0];
    for (const file of files_under("merkle/consistency")) {
        const given = JSON.parse(readFileSync(file, "utf8"));
        const hashes = attempt(() => (given.proof ?? []).map(from_base64));
        const [old_root, root] = [from_base64(given.root1), from_base64(given.root2)];
        const holds = hashes.refusal === null && hashes.value.every((hash) => hash.length === 32) &&
            is_consistent(given.size1, old_root, given.size2, root, hashes.value);
        assert.equal(holds, !given.wantErr, file);
        held += holds ? 1 : 0;
        refused += holds ? 0 : 1;
    }
    assert.ok(held > 3 && refused > 30);
});

test("what others proved of inclusion is judged as they judge it", () => {
    let count = 0;
    for (const file of files_under("merkle/inclusion")) {
        const given = JSON.parse(readFileSync(file, "utf8"));
        const path = (given.proof ?? []).map(from_base64);
        const leaf = from_base64(given.leafHash);
        const root = attempt(() => path.every((hash) => hash.length === 32) && leaf.length === 32
            ? root_of_inclusion(given.leafIdx, given.treeSize, leaf, path) : null);
        const holds = root.value !== null && equal(root.value, from_base64(given.root));
        assert.equal(holds, !given.wantErr, file);
        ++count;
    }
    assert.ok(count > 20);
});

test("a log that another program wrote is read, up to its checkpoint", async () => {
    const read = (name) => Uint8Array.from(readFileSync(join(vectors, "tessera-log", name)));
    const key = parse_vkey("example.com/log/testdata+33d7b496+" +
        "AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    const note = parse_note(read("checkpoint"));
    const signers = await check_note(note, [key], new Verifier());
    assert.equal(signers.length, 1);
    const checkpoint = parse_checkpoint(note.text);
    const tree = new Tree();
    const hashes = hashes_of_tile(read(`tile/0/000.p/${checkpoint.size}`), checkpoint.size);
    entries_of_bundle(read(`tile/entries/000.p/${checkpoint.size}`), checkpoint.size)
        .forEach((entry, i) => {
            tree.append(hash_leaf(entry));
            assert.ok(equal(hash_leaf(entry), hashes[i]));
        });
    assert.ok(equal(tree.root_at(checkpoint.size), checkpoint.root));
});

test("notes and cosignatures are judged as others judge them", async () => {
    const cases = JSON.parse(readFileSync(join(vectors, "notes/notes.json"), "utf8"));
    for (const each of cases) {
        const holds = await opens(each);
        assert.equal(holds, each.verifies, each.name);
    }
    assert.ok(cases.length >= 16);
});

async function opens({ note, vkeys }) {
    try {
        const signers = await check_note(parse_note(utf8(note)), vkeys.map(parse_vkey),
            new Verifier());
        return signers.length > 0;
    } catch (error) {
        if (error instanceof Refusal) {
            return false;
        }
        throw error;
    }
}

test("Wycheproof's signatures are judged as it judges them", async () => {
    const { testGroups: groups } = JSON.parse(
        readFileSync(join(vectors, "wycheproof/ed25519_test.json"), "utf8"));
    const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
    let count = 0;
    for (const { publicKey, tests } of groups) {
        for (const { msg, sig, result } of tests) {
            const holds = await new Verifier().holds(bytes(publicKey.pk), bytes(msg), bytes(sig));
            assert.equal(holds, result === "valid");
            ++count;
        }
    }
    assert.ok(count > 50);
});

test("keys of small or mixed order, and other spellings, are told from honest ones", () => {
    const file = join(vectors, "cctv-ed25519/ed25519vectors.json");
    const cases = JSON.parse(readFileSync(file, "utf8"));
    const orders = new Map();
    for (const { key, flags } of cases) {
        const order = order_of_point(Uint8Array.from(Buffer.from(key, "hex")));
        orders.set(order, (orders.get(order) ?? 0) + 1);
        const has = (flag) => flags?.includes(flag) ?? false;
        assert.equal(order === "not_canonical", has("non_canonical_A"), key);
        assert.ok(has("low_order_A") || has("low_order_component_A") === (order === "mixed"), key);
        assert.ok(!has("low_order_A") || ["small", "not_canonical"].includes(order), key);
    }
    assert.ok(orders.get("small") > 0 && orders.get("prime") > 0);
});
