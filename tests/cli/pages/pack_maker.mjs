// Packs for the tests, member by member, as the pack's definition has them.
import { concat, to_base64, to_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { read_event } from "../../../cli/pages/check/event.js";
import { fold, new_state } from "../../../cli/pages/check/fold.js";
import { attempt } from "../../../cli/pages/check/refusal.js";
import { at_once } from "../../../cli/pages/check/pause.js";
import { state_label, write_plan } from "../../../cli/pages/check/plan_digest.js";
import { Writer } from "../../../cli/pages/check/record_bytes.js";
import { shown_on } from "../../../cli/pages/check/state_check.js";
import { title_event } from "../../../cli/pages/check/content_check.js";
import { sha256 } from "../../../cli/pages/check/sha256.js";
import { mark_line } from "../../../cli/pages/check/pack.js";
import { tiles_of } from "../../../cli/pages/check/tiles.js";
import { crc32 } from "../../../cli/pages/check/zip.js";
import { date_text } from "../../../cli/pages/check/time.js";
import { hash_leaf } from "../../../cli/pages/check/tree.js";
import { schema } from "./built.mjs";

const u16 = (number) => [number & 255, (number >> 8) & 255];
const u32 = (number) => [...u16(number & 0xffff), ...u16(number >>> 16)];

// A zip of stored members, in the order of their names; `change` may spoil a header.
export function zip(members, change = {}) {
    const names = [...members.keys()].sort();
    const [locals, centrals] = [[], []];
    let at = 0;
    for (const name of change.order ?? names) {
        const content = members.get(name);
        const sums = [...u32(change.crc ?? crc32(content)), ...u32(content.length),
            ...u32(content.length)];
        const shared = [...u16(change.version ?? 20), ...u16(change.flags ?? 0),
            ...u16(change.method ?? 0), ...u16(change.time ?? 0), ...u16(change.date ?? 33),
            ...sums, ...u16(name.length), ...u16(0)];
        const local = concat(Uint8Array.from([...u32(0x04034b50), ...shared]),
            utf8(change.local_name ?? name), content);
        centrals.push(Uint8Array.from([...u32(0x02014b50), ...u16(20), ...shared,
            ...u16(change.comment ?? 0), ...u16(0), ...u16(0), ...u32(0), ...u32(at)]), utf8(name));
        locals.push(local);
        at += local.length;
    }
    const directory = concat(...centrals);
    return concat(...locals, change.gap ?? new Uint8Array(), directory, Uint8Array.from([
        ...u32(0x06054b50), ...u16(0), ...u16(0), ...u16(names.length), ...u16(names.length),
        ...u32(directory.length), ...u32(at), ...u16(0)]), change.tail ?? new Uint8Array());
}

// `left_out`: the events whose entries stand empty.
export function tiles(tree, entries, left_out = new Set()) {
    const size_of = (i) => left_out.has(i) ? 0 : entries[i].length;
    const members = new Map();
    for (const { name, level, number, width } of tiles_of(entries.length)) {
        const parts = [];
        for (let i = number * 256; i < number * 256 + width; ++i) {
            parts.push(...level === "entries"
                ? [Uint8Array.of(size_of(i) >> 8, size_of(i) & 255),
                    entries[i].subarray(0, size_of(i))]
                : [tree.node(8 * level, i)]);
        }
        members.set(name, concat(...parts));
    }
    return members;
}

const json = (value) => utf8(JSON.stringify(value));
const lines = (values) => utf8(values.map((value) => `${JSON.stringify(value)}\n`).join(""));

// What the plan is on that day, with the titles that are disclosed.
function shown_with_titles(plan, day, words) {
    return shown_on(plan, day, day).map((part) => {
        const event = title_event(plan, part.ref, day);
        const title = words.find((word) => word.event === event && word.field === "title");
        return { ...part, title: title?.text ?? "" };
    });
}

// The digest of a plan's state, without waiting for anything.
export function digest_at_once(plan) {
    const writer = new Writer(schema.choices);
    at_once(write_plan(writer, plan));
    return sha256(utf8(`${state_label}\n`), writer.bytes);
}

// What the events of a forged ledger make of a plan, by the page's own fold.
export function plan_of_entries(entries, plan = "TH") {
    const state = new_state();
    entries.forEach((entry, i) => {
        const { value: event } = attempt(() => read_event(schema, i, entry));
        if (event !== null) {
            fold(state, { ...event, leaf: hash_leaf(entry) });
        }
    });
    return state.plans.get(plan) ?? null;
}

// The members of a pack of a forged ledger; `known` is what its events make of the plan, `papers`
// what people read in it, by name, as the program named in them would write it.
export function members_of(forge, known, { plan = "TH", day, page = `<p>page</p>\n${mark_line}`,
    checkpoint = forge.checkpoint(), policy = forge.policy(), made_with = "a test",
    papers = new Map(), left_out = new Set() } = {}) {
    const members = tiles(forge.tree, forge.entries, left_out);
    const size = forge.entries.length;
    const date = date_text(day);
    const words = [...forge.words].map(({ event, field, salt, text }) =>
        ({ event, field, salt: to_hex(salt), text }));
    members.set("README.txt", utf8("What this is\n"));
    members.set("certificate.txt", utf8("Certificate\n"));
    members.set("checkpoint", checkpoint);
    members.set("documents.jsonl", lines(forge.documents.map((document) => ({
        event: document.event, member: `documents/${document.event}`, number: document.number,
        salt: to_hex(document.salt), size: document.size, media: document.media,
        sha256: to_hex(document.sha256) }))));
    for (const { event, content } of forge.documents) {
        members.set(`documents/${event}`, Uint8Array.from(content));
    }
    members.set("evidence.csv", utf8("ref\r\n"));
    members.set("pack.json", json({ format: "wsoa-pack/v1", origin: forge.origin,
        ledger: to_hex(forge.ledger), plan, for: "a test", as_at: date, as_known: date, size,
        root: to_hex(forge.tree.root_at(size)), leaves: size - left_out.size,
        disclosed: [...new Set(words.map(({ field }) => field))], restricted: false,
        page: to_hex(sha256(utf8(page))), made_with }));
    members.set("policy", policy);
    members.set("state.json", json({ plan, as_at: date, as_known: date, format: state_label,
        digest: known === null ? "00".repeat(32) : to_hex(digest_at_once(known)) }));
    members.set("shown.jsonl", lines(known === null ? [] : shown_with_titles(known, day, words)));
    members.set("words.jsonl", lines(words));
    papers.forEach((text, name) => members.set(name, utf8(text)));
    return with_page(members, page);
}

// Puts the page beside its pack, with the pack's data behind it.
export function with_page(members, page) {
    const inner = new Map([...members].filter(([name]) =>
        !name.startsWith("documents/") && name !== "index.html"));
    members.set("index.html", concat(utf8(page),
        utf8('<script type="application/octet-stream" id="pack">'), utf8(to_base64(zip(inner))),
        utf8("</script>\n")));
    return members;
}

