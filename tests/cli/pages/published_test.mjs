// The vectors that we publish, as the page judges them (schemas/README.md, "Test vectors").
import assert from "node:assert/strict";
import { test } from "node:test";
import { equal, from_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { read_checkpoint, judge_policy } from "../../../cli/pages/check/checkpoint_check.js";
import { commit_to_document, commit_to_word } from "../../../cli/pages/check/commitments.js";
import { read_change } from "../../../cli/pages/check/event.js";
import { Verifier, change_message } from "../../../cli/pages/check/keys.js";
import { check_empty_root, check_note, parse_vkey } from "../../../cli/pages/check/note.js";
import { parse_policy } from "../../../cli/pages/check/policy.js";
import { check_included, parse_receipt } from "../../../cli/pages/check/receipt.js";
import { Refusal } from "../../../cli/pages/check/refusal.js";
import { checked_text, word_bytes_max } from "../../../cli/pages/check/text.js";
import { check_vouched_for, read_timestamp } from "../../../cli/pages/check/timestamp.js";
import { hash_leaf, is_consistent, root_of_inclusion } from "../../../cli/pages/check/tree.js";
import { read_roots } from "../../../cli/pages/check/x509.js";
import { golden, schema } from "./built.mjs";
import { verify } from "./checked.mjs";

const cases = (file) => JSON.parse(golden(`vectors/${file}`));
const verifier = new Verifier();

// What `judge` makes of it: "refused" (or how it was refused) where it does not hold.
async function judged(judge, given, refused = () => "refused") {
    try {
        return await judge(given) ? "holds" : "refused";
    } catch (error) {
        if (error instanceof Refusal) {
            return refused(error);
        }
        throw error;
    }
}

function each_case_of(file, judge, refused) {
    test(`every case of ${file} is judged as it says`, async () => {
        const all = cases(file);
        assert.ok(all.length > 4);
        assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
        for (const given of all) {
            assert.equal(await judged(judge, given, refused), given.expect, given.name);
        }
    });
}

each_case_of("checkpoints.json", async ({ vkey, note }) => {
    const key = parse_vkey(vkey);
    const checkpoint = read_checkpoint(utf8(note));
    check_empty_root(checkpoint);
    return (await check_note(checkpoint.note, [key], verifier)).length === 1 &&
        checkpoint.origin === key.name;
});

async function is_vouched_for(policy, checkpoint) {
    return (await judge_policy(policy, checkpoint, verifier)).reached;
}

each_case_of("cosignatures.json", ({ policy, note }) =>
    is_vouched_for(parse_policy(utf8(policy)), read_checkpoint(utf8(note))));

each_case_of("inclusion.json", ({ index, size, leaf, path, root }) =>
    equal(root_of_inclusion(index, size, from_hex(leaf), path.map(from_hex)), from_hex(root)));

each_case_of("consistency.json", ({ old_size, old_root, new_size, new_root, path }) =>
    is_consistent(old_size, from_hex(old_root), new_size, from_hex(new_root),
        path.map(from_hex)));

each_case_of("tlog_proofs.json", ({ policy, entry, proof }) => {
    const receipt = parse_receipt(utf8(proof));
    check_included(receipt, hash_leaf(from_hex(entry)));
    return is_vouched_for(parse_policy(utf8(policy)), receipt.checkpoint);
});

each_case_of("changes.json", ({ change }) => read_change(schema, from_hex(change)) !== null,
    ({ sort }) => sort);

each_case_of("signatures.json", ({ change, key, signature }) =>
    verifier.holds(from_hex(key), change_message(from_hex(change)), from_hex(signature)));

each_case_of("words.json", ({ ledger, field, number, salt, text, commitment }) => {
    checked_text(utf8(text), word_bytes_max);
    assert.equal(schema.words[field].number, number);
    return equal(commit_to_word(from_hex(ledger), number, from_hex(salt), text),
        from_hex(commitment));
});

each_case_of("documents.json", ({ ledger, number, salt, size, sha256, commitment }) =>
    equal(commit_to_document(from_hex(ledger), { number, salt: from_hex(salt), size,
        sha256: from_hex(sha256) }), from_hex(commitment)));

each_case_of("timestamps.json", async ({ reply, stamped, roots, alone }) => {
    const read = () => read_timestamp(from_hex(reply), utf8(stamped));
    assert.equal(await judged(async () => await read() !== null), alone);
    await check_vouched_for(await read(), read_roots(utf8(roots)));
    return true;
});

test("every pack is judged as it says, and what is wrong in it is named", async () => {
    for (const given of cases("packs.json")) {
        const { verdict } = await verify(new Uint8Array(golden(`vectors/${given.file}`)));
        assert.equal(verdict.failed ? "refused" : "holds", given.expect, given.name);
        const is_named = verdict.findings.some(({ event, what }) =>
            event === given.in || (typeof given.in === "string" && what.includes(given.in)));
        assert.ok(given.in === undefined || is_named,
            `${given.name}: ${JSON.stringify(verdict.findings)}`);
    }
});
