// What outsiders said of a pack's checkpoint, as the page holds it against the events, and by when
// they were recorded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { check_anchors } from "../../../cli/pages/check/anchor_check.js";
import { utf8 } from "../../../cli/pages/check/bytes.js";
import { Verifier } from "../../../cli/pages/check/keys.js";
import { bounds_of, compare_with_bounds, sentences_of, time_said, unbounded_events }
    from "../../../cli/pages/check/time_bounds.js";
import { Verdict } from "../../../cli/pages/check/verdict.js";
import { crc32 } from "../../../cli/pages/check/zip.js";
import { Authority, hashed } from "./authority.mjs";
import { pack_of, verify } from "./checked.mjs";
import { plan_of_one_action } from "./forge.mjs";
import { zip } from "./pack_maker.mjs";

const noon = 1_700_000_000;
const cosigned = (size, seconds, by = "w1") =>
    ({ size, seconds: BigInt(seconds), by, anchored_by: null });
const anchored = (size, seconds, by_event) =>
    ({ ...cosigned(size, seconds), anchored_by: by_event });

const side = (bound) => bound === null ? "-" : String(bound.seconds - BigInt(noon));
const runs = (times, size) => bounds_of(times, size).map(({ begin, end, not_before, not_after }) =>
    `${begin}-${end}:${side(not_before)}..${side(not_after)}`).join(" ");

test("the bounds of each run of events are the closest that anybody said", () => {
    for (const [times, size, told] of [[[], 10, "0-10:-..-"], [[], 0, ""],
        [[cosigned(6, noon)], 10, "0-6:-..0 6-10:-..-"],
        [[cosigned(10, noon)], 10, "0-10:-..0"],
        [[cosigned(11, noon)], 10, "0-10:-..-"],
        [[anchored(4, noon, 12)], 10, "0-4:-..0 4-10:-..-"],
        [[cosigned(4, noon), cosigned(8, noon + 60)], 10, "0-4:-..0 4-8:-..60 8-10:-..-"],
        [[cosigned(4, noon + 60), cosigned(8, noon)], 10, "0-8:-..0 8-10:-..-"],
        [[cosigned(8, noon + 9, "w2"), cosigned(8, noon)], 8, "0-8:-..0"],
        [[anchored(4, noon, 5)], 10, "0-4:-..0 4-5:-..- 5-10:0..-"],
        [[anchored(4, noon, 5), anchored(6, noon + 60, 7)], 10,
            "0-4:-..0 4-5:-..60 5-6:0..60 6-7:0..- 7-10:60..-"],
        [[anchored(2, noon + 90, 3), anchored(2, noon, 5)], 6, "0-2:-..0 2-3:-..- 3-6:90..-"]]) {
        assert.equal(runs(times, size), told);
    }
    assert.equal(unbounded_events(bounds_of([cosigned(6, noon)], 10)), 4);
});

// Ten events, one a minute from noon on.
const minutes = Array.from({ length: 10 }, (_, i) => (noon + 60 * i) * 1000);
function doubts(...times) {
    const found = [];
    compare_with_bounds(bounds_of(times, 10), minutes, (event, what) => found.push([event, what]));
    return found;
}

test("an event that lies outside its bounds by more than clocks differ is doubted", () => {
    for (const time of [cosigned(10, noon + 540), cosigned(10, noon - 60),
        anchored(1, noon + 540 + 600, 9)]) {
        assert.deepEqual(doubts(time), []);
    }
    for (const [time, event, what] of [
        [cosigned(10, noon - 120), 9, /recorded_at of event 9 is .*22:22:20Z .* dated forward/],
        [cosigned(10, noon - 300), 6, /recorded_at of events 6 to 9 is .* dated forward/],
        [anchored(1, noon + 1000, 3), 3, /recorded_at of events 3 to 6 is .* dated back/],
        [anchored(1, 2n ** 63n - 1n, 3), 3, /second 9223372036854775807/],
        [cosigned(10, 0), 0, /1970-01-01T00:00:00Z/]]) {
        const found = doubts(time);
        assert.equal(found.length, 1);
        assert.equal(found[0][0], event);
        assert.match(found[0][1], what);
    }
});

