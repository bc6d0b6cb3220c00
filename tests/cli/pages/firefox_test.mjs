// The page in headless Firefox, from file://: another engine must come to the same verdict.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { utf8 } from "../../../cli/pages/check/bytes.js";
import { built } from "./built.mjs";
import { pack_of, verify } from "./checked.mjs";
import { Firefox } from "./firefox.mjs";
import { plan_of_one_action } from "./forge.mjs";
import { with_page, zip } from "./pack_maker.mjs";

const page = readFileSync(join(built, "index.html"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "wsoa-page-"));
let [firefox, members] = [null, null];

before(async () => {
    members = await pack_of(plan_of_one_action(), { page });
    firefox = await Firefox.open();
});
after(async () => {
    await firefox?.close();
    rmSync(folder, { recursive: true });
});

// The verdict of Firefox on the page with that pack in it, and of the modules in Node.
async function both(changed) {
    const file = join(folder, "index.html");
    with_page(changed, page);
    writeFileSync(file, changed.get("index.html"));
    await firefox.checked(pathToFileURL(file).href);
    const { verdict } = await verify(zip(new Map([...changed].filter(([name]) =>
        !name.startsWith("documents/") && name !== "index.html"))), { is_embedded: true });
    const items = await firefox.items();
    assert.deepEqual(items, new Map([...items].map(([id]) => [id, verdict.items.get(id).state])));
    assert.equal(items.size, verdict.items.size);
    assert.ok((await firefox.value('document.querySelector(".said").textContent'))
        .includes(verdict.sentence()));
    return verdict;
}

test("a whole pack is consistent with itself", async () => {
    assert.ok(!(await both(new Map(members))).failed);
});

test("a pack that was changed does not hold", async () => {
    for (const [name, from, to] of [["words.jsonl", "Audit every", "Audit each"],
        ["pack.json", "forge.example", "forgo.example"], ["checkpoint", /.(?=.{20}\n$)/, "A"],
        ["shown.jsonl", '"rating":"G"', '"rating":"R"']]) {
        const text = Buffer.from(members.get(name)).toString();
        const changed = new Map(members);
        changed.set(name, utf8(text.replace(from, to)));
        assert.ok((await both(changed)).failed, name);
    }
});
