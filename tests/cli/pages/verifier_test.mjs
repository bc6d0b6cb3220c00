// What `wsoa-verify --json` prints for programs: an object a line, each finding with its item.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { utf8 } from "../../../cli/pages/check/bytes.js";
import { pack_that_holds } from "./agree_packs.mjs";
import { source } from "./built.mjs";

const verifier = process.env.WSOA_VERIFIER ?? join(source, "build/wsoa-verify");
const folder = mkdtempSync(join(tmpdir(), "wsoa-verifier-"));
after(() => rmSync(folder, { recursive: true }));

function answer(bytes) {
    const file = join(folder, "pack.zip");
    writeFileSync(file, bytes);
    const { status, stdout } = spawnSync(verifier, [file, "--depth", "authors", "--json"],
        { encoding: "utf8" });
    return { status, lines: stdout.trim().split("\n").map((line) => JSON.parse(line)) };
}

test("a pack that holds gives a line for each finding, and the verdict last", () => {
    const { status, lines } = answer(pack_that_holds);
    assert.equal(status, 0);
    assert.deepEqual(lines.slice(0, -1).map(({ type, item, class: outcome }) =>
        [type, item, outcome]),
    [16, 17, 18, 41].map((event) => ["finding", `key:${event}`, "doubt"]));
    const { type, ok, findings, size, checked, notChecked } = lines.at(-1);
    assert.deepEqual([type, ok, findings, size], ["packVerdict", true, 4, 61]);
    assert.ok(checked.length > 5 && notChecked.length > 2);
});

test("one that does not hold ends with 3, and one that cannot be read names an item", () => {
    const spoiled = Uint8Array.from(pack_that_holds);
    const at = Buffer.from(spoiled).lastIndexOf("Audit every");
    spoiled[at] ^= 1;
    const { status, lines } = answer(spoiled);
    assert.equal(status, 3);
    assert.ok(lines.some(({ item }) => item === "member:words.jsonl"));
    assert.ok(lines.some(({ item, rule }) => item === "word:15/title" && rule === undefined));
    assert.equal(lines.at(-1).ok, false);
    const refused = answer(utf8("PK and no more"));
    assert.equal(refused.status, 1);
    assert.deepEqual(refused.lines.map(({ type, item }) => [type, item]), [["refused", "archive"]]);
});