test("bounds are told in sentences that stay few", () => {
    assert.deepEqual(sentences_of(bounds_of([anchored(4, noon, 5)], 10)), [
        "recorded_at of events 0 to 3: no later than 2023-11-14T22:13:20Z, by w1",
        "recorded_at of events 5 to 9: not before 2023-11-14T22:13:20Z, by w1"]);
    const many = Array.from({ length: 100 }, (_, i) => cosigned(i + 1, noon + i + 1));
    const sentences = sentences_of(bounds_of(many, 100));
    assert.equal(sentences.length, 13);
    assert.equal(sentences[6], "recorded_at of the events between, by 88 further runs");
    assert.equal(time_said(8_000_000_000n), "second 8000000000");
});

const forge = plan_of_one_action();
const witness = "w1.example";
const time = 1_640_998_800n;  // an hour after the first event
const note = forge.checkpoint({ witnesses: [witness], time });
const policy = forge.policy([witness]);
const authority = new Authority();
const token = authority.token(forge.checkpoint());

async function pack_with(tokens, checkpoint = note) {
    const members = await pack_of(forge, { checkpoint });
    tokens.forEach((each, i) => members.set(`timestamps/${i}.tsr`, each));
    return zip(members);
}
const items = ({ verdict }, ...ids) => ids.map((id) => verdict.items.get(id)?.state);
const named = ({ verdict }) => verdict.findings.map(({ class: outcome, item }) =>
    `${outcome} ${item}`);

test("who brings no roots is told that what a token says holds together, and no more", async () => {
    const checked = await verify(await pack_with([token]));
    assert.deepEqual(items(checked, "timestamps", "times"), ["not-checked", "not-checked"]);
    assert.equal(checked.item("timestamps").what, "the timestamp timestamps/0.tsr");
    assert.match(checked.item("timestamps").why, /no certificates of yours/);
    assert.deepEqual(checked.bounds, []);
    assert.ok(!named(checked).some((each) => each.includes("token")));
});

test("whose roots vouch for it is told by when the events were recorded", async () => {
    const checked = await verify(await pack_with([token]), { outside:
        { authority: authority.roots } });
    assert.deepEqual(items(checked, "timestamps", "times"), ["checked", "checked"]);
    assert.match(checked.item("times").what, new RegExp("recorded_at of events 0 to \\d+: no " +
        "later than 2022-04-15T12:00:00Z, by CN=Test timestamps"));
    assert.deepEqual(sentences_of(checked.bounds).length, 1);
    // An outside time is no word that others saw the same ledger.
    assert.deepEqual(checked.verdict.trust, []);
});

test("one of two tokens that nobody vouches for is a doubt that is named", async () => {
    const other = new Authority("Other root").token(forge.checkpoint());
    const checked = await verify(await pack_with([other, token]), { outside:
        { authority: authority.roots } });
    assert.ok(named(checked).includes("doubt token:timestamps/0.tsr"));
    assert.equal(checked.item("timestamps").state, "not-checked");
    assert.match(checked.item("timestamps").why, /vouch for 1 of them/);
    assert.equal(checked.item("times").state, "checked");
});

test("a token that the page cannot judge is left, and bounds nothing", async () => {
    const strange = authority.token(forge.checkpoint(), { info: { hash: "sha1" } });
    const checked = await verify(await pack_with([strange]), { outside:
        { authority: authority.roots } });
    assert.deepEqual(items(checked, "timestamps", "times"), ["not-checked", "not-checked"]);
    assert.match(checked.item("timestamps").why, /timestamps\/0.tsr: this page makes no digest/);
    assert.ok(!checked.verdict.findings.some(({ check }) => check === "timestamps"));
});

test("a byte changed in a token is found, whatever the reader brings", async () => {
    for (const at of [0, 40, 300, 700, 1500, token.length - 1]) {
        const spoiled = Uint8Array.from(token);
        spoiled[at] ^= 1;
        for (const roots of [null, authority.roots]) {
            const checked = await verify(await pack_with([token, spoiled]),
                { outside: { authority: roots } });
            const found = named(checked).filter((each) => each.includes("token"));
            // The certificate above the signer's is held against the roots alone.
            const wanted = at !== 1500 ? "breach" : roots === null ? undefined : "doubt";
            assert.deepEqual(found, wanted === undefined ? []
                : [`${wanted} token:timestamps/1.tsr`], `${at}`);
        }
    }
});

