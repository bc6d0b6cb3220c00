// The page's reading of a ledger against the program's: a whole worked plan, signed and recorded by
// `wsoa`, and what `wsoa show` says of it on different days.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { utf8 } from "../../../cli/pages/check/bytes.js";
import { source } from "./built.mjs";
import { failed, verify } from "./checked.mjs";
import { Program, members_from } from "./from_program.mjs";
import { zip } from "./pack_maker.mjs";

const program_file = process.env.WSOA_PROGRAM ?? join(source, "build/wsoa");
const folder = mkdtempSync(join(tmpdir(), "wsoa-page-"));
let program = null;

before(() => {
    execFileSync(join(source, "scripts/example/record"),
        [program_file, join(source, "scripts/example"), join(folder, "demo")],
        { stdio: "ignore" });
    program = new Program(program_file, join(folder, "demo"));
});
after(() => rmSync(folder, { recursive: true }));

test("the page finds nothing wrong in what the program recorded, on any day of it", async () => {
    for (const day of ["2022-03-31", "2022-12-31", "2023-03-09", "2023-07-31", "2023-12-31"]) {
        const { verdict, item } = await verify(zip(members_from(program, "TH", day)));
        assert.deepEqual(verdict.findings.filter((found) => found.class === "breach"), [], day);
        assert.equal(item("state").state, "checked");
        assert.equal(item("digest").state, "checked");
        assert.equal(item("digest").what, `the digest of the state of TH as known on ${day}`);
        assert.equal(item("signatures").what, `${verdict.size} signatures of authors`);
    }
});

test("what the program closed a period with is what the page makes of its events", async () => {
    program.run("--key", join(folder, "demo/keys/programme-manager.pem"), "period", "close", "TH");
    const { verdict, item } = await verify(zip(members_from(program, "TH", "2023-12-31")));
    assert.deepEqual(verdict.findings.filter((found) => found.class === "breach"), []);
    assert.equal(item("periods").state, "checked");
    assert.match(item("periods").what, /^what [1-9][0-9]* closed periods? said of a plan/);
});

test("an earlier checkpoint of the program is continued, and another one is not", async () => {
    const bytes = zip(members_from(program, "TH", "2023-12-31"));
    const checkpoint = utf8(program.checkpoint());
    const checked = await verify(bytes, { outside: { checkpoint } });
    assert.equal(checked.item("earlier").state, "checked");
    const other = utf8(program.checkpoint().replace(/\n(\d+)\n/, "\n7\n"));
    assert.deepEqual(failed(await verify(bytes, { outside: { checkpoint: other } })), ["earlier"]);
});

test("what the program says of one day is not taken for another", async () => {
    const members = members_from(program, "TH", "2022-12-31");
    const shown = program.shown("TH", "2023-12-31", "2023-12-31");
    members.set("shown.jsonl", utf8(shown.map((part) => `${JSON.stringify(part)}\n`).join("")));
    members.delete("index.html");
    assert.ok(failed(await verify(zip(members), { is_embedded: true })).includes("state"));
});
