import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, to_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { folds_kind } from "../../../cli/pages/check/fold.js";
import { change_message } from "../../../cli/pages/check/keys.js";
import { schema } from "./built.mjs";
import { day, failed, pack_of, verify } from "./checked.mjs";
import { Forge, change_bytes, entry_bytes, plan_of_one_action } from "./forge.mjs";
import { members_of, with_page, zip } from "./pack_maker.mjs";

test("every kind of change has a fold", () => {
    for (const kind of Object.keys(schema.kinds)) {
        assert.ok(folds_kind(kind), kind);
    }
});

test("a whole pack is consistent with itself, and no more than that", async () => {
    const { verdict, item } = await verify(zip(await pack_of(plan_of_one_action())));
    assert.deepEqual(verdict.findings, []);
    for (const id of ["zip", "pack", "checkpoint", "events", "history", "signatures", "authority",
        "periods", "words", "documents", "state", "digest", "papers"]) {
        assert.equal(item(id).state, "checked", id);
    }
    for (const id of ["cosignatures", "earlier", "timestamps", "meaning", "page"]) {
        assert.equal(item(id).state, "not-checked", id);
    }
    assert.match(verdict.sentence(), /consistent with itself/);
    assert.equal(item("words").what, "9 words against their commitments");
    assert.equal(item("digest").what, "the digest of the state of TH as known on 2022-01-02");
});

test("one byte changed in any member turns the verdict and names the member", async () => {
    const members = await pack_of(plan_of_one_action());
    const bytes = zip(members);
    for (const [name, content] of members) {
        const at = find(bytes, content);
        const spoiled = Uint8Array.from(bytes);
        spoiled[at + (content.length >> 1)] ^= 1;
        const checked = await verify(spoiled);
        assert.ok(checked.verdict.failed, name);
        assert.ok(checked.verdict.findings.some(({ what }) => what.includes(name)), name);
    }
});

// Where the content begins within the zip file.
function find(bytes, content) {
    return Buffer.from(bytes).indexOf(Buffer.from(content));
}

// The same pack with one member replaced, its check sum right, and the page's data with it.
async function with_member(members, name, content) {
    const changed = new Map(members);
    changed.set(name, content);
    return verify(zip(name === "index.html" ? changed : with_page(changed, page_of(members))));
}
function page_of(members) {
    const page = Buffer.from(members.get("index.html")).toString();
    return page.slice(0, page.indexOf("<script type"));
}
const text_of = (members, name) => Buffer.from(members.get(name)).toString();

