import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { equal, to_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { Verifier } from "../../../cli/pages/check/keys.js";
import { check_empty_root, check_note, note_key, parse_checkpoint, parse_note, parse_vkey,
    vkey_of } from "../../../cli/pages/check/note.js";
import { is_reached, parse_policy } from "../../../cli/pages/check/policy.js";
import { Refusal } from "../../../cli/pages/check/refusal.js";
import { entries_of_bundle, hashes_of_tile, tile_name, tiles_of }
    from "../../../cli/pages/check/tiles.js";
import { Tree, empty_root, hash_leaf, hash_node, root_of_inclusion }
    from "../../../cli/pages/check/tree.js";
import { golden } from "./built.mjs";
import { Signer } from "./forge.mjs";

const leaf_of = (index) => hash_leaf(utf8(`event ${index}`));

// RFC 9162, 2.1.1, word for word: slow and plain.
function reference_root(leaves) {
    if (leaves.length === 0) {
        return new Uint8Array(createHash("sha256").digest());
    }
    if (leaves.length === 1) {
        return leaves[0];
    }
    let split = 1;
    while (split * 2 < leaves.length) {
        split *= 2;
    }
    return hash_node(reference_root(leaves.slice(0, split)), reference_root(leaves.slice(split)));
}

test("a tree has the roots of the definition, and every leaf its proof in each of them", () => {
    const tree = new Tree();
    const leaves = [];
    for (let size = 1; size <= 65; ++size) {
        leaves.push(leaf_of(size - 1));
        tree.append(leaves[size - 1]);
    }
    for (let size = 1; size <= 65; ++size) {
        const root = reference_root(leaves.slice(0, size));
        assert.ok(equal(tree.root_at(size), root));
        for (let index = 0; index < size; ++index) {
            const path = tree.inclusion_path(index, size);
            assert.ok(equal(root_of_inclusion(index, size, leaves[index], path), root));
            assert.throws(() => root_of_inclusion(index, size, leaves[index],
                [...path, root]), Refusal);
            if (path.length > 0) {
                assert.throws(() => root_of_inclusion(index, size, leaves[index],
                    path.slice(1)), Refusal);
            }
        }
        assert.throws(() => root_of_inclusion(size, size, leaves[0], []), Refusal);
    }
    assert.ok(equal(tree.root_at(0), empty_root()));
    assert.throws(() => tree.root_at(66), Refusal);
});

test("tiles are named as the program names them", () => {
    const names = tiles_of(256_000 + 512 + 188).map(({ name }) => name);
    for (const name of golden("tree/tile_paths.txt").toString().trim().split("\n")) {
        assert.ok(names.includes(name), name);
    }
    assert.deepEqual(tiles_of(256).map(({ name }) => name),
        ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert.equal(tile_name(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert.deepEqual(tiles_of(0), []);
});

test("a bundle that is cut, or longer than it says, is refused", () => {
    const bundle = Uint8Array.of(0, 1, 65, 0, 0, 0, 2, 66, 67);
    assert.deepEqual(entries_of_bundle(bundle, 3).map((entry) => entry.length), [1, 0, 2]);
    for (const [bytes, width] of [[bundle, 2], [bundle, 4], [bundle.subarray(0, 8), 3],
        [bundle.subarray(0, 6), 3]]) {
        assert.throws(() => entries_of_bundle(bytes, width), Refusal);
    }
    assert.throws(() => hashes_of_tile(new Uint8Array(31), 1), Refusal);
});

test("our own checkpoint opens under our own key", async () => {
    const key = parse_vkey(golden("tree/wsoa.vkey").toString().trim());
    const note = parse_note(Uint8Array.from(golden("tree/checkpoint")));
    assert.equal((await check_note(note, [key], new Verifier())).length, 1);
    assert.equal(parse_checkpoint(note.text).size, 13);
    assert.equal(vkey_of(note_key(key.name, key.type, key.key)), vkey_of(key));
    const other = note_key("example.org/wsob", key.type, key.key);
    assert.equal((await check_note(note, [other], new Verifier())).length, 0);
});

test("a checkpoint has its three lines, spelled in the one right way", () => {
    const root = to_base64(empty_root());
    for (const wrong of ["a\n1\n", `a\n01\n${root}\n`, `a\n1\n${root}`, `\n1\n${root}\n`,
        `a\n1\n${root}\n\n`, `a\n1\nAAAA\n`, `a\n18446744073709551616\n${root}\n`]) {
        assert.throws(() => parse_checkpoint(wrong), Refusal, wrong);
    }
    const empty = parse_checkpoint(`a\n0\n${to_base64(leaf_of(0))}\n`);
    assert.throws(() => check_empty_root(empty), Refusal);
    check_empty_root(parse_checkpoint(`a\n0\n${root}\n`));
    assert.equal(parse_checkpoint(`a\n7\n${root}\nmore\n`).size, 7);
});

test("a policy says whose cosignatures are asked for", () => {
    const vkey = (name, number, type) =>
        vkey_of(note_key(name, type, new Signer(`${number}`).key));
    const lines = [`log ${vkey("log", 1, 1)} https://log.example`, "# the partners",
        `witness w1 ${vkey("one", 2, 4)}`, `witness w2 ${vkey("two", 3, 4)} https://w.example`,
        `witness w3 ${vkey("three", 4, 4)}`, "group pair 2 w1 w2", "group either any pair w3",
        "quorum either"];
    const small = vkey_of(note_key("small", 4, Uint8Array.of(1, ...new Uint8Array(31))));
    const policy = parse_policy(utf8(`${lines.join("\n")}\n`));
    assert.ok(is_reached(policy, new Set(["w3"])));
    assert.ok(is_reached(policy, new Set(["w1", "w2"])));
    assert.ok(!is_reached(policy, new Set(["w1"])));
    const without = (i, ...more) => [...lines.filter((_, at) => at !== i), ...more, ""].join("\n");
    for (const wrong of [without(7), without(7, "quorum nobody"), without(9, "quorum either"),
        without(9, `witness w4 ${vkey("other", 2, 4)}`), without(9, "group again any w1"),
        without(9, "oracle x"), without(9, `witness w1 ${vkey("five", 5, 4)}`),
        without(9, `log ${vkey("log2", 6, 4)}`), without(5), lines.join("\n"),
        without(9, "# \r"), without(9, `witness s ${small}`)]) {
        assert.throws(() => parse_policy(utf8(wrong)), Refusal, wrong);
    }
});
