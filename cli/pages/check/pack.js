// A pack's members, and what it says of itself, before anything of it is believed.
import { equal, from_base64_by_pieces, parse_u64, text_from_utf8, to_hex } from "./bytes.js";
import { parse_json, plain, read_object } from "./json.js";
import { attempt, refuse, within } from "./refusal.js";
import { sha256 } from "./sha256.js";
import { tiles_of } from "./tiles.js";
import { read_zip } from "./zip.js";

export const leaves_max = 3_000_000;  // of a pack
export const page_leaves_max = 200_000;  // that this page takes
export const page_events_max = 2_000_000;  // with those of which only the hash is there
export const checkpoint_bytes_max = 1_048_576;
export const reply_bytes_max = 65_536;  // of a timestamp authority
const shown_bytes_max = 2 ** 26;
const shown_values_max = 1_000_000;  // a plan's line names every action

// What the page's file ends with, before the data of a pack. This module stands in that file
// itself: spelled in one piece, the texts would end the script that they stand in.
const open = "<";
export const mark_line = `${open}!-- wsoa: the released page ends here -->\n`;
const data_begin = `${open}script type="application/octet-stream" id="pack">`;
const data_end = `${open}/script>\n`;

const fixed_members = ["README.txt", "certificate.txt", "checkpoint", "documents.jsonl",
    "evidence.csv", "index.html", "pack.json", "policy", "shown.jsonl",
    "state.json", "words.jsonl"];
// A page holds the pack that it is part of, but for the documents and itself.
const is_document = (name) => name.startsWith("documents/") &&
    attempt(() => parse_u64(name.slice("documents/".length))).refusal === null;
const not_embedded = (name) => is_document(name) || name === "index.html";

export function member(pack, name) {
    return pack.members.get(name) ?? refuse(`the pack has no ${name}`);
}

export function open_pack(bytes) {
    return read_zip(bytes);
}

const about_types = { format: "text", origin: "origin", ledger: "hash", plan: "plan", for: "text",
    as_at: "date", as_known: "date", size: "count", root: "hash", leaves: "count",
    disclosed: "fields", restricted: "flag", page: "hash", made_with: "text" };

// pack.json, whose claims are held against the events later.
export function read_about(pack, schema) {
    return within("pack.json", () => {
        const about = read_object(member(pack, "pack.json"), about_types, schema);
        if (about.format !== "wsoa-pack/v1") {
            refuse("this is a pack of another version than this page knows");
        }
        if (about.size === 0 || about.size > leaves_max) {
            refuse(`it is said to hold ${about.size} events; 1 to ${leaves_max} are taken`);
        }
        if (about.leaves === 0 || about.leaves > about.size) {
            refuse(`it is said to hold ${about.leaves} leaves of ${about.size} events`);
        }
        return { ...about, page: to_hex(about.page), as_at_day: about.as_at,
            as_known_day: about.as_known };
    });
}

const state_types = { plan: "plan", as_at: "date", as_known: "date", format: "text",
    digest: "hash" };

export function read_state(pack) {
    return within("state.json", () => read_object(member(pack, "state.json"), state_types, null));
}

// What shown.jsonl shows of the plan, a part of it a line.
export function read_shown(pack) {
    const bytes = member(pack, "shown.jsonl");
    if (bytes.length > shown_bytes_max) {
        refuse(`it has ${bytes.length} bytes; at most ${shown_bytes_max} are taken`);
    }
    const parts = [];
    for (let at = 0; at < bytes.length;) {
        const found = bytes.indexOf(10, at);
        const end = found < 0 ? bytes.length : found;
        if (end > at) {
            const part = parse_json(bytes.subarray(at, end), shown_values_max);
            parts.push(part instanceof Map ? plain(part) : refuse("a line of it is no object"));
        }
        at = end + 1;
    }
    return parts;
}

const timestamps_max = 10_000n;  // over one checkpoint

// "earlier/812", or a timestamp over that, "earlier/812.0.tsr"; null for any other name.
export function earlier_member(name) {
    const parts = /^earlier\/(\d+)(?:\.(\d+)\.tsr)?$/.exec(name);
    const numbers = parts === null ? null : attempt(() =>
        parts.slice(1).map((digits) => digits === undefined ? null : parse_u64(digits))).value;
    if (numbers === null || numbers[0] === 0n || (numbers[1] ?? 0n) >= timestamps_max) {
        return null;
    }
    return { size: numbers[0], timestamp: numbers[1], note: `earlier/${numbers[0]}` };
}

const is_timestamp = (name) => /^timestamps\/(0|[1-9][0-9]{0,3})\.tsr$/.test(name);

// Timestamps that are larger than any.
export function large_timestamps(pack) {
    return [...pack.members].filter(([name, { length }]) => length > reply_bytes_max &&
        (is_timestamp(name) || (earlier_member(name)?.timestamp ?? null) !== null))
        .map(([name]) => name);
}

// Members that no pack of this size has, and timestamps over nothing that is here.
export function strange_members(pack, size) {
    const known = new Set([...fixed_members, ...tiles_of(size).map(({ name }) => name)]);
    const is_earlier = (name) => {
        const earlier = earlier_member(name);
        return earlier !== null && earlier.size < BigInt(size) && pack.members.has(earlier.note);
    };
    return [...pack.members.keys()].filter((name) => !known.has(name) && !is_document(name) &&
        !is_timestamp(name) && !is_earlier(name));
}

// Those that every pack has and this one lacks, but for what is missed where it is read.
export function missing_members(pack, is_embedded) {
    const missed_elsewhere = ["documents.jsonl", "index.html", "state.json", "words.jsonl"];
    return fixed_members.filter((name) => !pack.members.has(name) &&
        !missed_elsewhere.includes(name) && !(is_embedded && not_embedded(name)));
}

function index_of(bytes, text, from = 0) {
    const wanted = new TextEncoder().encode(text);
    outer: for (let at = from; at + wanted.length <= bytes.length; ++at) {
        for (let i = 0; i < wanted.length; ++i) {
            if (bytes[at + i] !== wanted[i]) {
                continue outer;
            }
        }
        return at;
    }
    return -1;
}

// The released page within index.html, and the data that follow it, as text.
function split_page(bytes) {
    const mark = index_of(bytes, mark_line);
    if (mark < 0) {
        refuse("index.html does not say where the released page ends");
    }
    const end = mark + mark_line.length;
    const data = text_from_utf8(bytes.subarray(end));
    if (!data.startsWith(data_begin) || !data.endsWith(data_end)) {
        refuse("index.html does not hold the pack's data behind the released page");
    }
    return { page: bytes.subarray(0, end), data: data.slice(data_begin.length, -data_end.length) };
}

// Refuses an index.html whose data are not those of the pack. Gives the hash of the page itself,
// which is to be compared with the one that was published. Yields between its pieces.
export function* check_page(pack, about) {
    const { page, data } = split_page(member(pack, "index.html"));
    yield;
    const bytes = yield* from_base64_by_pieces(data);
    const inner = within("index.html", () => read_zip(bytes));
    const names = [...pack.members.keys()].filter((name) => !not_embedded(name));
    for (const name of new Set([...names, ...inner.members.keys()])) {
        const [here, there] = [pack.members.get(name), inner.members.get(name)];
        if (here === undefined || there === undefined || !equal(here, there) ||
            pack.sums.get(name) !== inner.sums.get(name)) {
            refuse(`index.html shows another ${name} than the pack holds`);
        }
        yield;
    }
    const hash = to_hex(sha256(page));
    if (about.page !== hash) {
        refuse("index.html is not the page that pack.json names");
    }
    return hash;
}