test("a change that is well formed again turns the item that it belongs to", async () => {
    const members = await pack_of(plan_of_one_action());
    const replaced = (name, from, to) => utf8(text_of(members, name).replace(from, to));
    const flipped = (name, at) => members.get(name).map((byte, i) => byte ^ (i === at ? 1 : 0));
    const size = plan_of_one_action().entries.length;
    const cases = [
        ["checkpoint", flipped("checkpoint", members.get("checkpoint").length - 30), "checkpoint"],
        ["pack.json", replaced("pack.json", /"size":\d+/, '"size":3'), "pack"],
        ["pack.json", utf8(text_of(members, "pack.json").replace(/"size":\d+/, '"size":3')
            .replace(/"leaves":\d+/, '"leaves":3')), "events"],
        ["pack.json", replaced("pack.json", /"leaves":\d+/, '"leaves":3'), "pack"],
        ["pack.json", replaced("pack.json", '"origin":"f', '"origin":"g'), "pack"],
        ["pack.json", replaced("pack.json", "v1", "v2"), "pack"],
        ["state.json", replaced("state.json", '"as_at":"2', '"as_at":"1'), "state"],
        ["state.json", replaced("state.json", /"digest":"\w+"/, `"digest":"${"07".repeat(32)}"`),
            "digest"],
        ["shown.jsonl", replaced("shown.jsonl", '"rating":"G"', '"rating":"B"'), "state"],
        ["shown.jsonl", replaced("shown.jsonl", "Audit every", "Audit each"), "state"],
        ["words.jsonl", replaced("words.jsonl", "Audit every", "Audit each"), "words"],
        ["words.jsonl", replaced("words.jsonl", /"salt":"../, '"salt":"00'), "words"],
        ["words.jsonl", replaced("words.jsonl", '"field":"title"', '"field":"text"'), "words"],
        ["documents.jsonl", replaced("documents.jsonl", '"size":3', '"size":4'), "documents"],
        [`documents/${size - 1}`, flipped(`documents/${size - 1}`, 3), "documents"],
        [`tile/entries/000.p/${size}`, flipped(`tile/entries/000.p/${size}`, 900), "events"],
        [`tile/0/000.p/${size}`, flipped(`tile/0/000.p/${size}`, 100), "events"],
        ["index.html", flipped("index.html", members.get("index.html").length - 40), "page"],
        ["policy", utf8("quorum none\n"), "cosignatures"],
        ["README.txt", replaced("README.txt", "head -c", "head -n"), "papers"],
        ["certificate.txt", replaced("certificate.txt", "a test", "a rest"), "papers"],
        ["evidence.csv", replaced("evidence.csv", "registered", "accepted"), "papers"],
        ["evidence.csv", replaced("evidence.csv", /$/, "x"), "papers"],
        ["policy", replaced("policy", "none\n", "none\n\n"), "papers"],
        ["pack.json", replaced("pack.json", '"for":"a', '"for":"A'), "papers"],
        ["shown.jsonl", replaced("shown.jsonl", '"type":"plan"', '"type":"plan","x":1'), "state"],
        ["timestamps/x.tsr", new Uint8Array(3), "zip"],
        ["tile/1/000", new Uint8Array(3), "zip"],
        ["more", new Uint8Array(3), "zip"],
    ];
    for (const [name, content, item] of cases) {
        const checked = await with_member(members, name, content);
        assert.ok(failed(checked).includes(item), `${name}: ${failed(checked)}`);
        assert.match(checked.verdict.sentence(), /does not hold/);
    }
});

test("a link of evidence that was ended is not listed any more", async () => {
    const listed = async (forge) => {
        const members = await pack_of(forge);
        assert.deepEqual(failed(await verify(zip(members))), []);
        return new TextDecoder().decode(members.get("evidence.csv"));
    };
    const forge = plan_of_one_action();
    const link = { by: "programme-officer", as: "programmeOffice",
        fields: { target: "TH-1.1" } };
    forge.record("evidenceLinked", "TH-E01", link);
    assert.match(await listed(forge), /\r\nTH-1,TH-1\.1,TH-E01,/);
    forge.record("evidenceUnlinked", "TH-E01", { ...link, words: { reason: "another's" } });
    assert.match(await listed(forge), /\r\n,,TH-E01,/);
});

test("a member that is missing turns the verdict and is named", async () => {
    const members = await pack_of(plan_of_one_action());
    for (const name of members.keys()) {
        const fewer = new Map(members);
        fewer.delete(name);
        const checked = await verify(zip(fewer));
        assert.ok(checked.verdict.findings.some(({ what }) => what.includes(name) ||
            what.includes("its content is missing")), name);
        assert.ok(checked.verdict.failed, name);
    }
});

// A ledger in which somebody recorded, well signed, what they could not.
const wrong_deeds = {
    "a key that nobody enrolled": [(forge) => forge.record("progressRecorded", "TH-1.1",
        { by: "stranger", as: "actionOwner" }), "authority", /not enrolled/],
    "a role that its author does not hold": [(forge) => forge.record("progressRecorded", "TH-1.1",
        { by: "head-of-send", as: "programmeOffice" }), "authority", /does not hold the role/],
    "a role that may not record it": [(forge) => forge.record("areaAdded", "TH-2",
        { by: "head-of-send", as: "actionOwner", fields: { lead: "head-of-send" } }),
    "authority", /may not record/],
    "a rating confirmed by its proposer": [(forge) => {
        forge.enrol("second-lead", "areaLead", "TH-1");
        const proposed = forge.record("ratingProposed", "TH-1.1", { by: "second-lead",
            as: "areaLead", fields: { axis: "delivery", scale: 1, from: "G", to: "A" } });
        forge.record("ratingConfirmed", "TH-1.1", { by: "second-lead", as: "areaLead",
            answers: proposed, fields: { axis: "delivery", scale: 1, from: "G", to: "A" } });
    }, "authority", /cannot also confirm/],
    "an enrolment confirmed by whoever made it": [(forge) => {
        const signer = forge.signer("straw-man");
        const enrolled = forge.record("personEnrolled", "@straw-man", { by: "founder-office",
            as: "founder", fields: { organisation: "council", key: signer.key,
                proof: new Uint8Array(64) } });
        forge.record("personConfirmed", "@straw-man", { by: "founder-office", as: "founder",
            answers: enrolled });
    }, "authority", /does not prove itself|cannot also confirm/],
    "evidence accepted by whoever submitted it": [(forge) => {
        forge.enrol("second-lead", "areaLead", "TH");
        const lead = { by: "second-lead", as: "areaLead" };
        const submitted = forge.record("evidenceSubmitted", "TH-E01", { ...lead,
            fields: { target: "TH-1.1" } });
        forge.record("evidenceAccepted", "TH-E01", { ...lead, answers: submitted,
            fields: { target: "TH-1.1", checks: ["dated"] } });
    }, "authority", /submitted TH-E01 and cannot also review it/],
    "a copy that its maker checked": [(forge) => {
        forge.enrol("records-manager", "recordsManager", "TH");
        forge.record("redactedCopyIssued", "TH-E01", { by: "records-manager", as: "recordsManager",
            fields: { derivative: "TH-E01-R1", redactor: "records-manager", method: "removed",
                secondChecker: "records-manager", categories: ["childName"] } });
    }, "authority", /cannot check their own copy/],
    "a question answered by whoever put it": [(forge) => {
        const office = { by: "programme-officer", as: "programmeOffice" };
        forge.record("challengeRecorded", "TH-C1", { ...office, words: { text: "Why?" },
            fields: { askedAs: "programmeOffice", about: ["TH-1.1"] } });
        forge.record("challengeAnswered", "TH-C1", { ...office, words: { answer: "So." } });
    }, "authority", /put the question and cannot also decide it/],
    "a claim by another than the owner": [(forge) => forge.record("completionClaimed", "TH-1.1",
        { by: "programme-officer", as: "programmeOffice", words: { reason: "Done" },
            fields: { evidence: [] } }), "authority", /was owned by head-of-send/],
    "a correction of what no page showed": [(forge) => {
        forge.enrol("board-chair", "boardChair", "TH");
        const office = { by: "programme-officer", as: "programmeOffice" };
        const told = { asAt: day, channel: "localOffer" };
        const drafted = forge.record("publicationDrafted", "TH-P1", { ...office, fields: told,
            words: { title: "Progress" } });
        forge.record("published", "TH-P1", { ...office, answers: drafted,
            fields: { ...told, shown: [{ subject: "TH-1.1", code: "G" }] } });
        forge.record("publicationCorrected", "TH-P1", { ...office, words: { reason: "Mistyped" },
            fields: { asAt: day, approvedBy: "board-chair", shown: [],
                changes: [{ subject: "TH-1.1", from: "A", to: "R" }] } });
    }, "authority", /is shown as G/],
    "another history": [(forge) => forge.record("progressRecorded", "TH-1.1", { by: "head-of-send",
        as: "actionOwner", seen: { size: 3, root: new Uint8Array(32) } }), "history",
    /had seen another history/],
    "more than there was": [(forge) => forge.record("progressRecorded", "TH-1.1",
        { by: "head-of-send", as: "actionOwner",
            seen: { size: 900, root: new Uint8Array(32) } }), "history", /not possible/],
    "another ledger": [(forge) => forge.record("progressRecorded", "TH-1.1", { by: "head-of-send",
        as: "actionOwner", ledger: new Uint8Array(32) }), "history", /for another ledger/],
    "a version of its subject that was not due": [(forge) => forge.record("progressRecorded",
        "TH-1.1", { by: "head-of-send", as: "actionOwner", subjectVersion: 9 }), "history",
    /where 5 was due/],
    "a signature of another": [(forge) => {
        const values = forge.change("progressRecorded", "TH-1.1",
            { by: "head-of-send", as: "actionOwner" });
        const bytes = change_bytes(values);
        const signature = forge.signer("stranger").sign(change_message(bytes));
        forge.append(entry_bytes(forge.instant(), bytes, signature), "TH-1.1");
    }, "signatures", /signature does not hold/],
    "an instant before the event that it follows": [(forge) => {
        const bytes = change_bytes(forge.change("progressRecorded", "TH-1.1",
            { by: "head-of-send", as: "actionOwner" }));
        const signature = forge.signer("head-of-send").sign(change_message(bytes));
        forge.append(entry_bytes(1000, bytes, signature), "TH-1.1");
    }, "history", /recorded before/],
    "bytes that are no event": [(forge) => forge.append(new Uint8Array(16).fill(3), "TH-1.1"),
        "events", /not an event/],
};

for (const [name, [deed, item, sentence]] of Object.entries(wrong_deeds)) {
    test(`a ledger that holds ${name} is found out`, async () => {
        const forge = plan_of_one_action();
        deed(forge);
        const checked = await verify(zip(await pack_of(forge)));
        assert.ok(failed(checked).includes(item), `${failed(checked)}`);
        assert.ok(checked.verdict.findings.some(({ what }) => sentence.test(what)),
            JSON.stringify(checked.verdict.findings));
    });
}

test("a checkpoint of another ledger, size or key is found out", async () => {
    const forge = plan_of_one_action();
    const other = new Forge("other.example/send/rehearsal");
    other.open();
    const size = forge.entries.length;
    for (const checkpoint of [forge.checkpoint({ origin: other.origin }),
        forge.checkpoint({ signer: forge.signer("stranger") }),
        forge.checkpoint({ root: new Uint8Array(32) }), other.checkpoint(),
        forge.checkpoint({ size: size - 1 }),
        forge.checkpoint({ size: 250_000, root: new Uint8Array(32) })]) {
        const checked = await verify(zip(members_of(forge, null, { day, checkpoint })));
        assert.ok(checked.verdict.failed);
    }
});

test("what the reader brings from elsewhere is what the verdict rests on", async () => {
    const forge = plan_of_one_action();
    const earlier = forge.checkpoint({ size: 5 });
    const witnesses = ["w1.example", "w2.example"];
    const checkpoint = forge.checkpoint({ witnesses });
    const bytes = zip(await pack_of(forge, { checkpoint }));
    const with_checkpoint = await verify(bytes, { outside: { checkpoint: earlier } });
    assert.equal(with_checkpoint.item("earlier").state, "checked");
    assert.match(with_checkpoint.verdict.sentence(), /continues the checkpoint that you gave/);
    const policy = forge.policy(witnesses);
    const with_policy = await verify(bytes, { outside: { policy } });
    assert.match(with_policy.verdict.sentence(), /2 witnesses of the policy that you gave/);
    for (const outside of [{ checkpoint: forge.checkpoint({ size: 5, root: new Uint8Array(32) }) },
        { checkpoint: utf8("nothing") }, { checkpoint: new Forge("o.example").checkpoint() },
        { policy: forge.policy(["w3.example"]) }, { policy: utf8("quorum none\n") },
        { policy: utf8("what?\n") }]) {
        const checked = await verify(bytes, { outside });
        assert.ok(checked.verdict.failed, JSON.stringify(outside));
    }
});

test("a proof that somebody was handed is held against the pack and its event", async () => {
    const forge = plan_of_one_action();
    const bytes = zip(await pack_of(forge));
    const proof = (index, path, checkpoint) => concat(utf8("c2sp.org/tlog-proof@v1\n" +
        `index ${index}\n${path.map((hash) => `${to_base64(hash)}\n`).join("")}\n`), checkpoint);
    const path = forge.tree.inclusion_path(4, 9);
    const checkpoint = forge.checkpoint({ size: 9 });
    const held = await verify(bytes, { outside: { checkpoint: proof(4, path, checkpoint) } });
    assert.equal(held.item("earlier").state, "checked");
    assert.match(held.item("earlier").what, /event 4 is the one of the proof/);
    const other = new Forge("other.example/send/rehearsal");
    other.open();
    for (const wrong of [proof(5, path, checkpoint), proof(900, path, checkpoint),
        proof(4, path.slice(1), checkpoint), proof(4, path, forge.checkpoint({ size: 8 })),
        proof(0, [], other.checkpoint()), utf8("c2sp.org/tlog-proof@v1\nindex x\n\n")]) {
        const checked = await verify(bytes, { outside: { checkpoint: wrong } });
        assert.deepEqual(failed(checked), ["earlier"]);
        assert.equal(checked.verdict.findings.at(-1).item, "brought");
    }
});

test("a cosignature that does not hold condemns the note", async () => {
    const forge = plan_of_one_action();
    const policy = forge.policy(["w1.example"]);
    const note = Buffer.from(forge.checkpoint({ witnesses: ["w1.example"] })).toString();
    const last = note.lastIndexOf("A");
    const spoiled = utf8(note.slice(0, last) + "B" + note.slice(last + 1));
    const checked = await verify(zip(members_of(forge, null, { day, checkpoint: spoiled })),
        { outside: { policy } });
    assert.ok(checked.verdict.failed);
});

test("words that the pack does not own up to are found", async () => {
    const forge = plan_of_one_action();
    forge.record("progressRecorded", "TH-1.1", { by: "head-of-send", as: "actionOwner",
        classification: "restricted", words: { text: "A child's name" } });
    const checked = await verify(zip(await pack_of(forge)));
    assert.deepEqual(failed(checked), ["words"]);
    assert.match(checked.item("words").why, /restricted/);
});

test("what is embedded in the page lacks the documents, and says so", async () => {
    const members = await pack_of(plan_of_one_action());
    const inner = new Map([...members].filter(([name]) =>
        !name.startsWith("documents/") && name !== "index.html"));
    const checked = await verify(zip(inner), { is_embedded: true });
    assert.ok(!checked.verdict.failed);
    assert.equal(checked.item("documents").state, "not-checked");
    assert.match(checked.item("documents").why, /drop the pack/);
});

test("a browser without Ed25519 says that it checked nothing", async () => {
    const { subtle } = crypto;
    const bytes = zip(await pack_of(plan_of_one_action()));
    const without = { ...crypto, subtle: { importKey: () =>
        Promise.reject(new DOMException("Unrecognized name", "NotSupportedError")) } };
    Object.defineProperty(globalThis, "crypto", { value: without, configurable: true });
    try {
        const { verdict, item } = await verify(bytes);
        assert.equal(item("signatures").state, "not-checked");
        assert.match(verdict.sentence(), /not checked/);
    } finally {
        Object.defineProperty(globalThis, "crypto", { value: { subtle }, configurable: true });
    }
});

test("every item is told once, as soon as it is settled", async () => {
    const { reported } = await verify(zip(await pack_of(plan_of_one_action())));
    const ids = reported.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids[0], "zip");
    // Workers still check signatures while words are looked at.
    assert.ok(ids.indexOf("words") < ids.indexOf("signatures"));
});
