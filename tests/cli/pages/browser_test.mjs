// The page as it is built, in headless Chromium, from file://.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { axe_file, built } from "./built.mjs";
import { Browser } from "./browser.mjs";
import { failed, pack_of, verify } from "./checked.mjs";
import { change_message } from "../../../cli/pages/check/keys.js";
import { Authority } from "./authority.mjs";
import { change_bytes, entry_bytes, plan_of_one_action } from "./forge.mjs";
import { with_page, zip } from "./pack_maker.mjs";

const page = readFileSync(join(built, "index.html"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "wsoa-page-"));
const forge = plan_of_one_action();
const hostile = "</script><img src=x onerror=\"document.title='taken'\"><script>alert(1)</script>";
let [browser, members] = [null, null];

const url_of = (name) => pathToFileURL(join(folder, name)).href;
function put(name, bytes) {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
}

before(async () => {
    forge.record("progressRecorded", "TH-1.1", { by: "head-of-send", as: "actionOwner",
        fields: { percent: 20 }, words: { text: hostile } });
    members = await pack_of(forge, { page });
    put("index.html", members.get("index.html"));
    put("pack.zip", zip(members));
    put("empty.html", page);
    browser = await Browser.open();
});
after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
});

test("a pack's page checks itself from a file, and asks the network for nothing", async () => {
    browser.requests.length = 0;
    await browser.checked(url_of("index.html"));
    assert.match(await browser.value('document.querySelector(".said").textContent'),
        /consistent with itself/);
    const { verdict } = await verify(zip(new Map([...members].filter(([name]) =>
        !name.startsWith("documents/") && name !== "index.html"))), { is_embedded: true });
    assert.deepEqual(await browser.items(),
        new Map([...await browser.items()].map(([id]) => [id, verdict.items.get(id).state])));
    assert.equal((await browser.items()).size, verdict.items.size);
    // The browser draws its calendar from data of its own, and the page's workers are the page.
    assert.deepEqual(browser.requests.filter((url) => !/^(data|blob):/.test(url)),
        [url_of("index.html")]);
    assert.deepEqual(browser.exceptions, []);
});

test("markup in words is shown as it was typed, and runs nowhere", async () => {
    await browser.checked(url_of("index.html"));
    const text = await browser.value("document.getElementById('actions').textContent");
    assert.ok(text.includes(hostile));
    assert.notEqual(await browser.value("document.title"), "taken");
    assert.equal(await browser.value("document.images.length"), 0);
});

test("the page's policy lets no other script and no address in", async () => {
    await browser.checked(url_of("index.html"));
    await browser.value("document.body.append(Object.assign(document.createElement('script'), " +
        "{ textContent: 'document.title = \"taken\"' }))");
    assert.notEqual(await browser.value("document.title"), "taken");
    const fetched = await browser.value("fetch('https://example.org/').then(() => 'fetched', " +
        "() => 'refused')");
    assert.equal(fetched, "refused");
});

test("a pack that is chosen is checked with its documents", async () => {
    await browser.open_page(url_of("empty.html"));
    await browser.choose("pack-file", join(folder, "pack.zip"));
    await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
    assert.equal((await browser.items()).get("documents"), "checked");
    const link = "document.querySelector('#evidence a[download]')";
    assert.ok(await browser.value(`${link}.href.startsWith("blob:")`));
});

test("a pack that is dropped anywhere is checked", async () => {
    await browser.open_page(url_of("empty.html"));
    const text = readFileSync(join(folder, "pack.zip")).toString("base64");
    await browser.value(`{
        const bytes = modules["check/bytes.js"].from_base64(${JSON.stringify(text)});
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], "pack.zip"));
        document.querySelector("footer").dispatchEvent(
            new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    } 0`);
    await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
    assert.equal((await browser.items()).get("documents"), "checked");
});

test("everything is open when it is printed", async () => {
    await browser.checked(url_of("index.html"));
    await browser.send("Page.printToPDF", { printBackground: true });
    assert.equal(await browser.value('document.querySelectorAll("details:not([open])").length'), 0);
});

test("one byte changed turns the verdict, here as in the module", async () => {
    for (const [name, at] of [["checkpoint", 40], ["words.jsonl", 200], ["policy", 9]]) {
        const content = Uint8Array.from(members.get(name));
        content[at] ^= 1;
        const bytes = zip(new Map([...members, [name, content]]));
        const file = put("spoiled.zip", bytes);
        await browser.open_page(url_of("empty.html"));
        await browser.choose("pack-file", file);
        await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
        const wrong = [...await browser.items()].filter(([, state]) => state === "failed")
            .map(([id]) => id);
        assert.deepEqual(wrong.sort(), failed(await verify(bytes)).sort(), name);
        assert.match(await browser.value('document.querySelector(".said").textContent'),
            /does not hold/);
    }
});

test("a signature that does not hold is found by the page's workers", async () => {
    const other = plan_of_one_action();
    const bytes = change_bytes(other.change("progressRecorded", "TH-1.1",
        { by: "head-of-send", as: "actionOwner" }));
    const signature = other.signer("stranger").sign(change_message(bytes));
    other.append(entry_bytes(other.instant(), bytes, signature), "TH-1.1");
    const file = put("unsigned.zip", zip(await pack_of(other, { page })));
    await browser.open_page(url_of("empty.html"));
    await browser.choose("pack-file", file);
    await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
    assert.equal((await browser.items()).get("signatures"), "failed");
});

