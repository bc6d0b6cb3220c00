// A pack's members, and what it says of itself, before anything of it is believed.
import { equal, from_base64, from_hex, text_from_utf8, to_hex } from "./bytes.js";
import { refuse, within } from "./refusal.js";
import { sha256 } from "./sha256.js";
import { parse_date } from "./time.js";
import { tiles_of } from "./tiles.js";
import { read_zip } from "./zip.js";

export const leaves_max = 200_000;
const json_bytes_max = 2 ** 24;

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
const not_embedded = (name) => name.startsWith("documents/") || name === "index.html";

export function member(pack, name) {
    return pack.members.get(name) ?? refuse(`the pack has no ${name}`);
}

export function open_pack(bytes) {
    return read_zip(bytes);
}

function read_json(pack, name) {
    const bytes = member(pack, name);
    if (bytes.length > json_bytes_max) {
        refuse(`${name} has ${bytes.length} bytes; at most ${json_bytes_max} are taken`);
    }
    const text = text_from_utf8(bytes);
    try {
        return JSON.parse(text);
    } catch {
        return refuse(`${name} is not JSON`);
    }
}

const is_text = (value) => typeof value === "string";
const is_count = (value) => Number.isSafeInteger(value) && value >= 0;

// pack.json, whose claims are held against the events later.
export function read_about(pack) {
    return within("pack.json", () => {
        const about = read_json(pack, "pack.json");
        const texts = ["format", "origin", "ledger", "plan", "for", "as_at", "as_known", "root",
            "page", "made_with"];
        const fits = typeof about === "object" && about !== null &&
            texts.every((name) => is_text(about[name])) && is_count(about.size) &&
            typeof about.restricted === "boolean" && Array.isArray(about.disclosed) &&
            about.disclosed.every(is_text);
        if (!fits) {
            refuse("it lacks something that every pack says of itself");
        }
        if (about.format !== "wsoa-pack/v1") {
            refuse("this is a pack of another version than this page knows");
        }
        return { ...about, ledger_hash: from_hex(about.ledger), root_hash: from_hex(about.root),
            as_at_day: parse_date(about.as_at), as_known_day: parse_date(about.as_known) };
    });
}

// state.json, and what shown.jsonl shows of the plan, a part of it a line.
export function read_state(pack) {
    const state = within("state.json", () => {
        const told = read_json(pack, "state.json");
        if (!is_text(told?.plan) || !is_text(told.as_at) || !is_text(told.as_known) ||
            !is_text(told.format) || !/^[0-9a-f]{64}$/.test(told.digest)) {
            refuse("it lacks something that the state of a plan has");
        }
        return told;
    });
    return { ...state, shown: within("shown.jsonl", () => read_shown(pack)) };
}

function read_shown(pack) {
    const bytes = member(pack, "shown.jsonl");
    if (bytes.length > json_bytes_max) {
        refuse(`it has ${bytes.length} bytes; at most ${json_bytes_max} are taken`);
    }
    return text_from_utf8(bytes).split("\n").filter((line) => line !== "").map((line) => {
        const part = parse_line(line);
        if (typeof part !== "object" || part === null) {
            refuse("a line of it is no object");
        }
        return part;
    });
}

function parse_line(line) {
    try {
        return JSON.parse(line);
    } catch {
        return refuse("a line of it is not JSON");
    }
}

// Members that no pack of this size has, each as one sentence.
export function strange_members(pack, size, document_names) {
    const known = new Set([...fixed_members, ...document_names,
        ...tiles_of(size).map(({ name }) => name)]);
    return [...pack.members.keys()].filter((name) =>
        !known.has(name) && !/^timestamps\/(0|[1-9][0-9]{0,3})\.tsr$/.test(name));
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

// The released page within index.html, and the data that follow it.
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
    return { page: bytes.subarray(0, end),
        data: from_base64(data.slice(data_begin.length, -data_end.length)) };
}

// Refuses an index.html whose data are not those of the pack. Gives the hash of the page itself,
// which is to be compared with the one that was published.
export function check_page(pack, about) {
    const { page, data } = split_page(member(pack, "index.html"));
    const inner = within("index.html", () => read_zip(data));
    const names = [...pack.members.keys()].filter((name) => !not_embedded(name));
    for (const name of new Set([...names, ...inner.members.keys()])) {
        const [here, there] = [pack.members.get(name), inner.members.get(name)];
        if (here === undefined || there === undefined || !equal(here, there)) {
            refuse(`index.html shows another ${name} than the pack holds`);
        }
    }
    const hash = to_hex(sha256(page));
    if (about !== null && about.page !== hash) {
        refuse("index.html is not the page that pack.json names");
    }
    return hash;
}
