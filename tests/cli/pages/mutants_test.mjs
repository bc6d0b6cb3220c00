// Every parser meets seeded mutants of what it reads: it refuses them with a sentence, or takes
// what means one thing only. Any other error is a fault of the parser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { equal, from_base64, to_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { document_types, read_lines, word_types } from "../../../cli/pages/check/commitments.js";
import { read_change, read_event } from "../../../cli/pages/check/event.js";
import { parse_checkpoint, parse_note } from "../../../cli/pages/check/note.js";
import { parse_policy } from "../../../cli/pages/check/policy.js";
import { attempt } from "../../../cli/pages/check/refusal.js";
import { entries_of_bundle } from "../../../cli/pages/check/tiles.js";
import { read_zip } from "../../../cli/pages/check/zip.js";
import { golden, golden_hex, golden_names, schema } from "./built.mjs";
import { Dice, mutant } from "./dice.mjs";
import { plan_of_one_action } from "./forge.mjs";
import { zip } from "./pack_maker.mjs";

const mutants = 100_000;

function meets(name, seeds, read, check = () => {}) {
    test(`${name} meets ${mutants} mutants`, () => {
        const dice = new Dice(20221129);
        for (const seed of seeds) {
            assert.equal(attempt(() => read(seed)).refusal, null);
        }
        let taken = 0;
        for (let i = 0; i < mutants; ++i) {
            const bytes = mutant(dice, seeds);
            const { value, refusal } = attempt(() => read(bytes));
            if (refusal === null) {
                ++taken;
                check(value, bytes);
            } else {
                assert.ok(refusal.message.length > 0);
            }
        }
        assert.ok(taken < mutants);
    });
}

const forge = plan_of_one_action();
const changes = golden_names("change").filter((name) => name.endsWith(".hex"))
    .map((name) => golden_hex(`change/${name}`));
meets("the reader of changes", changes, (bytes) => read_change(schema, bytes));
meets("the reader of events", forge.entries, (bytes) => read_event(schema, 1, bytes));
meets("the reader of notes", [Uint8Array.from(golden("tree/checkpoint")), forge.checkpoint(),
    forge.checkpoint({ witnesses: ["w1.example", "w2.example"] })],
(bytes) => ({ note: parse_note(bytes), checkpoint: parse_checkpoint(parse_note(bytes).text) }),
({ note }, bytes) => {
    // Printed anew, it is the very note.
    const lines = note.signatures.map(({ name, id, bytes: signature }) => `\u2014 ${name} ` +
        `${to_base64(Uint8Array.from([...Buffer.from(id, "hex"), ...signature]))}\n`);
    assert.ok(equal(utf8(`${note.text}\n${lines.join("")}`), bytes));
});
meets("the reader of policies", [forge.policy(), forge.policy(["w1.example", "w2.example"])],
    parse_policy);
meets("the reader of zip files", [zip(new Map([["a", utf8("one")], ["b/c", utf8("two")]])),
    zip(new Map([["d", new Uint8Array(40)]]))], read_zip);
meets("the reader of bundles", [Uint8Array.of(0, 1, 65, 0, 0, 0, 2, 66, 67)],
    (bytes) => entries_of_bundle(bytes, 3));
meets("base64", [utf8(to_base64(forge.entries[0])), utf8("AA=="), utf8("AAA=")],
    (bytes) => from_base64(Buffer.from(bytes).toString("latin1")),
    (value, bytes) => assert.ok(equal(utf8(to_base64(value)), bytes)));

const word = '{"event":3,"field":"title","salt":"' + "ab".repeat(32) + '","text":"so\u00e9"}\n';
const document = '{"event":3,"member":"documents/3","number":0,"salt":"' + "01".repeat(32) +
    '","size":7,"media":"text/plain","sha256":"' + "cd".repeat(32) + '"}\n';
for (const [name, text, types] of [["words", word, word_types],
    ["documents", document, document_types]]) {
    meets(`the reader of lines of ${name}`, [utf8(text), utf8(text + text)],
        (bytes) => [...read_lines(bytes, types, schema)].map(({ line, refusal }) => {
            if (refusal !== null) {
                throw refusal;
            }
            return line;
        }),
        (lines) => lines.forEach((line) =>
            assert.deepEqual(Object.keys(line), Object.keys(types))));
}
