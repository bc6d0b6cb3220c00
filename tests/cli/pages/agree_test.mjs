// Two implementations must agree: the same mutants of packs, notes, proofs, changes and events go
// to the program (judge.cpp) and to the built page in a browser, and the two verdicts are compared
// item by item. schemas/README.md, "Verdicts", says what they must be about.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { concat, to_base64 } from "../../../cli/pages/check/bytes.js";
import { known as known_packs } from "./agree_known.mjs";
import { packs } from "./agree_packs.mjs";
import { changes, events, notes, proofs } from "./agree_small.mjs";
import { states } from "./agree_states.mjs";
import { known_tokens, tokens } from "./agree_tokens.mjs";
import { Browser } from "./browser.mjs";
import { built, source } from "./built.mjs";
import { Dice } from "./dice.mjs";
import { Firefox } from "./firefox.mjs";
import { program_verdicts } from "./judged.mjs";

const folder = mkdtempSync(join(tmpdir(), "wsoa-agree-"));
after(() => rmSync(folder, { recursive: true }));

const known = [...known_packs, ...known_tokens];
const sorts = { k: packs, t: tokens, n: notes, p: proofs, c: changes, e: events, s: states };

// The known cases, and so many mutants of each sort.
function* cases_of(seed, counts) {
    yield* known;
    for (const [sort, count] of Object.entries(counts)) {
        const dice = new Dice(seed);
        for (const each of sorts[sort](dice, count)) {
            yield { sort, ...each };
        }
    }
}

// The built page, with cases and a script of ours behind it, which its policy would keep out.
const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
const built_page = readFileSync(join(built, "index.html"), "utf8");
const asking = readFileSync(join(source, "tests/cli/pages/agree_page.js"), "utf8");

async function page_verdicts(browser, cases) {
    assert.match(built_page, policy);
    const file = join(folder, "cases.html");
    // Many cases are of the same entries: each is told once, and named by its place.
    const places = new Map();
    const place_of = (part) => places.get(part) ??
        places.set(part, places.size).get(part);
    const named = cases.map(({ sort, parts }) => ({ sort, parts: parts.map(place_of) }));
    const told = JSON.stringify({ parts: [...places.keys()].map(to_base64), cases: named });
    writeFileSync(file, `${built_page.replace(policy, "")}<output id="verdicts"></output>` +
        `<script type="application/json" id="cases">${told}</script><script>{${asking}}</script>`);
    await browser.open_page(pathToFileURL(file).href);
    await browser.until('document.getElementById("verdicts").textContent !== ""');
    return JSON.parse(await browser.value('document.getElementById("verdicts").textContent'));
}

const batch_bytes_max = 8_000_000;
const batch_cases_max = 400;

function* batches(cases) {
    let [batch, parts_met, bytes] = [[], new Set(), 0];
    for (const each of cases) {
        batch.push(each);
        for (const part of each.parts) {
            bytes += parts_met.has(part) ? 0 : part.length;
            parts_met.add(part);
        }
        if (bytes > batch_bytes_max || batch.length === batch_cases_max) {
            yield batch;
            [batch, parts_met, bytes] = [[], new Set(), 0];
        }
    }
    if (batch.length > 0) {
        yield batch;
    }
}

// The cases by batches, each with the program's verdicts. The next one is made while the page is at
// work.
async function compare(browser, cases, tell) {
    let [page, before] = [null, null];
    for (const batch of batches(cases)) {
        const ours = program_verdicts(batch);
        if (page !== null) {
            tell(before, await page);
        }
        [page, before] = [page_verdicts(browser, batch), { batch, ours }];
    }
    tell(before, await page);
}

const only = (one, other) => one.filter((each) => !other.includes(each));

// How the two differ, each as a line that names the case.
async function disagreements(browser, cases) {
    const found = [];
    const met = { cases: 0, well_formed: 0, items: new Set() };
    await compare(browser, cases, ({ batch, ours }, theirs) => {
        assert.deepEqual([ours.length, theirs.length], [batch.length, batch.length]);
        batch.forEach(({ sort, name = `${sort} ${met.cases}`, is_well_formed }, i) => {
            met.cases += 1;
            met.well_formed += is_well_formed ? 1 : 0;
            ours[i].forEach((verdict) => met.items.add(`${sort} ${verdict.replace(/:.*/, "")}`));
            const [program, page] = [only(ours[i], theirs[i]), only(theirs[i], ours[i])];
            if (program.length + page.length > 0) {
                found.push(`${name}: only the program: ${program}; only the page: ${page}`);
            }
        });
    });
    return { found, met };
}

const counts = { k: 600, t: 500, n: 900, p: 700, c: 2000, e: 1000, s: 1500 };
const few = { k: 60, t: 60, n: 120, p: 90, c: 120, e: 90, s: 60 };

test("the program judges the known cases as it should, and the page's verdicts are below", () => {
    program_verdicts(known).forEach((verdicts, i) => {
        const { name, said, unsaid } = known[i];
        assert.deepEqual(only(said, verdicts), [], `${name}: ${verdicts}`);
        assert.deepEqual(unsaid.filter((each) => verdicts.includes(each)), [], name);
    });
});

// Of every item that a pack's verdict can name, and of every end that the small ones can have.
const to_be_met = ["breach archive", "breach about", "breach checkpoint", "breach member",
    "breach tile", "breach policy", "breach entry", "noted entry", "breach order", "breach seen",
    "breach ledger", "breach root", "breach version", "breach id", "breach erasure",
    "breach signature", "breach rule", "doubt rule", "doubt key", "noted fold", "breach heads",
    "breach period", "breach word", "breach document", "breach state", "breach digest",
    "breach shown", "breach page"]
    .map((each) => `k ${each}`).concat(["t breach token", "t doubt token", "t doubt time",
        "t breach member", "t breach root", "t breach brought", "n refused policy",
        "n refused checkpoint", "n breach policy", "n quorum met", "n quorum not met",
        "p refused proof", "p breach policy", "p breach entry", "c refused", "c unknown",
        "e refused", "e unknown"]);

test("program and page agree on thousands of mutants, item by item, in Chromium", async () => {
    const browser = await Browser.open();
    try {
        const { found, met } = await disagreements(browser, cases_of(20221129, counts));
        assert.deepEqual(found, []);
        assert.equal(met.cases,
            known.length + Object.values(counts).reduce((sum, count) => sum + count));
        assert.ok(met.well_formed >= 0.3 * met.cases, `${met.well_formed} are well formed`);
        assert.deepEqual(only(to_be_met, [...met.items]), []);
    } finally {
        await browser.close();
    }
});

test("and in Firefox on some hundreds", async () => {
    const firefox = await Firefox.open();
    try {
        assert.deepEqual((await disagreements(firefox, cases_of(5, few))).found, []);
    } finally {
        await firefox.close();
    }
});