test("a witness of the reader's policy bounds events, and dates that do not fit are doubted",
    async () => {
        const checked = await verify(await pack_with([]), { outside: { policy } });
        assert.deepEqual(items(checked, "times", "cosignatures"), ["checked", "checked"]);
        assert.ok(named(checked).includes("doubt time:2"));
        assert.ok(!checked.verdict.failed);
        const unknown = await verify(await pack_with([]));
        assert.equal(unknown.item("times").state, "not-checked");
    });

// A checkpoint cannot cover the event that commits to what was said of it: such a digest would hold
// itself. So the events here are those of no ledger.
async function matched(changes, { outside = { policy, authority: authority.roots } } = {}) {
    const { check, about, checkpoint } = await verify(await pack_with([token]));
    const verdict = new Verdict(() => {});
    const events = check.events.map((event, i) => changes[i] === undefined ? event
        : { ...event, change: { ...event.change, kind: "checkpointAnchored",
            fields: { size: about.size, root: about.root, ...changes[i] } } });
    const bounds = await check_anchors({ verdict, verifier: new Verifier(), about, checkpoint,
        check: { ...check, events }, tree: check.tree, keyring: check.state.keyring,
        pack: { members: new Map([["checkpoint", note], ["timestamps/0.tsr", token]]),
            sums: new Map([["timestamps/0.tsr", crc32(token)]]) },
        given: { outside: { policy: null, authority: null, ...outside } } });
    return { bounds, verdict };
}

const three_parts = () => {
    const [text, lines] = Buffer.from(note).toString().split("\n\n");
    return hashed("sha256", utf8(`${text}\n\n${lines.split("\n").slice(0, 2).join("\n")}\n`));
};

test("what an anchor commits to bounds the events from it on", async () => {
    const stamp = { means: "timestamp", digest: hashed("sha256", token), time: 1_650_024_000 };
    const { bounds, verdict } = await matched({ 7: stamp,
        9: { means: "cosignature", digest: three_parts(), time: Number(time) } });
    assert.equal(verdict.items.get("anchors").state, "checked");
    assert.match(verdict.items.get("anchors").what, /2 of 2 anchors/);
    assert.deepEqual(bounds.map(({ begin, not_before }) => [begin, not_before?.by]),
        [[0, undefined], [7, "CN=Test timestamps"]]);
    assert.ok(verdict.findings.some(({ item, what }) => item === "time:7" &&
        what.includes("dated back")));
});

test("an anchor that tells another time than what it commits to is found", async () => {
    const { verdict } = await matched({ 7: { means: "timestamp", digest: hashed("sha256", token),
        time: 1_650_024_001 }, 8: { means: "cosignature", digest: three_parts(), time: 7 } });
    assert.deepEqual(verdict.findings.filter(({ item }) => item.startsWith("anchor"))
        .map(({ class: outcome, item, event }) => [outcome, item, event]),
    [["breach", "anchor:7", 7], ["breach", "anchor:8", 8]]);
    assert.equal(verdict.items.get("anchors").state, "failed");
    // Of a token without its authority nobody knows the time.
    const alone = await matched({ 7: { means: "timestamp", digest: hashed("sha256", token),
        time: 1 } }, { outside: { authority: null } });
    assert.deepEqual(alone.verdict.findings.filter(({ item }) => item.startsWith("anchor")), []);
});

test("an anchor of anything else is one of a checkpoint before", async () => {
    for (const change of [{ means: "cosignature", digest: hashed("sha256", token) },
        { means: "timestamp", digest: hashed("sha256", token), size: 3 },
        { means: "timestamp", digest: new Uint8Array(32) }]) {
        const { verdict } = await matched({ 7: { time: 1, ...change } });
        assert.equal(verdict.items.get("anchors").state, "not-checked");
        assert.deepEqual(verdict.findings.filter(({ item }) => item.startsWith("anchor")), []);
    }
});
