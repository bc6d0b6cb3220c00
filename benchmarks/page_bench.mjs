// How long the page takes over a pack of 10,000 events in headless Chromium, against the bare
// signature checks of the same events. Target: 0.8 of the bare checks, and no pause of the page
// that a reader who scrolls would notice.
//
//   scripts/bench page
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser } from "../tests/cli/pages/browser.mjs";
import { built } from "../tests/cli/pages/built.mjs";
import { day, pack_of } from "../tests/cli/pages/checked.mjs";
import { plan_of_one_action } from "../tests/cli/pages/forge.mjs";
import { zip } from "../tests/cli/pages/pack_maker.mjs";

const events = 10_000;
const runs = 5;

async function write_pack(folder) {
    const forge = plan_of_one_action();
    while (forge.entries.length < events) {
        const number = forge.entries.length;
        forge.record("progressRecorded", "TH-1.1", { by: "head-of-send", as: "actionOwner",
            fields: { percent: number % 100 }, words: { text: `Progress, report ${number}` } });
    }
    const page = readFileSync(join(built, "index.html"), "utf8");
    writeFileSync(join(folder, "pack.zip"),
        zip(await pack_of(forge, { page, day: day + Math.ceil(events / 24) })));
    writeFileSync(join(folder, "page.html"), page);
}

// In the page: a whole check, and the longest time in which nothing else got its turn; then the
// signatures alone, as many at a time as the check has.
const measure = `(async () => {
    const file = document.getElementById("pack-file").files[0];
    const bytes = new Uint8Array(await file.arrayBuffer());
    let [longest, last, is_on] = [0, performance.now(), true];
    (function tick() {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        if (is_on) {
            setTimeout(tick, 0);
        }
    })();
    const began = performance.now();
    const { check, verdict } = await modules["check/verify.js"].verify_pack({ bytes,
        schema: modules["schema.js"].schema, is_embedded: false, workers: the_workers,
        outside: { policy: null, checkpoint: null, authority: null }, report() {}, progress() {} });
    const whole = performance.now() - began;
    is_on = false;
    if (verdict.failed) {
        throw new Error(verdict.sentence());
    }
    const { change_message, Verifier } = modules["check/keys.js"];
    const signed = check.events.map(({ change, change_bytes, signature }) =>
        [change.authorKey, change_message(change_bytes), signature, change.author]);
    const verifier = new Verifier();
    const bare_began = performance.now();
    for (let i = 0; i < signed.length; i += 512) {
        await Promise.all(signed.slice(i, i + 512).map((each) => verifier.holds(...each)));
    }
    return { whole, bare: performance.now() - bare_began, longest };
})()`;

const median = (values) => values.sort((one, other) => one - other)[values.length >> 1];

const folder = mkdtempSync(join(tmpdir(), "wsoa-bench-"));
await write_pack(folder);
const browser = await Browser.open();
await browser.open_page(pathToFileURL(join(folder, "page.html")).href);
await browser.choose("pack-file", join(folder, "pack.zip"));
await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
await browser.value(`globalThis.the_workers = [new Worker(URL.createObjectURL(new Blob(
    [document.scripts[0].textContent], { type: "text/javascript" })))]; 0`);
const results = [];
for (let run = 0; run < runs; ++run) {
    results.push(await browser.value(measure));
}
await browser.close();
rmSync(folder, { recursive: true });
const of = (name) => median(results.map((result) => result[name]));
console.log(`${events} events, medians of ${runs} runs`);
console.log(`whole check          ${of("whole").toFixed(0)} ms`);
console.log(`bare signatures      ${of("bare").toFixed(0)} ms`);
const share = median(results.map(({ whole, bare }) => bare / whole));
console.log(`bare / whole         ${share.toFixed(2)}`);
console.log(`longest pause        ${of("longest").toFixed(0)} ms`);