test("what the reader pastes makes the verdict more than consistent with itself", async () => {
    await browser.checked(url_of("index.html"));
    const checkpoint = Buffer.from(forge.checkpoint({ size: 4 })).toString();
    await browser.value(`document.getElementById("checkpoint-text").value = ` +
        `${JSON.stringify(checkpoint.trimEnd())}; ` +
        'document.querySelector("#outside button").click()');
    await browser.until('document.querySelector(".said")?.textContent.includes("continues")');
    assert.equal((await browser.items()).get("earlier"), "checked");
});

test("roots that the reader pastes vouch for the timestamp of an authority", async () => {
    const authority = new Authority();
    const token = authority.token(forge.checkpoint());
    put("stamped.zip", zip(with_page(new Map([...members, ["timestamps/0.tsr", token]]), page)));
    await browser.open_page(url_of("empty.html"));
    await browser.choose("pack-file", join(folder, "stamped.zip"));
    await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
    assert.equal((await browser.items()).get("timestamps"), "not-checked");
    for (const [roots, state] of [[new Authority("Other root").roots, "not-checked"],
        [authority.roots, "checked"]]) {
        await browser.value(`document.getElementById("authority-text").value = ` +
            `${JSON.stringify(Buffer.from(roots).toString())}; ` +
            'document.getElementById("status").textContent = ""; ' +
            'document.querySelector("#outside button").click()');
        await browser.until('document.getElementById("status").textContent.startsWith("Checked.")');
        assert.equal((await browser.items()).get("timestamps"), state);
        assert.equal((await browser.items()).get("times"), state);
    }
});

test("what the reader brought counts for a pack that is opened after it", async () => {
    await browser.open_page(url_of("empty.html"));
    await browser.value('document.getElementById("checkpoint-text").value = ' +
        `${JSON.stringify(Buffer.from(forge.checkpoint({ size: 4 })).toString())}; 0`);
    await browser.choose("pack-file", put("brought.zip", zip(members)));
    await browser.until('document.querySelector(".said")?.textContent.includes("continues")');
    assert.equal((await browser.items()).get("earlier"), "checked");
});

test("the plan is shown as it was on another day", async () => {
    await browser.checked(url_of("index.html"));
    await browser.value('document.getElementById("as-at").value = "2022-01-01"; ' +
        'document.querySelector("#plan form button").click()');
    await browser.until(
        'document.getElementById("plan-heading").textContent.includes("1 January 2022")');
});

test("a file that is no pack gives one clear sentence", async () => {
    await browser.open_page(url_of("empty.html"));
    await browser.choose("pack-file", put("wrong.zip", "PK and no more"));
    await browser.until('document.querySelector(".said") !== null');
    assert.match(await browser.value('document.querySelector(".answer").textContent'),
        /no zip file/);
});

function violations() {
    return browser.value("axe.run().then(({ violations }) => " +
        "violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]))");
}

test("axe finds nothing, with every part opened, wide and narrow", async () => {
    for (const width of [1280, 400]) {
        await browser.send("Emulation.setDeviceMetricsOverride",
            { width, height: 900, deviceScaleFactor: 1, mobile: false });
        await browser.checked(url_of("index.html"));
        await browser.value('document.querySelectorAll("details").forEach((each) => ' +
            "{ each.open = true; })");
        await browser.value(`${readFileSync(axe_file, "utf8")}; 0`);
        assert.deepEqual(await violations(), [], `${width}`);
        await browser.value("document.body.append(document.createElement('img')); 0");
        assert.equal((await violations())[0][0], "image-alt");  // it does look
    }
    await browser.send("Emulation.clearDeviceMetricsOverride");
});

test("no part is wider than a narrow screen", async () => {
    await browser.send("Emulation.setDeviceMetricsOverride",
        { width: 320, height: 900, deviceScaleFactor: 1, mobile: false });
    await browser.checked(url_of("index.html"));
    assert.ok(await browser.value("document.documentElement.scrollWidth") <= 320);
    await browser.send("Emulation.clearDeviceMetricsOverride");
});

test("every control is reached and worked by the keyboard", async () => {
    await browser.checked(url_of("index.html"));
    const reached = new Set();
    const press = (key, code) => Promise.all(["keyDown", "keyUp"].map((type) =>
        browser.send("Input.dispatchKeyEvent", { type, key, code: key, windowsVirtualKeyCode: code,
            text: type === "keyDown" && key === "Enter" ? "\r" : undefined })));
    const controls = await browser.value('document.querySelectorAll("a[href], button, input, ' +
        'select, textarea, summary").length');
    for (let i = 0; i < 4 * controls; ++i) {
        await press("Tab", 9);
        reached.add(await browser.value("document.activeElement.id || " +
            "document.activeElement.textContent.slice(0, 40)"));
    }
    for (const wanted of ["as-at", "as-known", "subject", "pack-file", "checkpoint-text",
        "policy-text", "authority-text", "authority-file", "Show", "Check again"]) {
        assert.ok(reached.has(wanted), wanted);
    }
    await browser.value('document.querySelector("#actions summary").focus()');
    await press("Enter", 13);
    assert.ok(await browser.value('document.querySelector("#actions details").open'));
});
