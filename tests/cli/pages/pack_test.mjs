// The pack that scripts/demo writes: its page opened from file:// in headless Chromium, and one
// byte of every member changed, for the page and for the program.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { read_zip } from "../../../cli/pages/check/zip.js";
import { built, source } from "./built.mjs";
import { Browser } from "./browser.mjs";
import { verify } from "./checked.mjs";
import { Program } from "./from_program.mjs";
import { OpensslAuthority } from "./openssl_authority.mjs";
import { with_page, zip } from "./pack_maker.mjs";

const program_file = process.env.WSOA_PROGRAM ?? join(source, "build/wsoa");
const folder = mkdtempSync(join(tmpdir(), "wsoa-pack-"));
const url_of = (path) => pathToFileURL(path).href;
const is_in_page = (name) => !name.startsWith("documents/") && name !== "index.html";
let [browser, members, bytes, authority] = [null, null, null, null];

// As `unzip` does.
function unpack(into) {
    for (const [name, content] of members) {
        mkdirSync(join(into, dirname(name)), { recursive: true });
        writeFileSync(join(into, name), content);
    }
}

before(async () => {
    execFileSync(join(source, "scripts/example/record"),
        [program_file, join(source, "scripts/example"), join(folder, "demo")],
        { stdio: "ignore" });
    const program = new Program(program_file, join(folder, "demo"));
    authority = new OpensslAuthority(join(folder, "authority"));
    program.run("timestamp", "request", "--out", authority.path("query.tsq"));
    authority.answer();
    program.run("timestamp", "add", authority.path("reply.tsr"), "--authority",
        authority.path("ca.pem"));
    bytes = program.pack("TH", "2023-12-31", "--area", "TH-2", "--disclose",
        "title,text,reason,claim");
    ({ members } = read_zip(bytes));
    unpack(join(folder, "unpacked"));
    browser = await Browser.open();
});
after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
});

const left_open = ["cosignatures", "earlier", "meaning", "page", "times", "timestamps"];
// The ids of the page's items by how they stand.
async function states() {
    const groups = { checked: [], failed: [], "not-checked": [] };
    (await browser.items()).forEach((state, id) => groups[state].push(id));
    return groups;
}

async function choose(file) {
    await browser.open_page(url_of(join(built, "index.html")));
    await browser.choose("pack-file", file);
    await browser.until('document.getElementById("status").textContent.startsWith("Checked.") ||' +
        ' document.querySelector(".said") !== null');
    return { said: await browser.value('document.querySelector(".said").textContent'),
        all: await browser.value("document.body.textContent") };
}

test("its page, opened where it was unpacked, has checked all that it can alone", async () => {
    await browser.checked(url_of(join(folder, "unpacked/index.html")));
    assert.match(await browser.value('document.querySelector(".said").textContent'),
        /consistent with itself/);
    const { failed, "not-checked": open } = await states();
    assert.deepEqual(failed, []);
    assert.deepEqual(open.sort(), ["documents", ...left_open].sort());
    assert.deepEqual(browser.exceptions, []);
});

test("the file, chosen in a page from elsewhere, is checked with its documents", async () => {
    writeFileSync(join(folder, "th.zip"), bytes);
    const { said, all } = await choose(join(folder, "th.zip"));
    assert.match(said, /consistent with itself/);
    assert.match(all, /The digest of the state of TH as known on 2023-12-31/);
    const { failed, "not-checked": open } = await states();
    assert.deepEqual([failed, open.sort()], [[], left_open]);
});

test("the roots that the reader brings say by when it was recorded, in the page too", async () => {
    await choose(join(folder, "th.zip"));
    await browser.choose("authority-file", authority.path("ca.pem"));
    await browser.value('document.querySelector("#outside button").click()');
    await browser.until('document.querySelector("[data-item=times][data-state=checked]") !== null');
    assert.equal((await browser.items()).get("timestamps"), "checked");
    const told = /recorded_at of events 0 to \d+: no later than 20.*Z, by CN=Timestamps,O=A coun/;
    assert.match(await browser.value('document.querySelector("[data-item=times]").textContent'),
        told);
    assert.match(await browser.value('document.getElementById("trail").textContent'), told);
    const ran = spawnSync(program_file, ["verify", join(folder, "th.zip"), "--authority",
        authority.path("ca.pem")], { encoding: "utf8" });
    assert.match(ran.stdout, told);
});

// The content of a member with one bit of its middle byte changed.
function changed(name) {
    const content = Uint8Array.from(members.get(name));
    content[content.length >> 1] ^= 1;
    return content;
}

test("one byte of any member turns the verdict of both, which name it", async () => {
    const file = join(folder, "changed.zip");
    assert.ok(members.size > 20 && members.has("timestamps/0.tsr"));
    for (const name of members.keys()) {
        writeFileSync(file, zip(new Map([...members, [name, changed(name)]])));
        const { said, all } = await choose(file);
        assert.match(said, /does not hold|not checked/, name);
        assert.ok(all.includes(name) || all.includes(name.replace("documents/", "event ")), name);
        const ran = spawnSync(program_file, ["verify", file], { encoding: "utf8" });
        assert.notEqual(ran.status, 0, name);
        assert.ok(`${ran.stdout}${ran.stderr}`.includes(name), `${name}: ${ran.stdout}`);
    }
});

// Whoever changes a member can put the change into the page of the pack as well.
test("one byte of any member that the page shows too turns the verdict of both", async () => {
    const text = Buffer.from(members.get("index.html")).toString();
    const page = text.slice(0, text.indexOf("<script type=\"application/octet-stream\""));
    const file = join(folder, "changed.zip");
    for (const name of [...members.keys()].filter(is_in_page)) {
        const with_change = with_page(new Map([...members, [name, changed(name)]]), page);
        const inner = new Map([...with_change].filter(([each]) => is_in_page(each)));
        for (const checked of [await verify(zip(with_change)),
            await verify(zip(inner), { is_embedded: true })]) {
            assert.ok(checked.verdict.failed, name);
        }
        writeFileSync(file, zip(with_change));
        const ran = spawnSync(program_file, ["verify", file], { encoding: "utf8" });
        assert.notEqual(ran.status, 0, name);
    }
});
