// Packs of which each is a little wrong: raw, as a disk or a fool would leave them, and well formed
// again, as somebody would who holds every key and knows the format.
import { concat, to_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { mark_line } from "../../../cli/pages/check/pack.js";
import { BentForge, bend_field, busy_ledger, people } from "./bent.mjs";
import { mutant } from "./dice.mjs";
import { bytes_from } from "./forge.mjs";
import { members_of, plan_of_entries, with_page, zip } from "./pack_maker.mjs";
import { add_strays } from "./stray.mjs";

const day = 18_995;
const page = `<p>page</p>\n${mark_line}`;
const whole = busy_ledger(new BentForge(-1, null));
const events = whole.entries.length;
// What is shown is what the page's own fold gives, so that the program's is held against it.
const members_with = (forge, more = {}) =>
    members_of(forge, plan_of_entries(forge.entries), { day, ...more });
const whole_members = members_with(whole);
const whole_zip = zip(whole_members);
export const pack_that_holds = whole_zip;
export const entries = whole.entries;

const copied = () => new Map(whole_members);
const text_of = (members, name) => Buffer.from(members.get(name)).toString();

function flipped(dice, bytes) {
    const spoiled = Uint8Array.from(bytes);
    spoiled[dice.below(spoiled.length)] ^= 1 << dice.below(8);
    return spoiled;
}

const strange_names = ["documents/3", "documents/x", "documents/99999999999999999999", "tile/0/001",
    "earlier/3", "earlier/03", "earlier/0", "earlier/3.0.tsr", `earlier/${events}`, "earlier/3.tsr",
    "tile/1/000", "tile/9/000", "tile/entries/001", "tile/0/000.p/9", "timestamps/0.tsr",
    "timestamps/01.tsr", "timestamps/10000.tsr", "other.txt", "a/b", "README.txt2", "tile/0/0000"];

// What is done to a whole file.
const raw_files = [
    (dice) => flipped(dice, whole_zip),
    (dice) => whole_zip.subarray(0, dice.below(whole_zip.length)),
    (dice) => concat(whole_zip, new Uint8Array(1 + dice.below(30))),
    (dice) => mutant(dice, [whole_zip]),
    // Within the directory, where each byte is told twice or not at all.
    (dice) => {
        const spoiled = Uint8Array.from(whole_zip);
        spoiled[whole_zip.length - 1 - dice.below(1200)] ^= 1 << dice.below(8);
        return spoiled;
    },
];

const json_members = ["pack.json", "state.json", "words.jsonl", "documents.jsonl", "shown.jsonl"];

// What is done to members. The page within is made anew in half of them.
const raw_members = [
    (dice, members) => members.delete(dice.one_of([...members.keys()])),
    (dice, members) => members.set(dice.one_of(strange_names), new Uint8Array(dice.below(64))),
    (dice, members) => {
        const name = dice.one_of([...members.keys()]);
        members.set(name, flipped(dice, members.get(name)));
    },
    (dice, members) => {
        const name = dice.one_of([...members.keys()]);
        members.set(name, mutant(dice, [members.get(name)]));
    },
    (dice, members) => {
        const [one, other] = [dice.one_of([...members.keys()]), dice.one_of([...members.keys()])];
        const content = members.get(one);
        members.set(one, members.get(other)).set(other, content);
    },
    (dice, members) => replace(members, "pack.json", /"size":\d+/,
        `"size":${dice.one_of(["0", "1", events - 1, events + 1, "3000001", "4294967296",
            "9007199254740992", "99999999999999999999", "-1", "-0", "1.0", "1e2"])}`),
    (dice, members) => replace(members, "pack.json", /"size":\d+,(.*)"leaves":\d+/,
        `"size":${events - 1},$1"leaves":${events - dice.below(3)}`),
    (dice, members) => {
        const name = dice.one_of(json_members);
        members.set(name, mutant(dice, [members.get(name)]));
    },
    (dice, members) => replace(members, dice.one_of(json_members), ...dice.one_of(spellings)),
];

// Other ways to write JSON, some of which are the same and some none.
const spellings = [["{", " {\t"], ["{", "\ufeff{"], ['":', '" :'], ["{", '{"more":1,'],
    [/\{"(\w+)":("?\w+"?),/, '{"$1":$2,"$1":$2,'], [/"(\w+)":"/, '"$1":"\\u0041'], ["}", ",}"],
    [/"(\w+)":"(.)/, '"$1":"\\ud800$2'], [/"(\w+)":"(.)/, '"$1":"\\ud83d\\ude00$2'],
    [/(\d)([,}])/, "$1.0$2"], [/(\d)([,}])/, "$1e0$2"], ["}", "} "], ["}", "}}"], ["true", "1"],
    [/:(\d)/, ":0$1"], [/"(\w+)":(\d)/, '"$1":null,"x":$2'], [/$/, " "], [/$/, "\n"],
    [/^/, "[[[[[[[[["], ["false", "true"], ['"plan":"TH"', '"plan":"TQ"'], [/-01"/, '-02"'],
    ["2022", "2199"], ["2022", "1850"]];

function replace(members, name, from, to) {
    members.set(name, utf8(text_of(members, name).replace(from, to)));
}

function raw_pack(dice) {
    if (dice.below(3) === 0) {
        return dice.one_of(raw_files)(dice);
    }
    const members = copied();
    dice.one_of(raw_members)(dice, members);
    return zip(dice.below(2) === 0 ? members : with_page(members, page));
}

const words_of_nobody = ["", "\u0007bell", "e\u0301 in two", "\u202eturned", "two\nlines",
    "\u{e000}", "\u2028", "plain"];

// How one event is bent.
const bends = [
    (dice) => (values, forge) => bend_field(dice, values, forge),
    (dice) => (values, forge) => bend_field(dice, values, forge),
    (dice) => (values, forge) => {
        bend_field(dice, values, forge);
        bend_field(dice, values, forge);
    },
    // Somebody else signs, in their own name or in that of the author.
    (dice) => (values, forge) => {
        const signer = forge.signer(dice.one_of([...people, "stranger"]));
        values.authorKey = dice.below(2) === 0 ? signer.key : values.authorKey;
        return { signer };
    },
    (dice) => (values) => {
        values.onBehalfOf = dice.one_of(people);
    },
    (dice) => (values) => {
        values.answers = dice.below(values.seen.size + 2);
    },
    (dice) => () => ({ recorded_at: dice.one_of([0, 1000, 7_258_118_400_000, -1, 2 ** 41]) }),
    () => () => ({ twice: true }),
    () => () => ({ left_out: true }),
    (dice) => (values, forge) => {
        values.seen.size = dice.below(forge.entries.length + 2);
    },
    (dice) => (values, forge) => {
        const size = dice.below(forge.entries.length + 1);
        values.seen = { size, root: forge.tree.root_at(size) };
    },
    (dice) => (values, forge) => {
        values.ledger = forge.tree.leaf(dice.below(Math.max(1, forge.entries.length))) ??
            new Uint8Array(32);
    },
    // Words and what is committed to, together.
    (dice) => (values, forge) => {
        forge.words = forge.words.filter(({ event }) => event !== forge.entries.length);
        values.words = [forge.commit_(forge.entries.length, "text", dice.one_of(words_of_nobody))];
    },
];

export function pack_with(forge) {
    return zip(members_with(forge));
}
export function pack_of_bent(at, bend) {
    return zip(members_with(busy_ledger(new BentForge(at, bend))));
}

function some_of(dice, count) {
    return new Set(Array.from({ length: count }, () => dice.below(events)));
}

function bent_ledger(dice) {
    return busy_ledger(new BentForge(dice.below(events), dice.one_of(bends)(dice)));
}

// Packs of another ledger, whole in themselves; and what else a maker of packs could do.
const well_formed = [
    (dice) => zip(members_with(bent_ledger(dice))),
    (dice) => zip(members_with(bent_ledger(dice))),
    (dice) => zip(members_with(bent_ledger(dice))),
    (dice) => zip(members_with(add_strays(dice, busy_ledger(new BentForge(-1, null)), 12))),
    (dice) => zip(members_with(add_strays(dice, busy_ledger(new BentForge(-1, null)), 12))),
    // Some leaves are left out, whatever their plan, and perhaps more or fewer than is said.
    (dice) => zip(members_with(whole, { left_out: some_of(dice, 1 + dice.below(4)) })),
    (dice) => zip(members_with(bent_ledger(dice), { left_out: some_of(dice, dice.below(3)) })),
    (dice) => {
        const members = members_with(whole, { left_out: some_of(dice, 1 + dice.below(3)) });
        dice.one_of([
            () => replace(members, "pack.json", /"leaves":\d+/,
                `"leaves":${dice.one_of([0, 1, events - 1, events, events + 1])}`),
            () => {
                const name = dice.one_of([...members.keys()].filter((each) =>
                    each.startsWith("tile/")));
                members.set(name, flipped(dice, members.get(name)));
            },
            () => members.delete(dice.one_of([...members.keys()])),
        ])();
        return zip(with_page(members, page));
    },
    // The same ledger with two entries in each other's place.
    (dice) => {
        const forge = busy_ledger(new BentForge(-1, null));
        const order = [...forge.entries];
        const at = dice.below(order.length - 1);
        [order[at], order[at + 1]] = [order[at + 1], order[at]];
        return rebuilt(forge, order);
    },
    (dice) => {
        const forge = busy_ledger(new BentForge(-1, null));
        const order = [...forge.entries];
        const at = dice.below(order.length);
        order[at] = dice.below(3) === 0 ? flipped(dice, order[at]) : order[dice.below(at + 1)];
        return rebuilt(forge, order);
    },
    // Entries and tiles are new, the checkpoint is the old one.
    (dice) => zip(members_with(bent_ledger(dice), { checkpoint: whole.checkpoint() })),
    (dice) => {
        const signer = dice.one_of([whole.ledger_key, whole.signer("ledger"),
            whole.signer("stranger"), whole.signer("head-of-send")]);
        return zip(members_with(whole, { checkpoint: whole.checkpoint({ signer,
            size: events - dice.below(2), witnesses: dice.one_of([[], ["w1.example"]]),
            origin: dice.one_of([whole.origin, whole.origin, "other.example/send"]) }) }));
    },
    // An earlier checkpoint, its ledger's or not, under its own number or another.
    (dice) => {
        const members = copied();
        const size = 1 + dice.below(events - 1);
        const signer = dice.one_of([whole.ledger_key, whole.signer("ledger"),
            whole.signer("stranger")]);
        const note = whole.checkpoint({ signer, size, witnesses: dice.one_of([[], ["w1.example"]]),
            origin: dice.one_of([whole.origin, whole.origin, "other.example/send"]) });
        members.set(`earlier/${size + (dice.below(5) === 0 ? 1 : 0)}`,
            dice.below(4) === 0 ? flipped(dice, note) : note);
        if (dice.below(4) === 0) {
            members.set(`earlier/${1 + dice.below(events)}.0.tsr`, new Uint8Array(dice.below(64)));
        }
        return zip(with_page(members, page));
    },
    (dice) => {
        const witnesses = dice.one_of([[], ["w1.example"], ["w1.example", "w2.example"]]);
        return zip(members_with(whole, { checkpoint: whole.checkpoint({ witnesses }),
            policy: whole.policy(dice.one_of([[], ["w1.example"], ["w2.example"]])) }));
    },
    (dice) => {
        const members = copied();
        replace(members, "pack.json", ...dice.one_of(claims));
        return zip(with_page(members, page));
    },
    (dice) => {
        const members = copied();
        const name = dice.one_of(["words.jsonl", "documents.jsonl", "shown.jsonl"]);
        members.set(name, utf8(bent_lines(dice, text_of(members, name))));
        return zip(with_page(members, page));
    },
];

const other_hash = to_hex(bytes_from("other"));
const claims = [[/"origin":"f/, '"origin":"g'], [/"ledger":"\w+/, `"ledger":"${other_hash}`],
    [/"root":"\w+/, `"root":"${other_hash}`], [/"page":"\w+/, `"page":"${other_hash}`],
    ['"title",', ""], [/"disclosed":\[[^\]]*\]/, '"disclosed":[]'], ['"text"', '"nobody"'],
    ['"plan":"TH"', '"plan":"TQ"'], [/"as_known":"[^"]*/, '"as_known":"2021-01-01'],
    [/"as_at":"[^"]*/, '"as_at":"2022-01-02'], ["wsoa-pack/v1", "wsoa-pack/v2"]];

function bent_lines(dice, text) {
    const lines = text.split("\n").slice(0, -1);
    const at = dice.below(lines.length);
    const to = dice.below(lines.length);
    switch (dice.below(8)) {
        case 0: lines.splice(at, 1); break;
        case 1: lines.splice(at, 0, lines[at]); break;
        case 2: [lines[at], lines[to]] = [lines[to], lines[at]]; break;
        case 3: lines[at] = lines[at].replace(/"event":\d+/, `"event":${dice.below(80)}`); break;
        case 4: lines[at] = lines[at].replace(/"text":"[^"]*/, '"text":"Another'); break;
        case 5: lines[at] = lines[at].replace(/"(salt|sha256)":"../, '"$1":"00'); break;
        case 6: lines[at] = lines[at].replace(/"(rating|stage|lead|owner|by|kind)":"/, '"$1":"x');
            break;
        default: lines[at] = lines[at].replace(/"(waits|percent|overdue|document)":\w+/, '"$1":3');
    }
    return lines.map((line) => `${line}\n`).join("");
}

// A pack of these entries: tree, tiles and checkpoint are made of them.
function rebuilt(forge, order) {
    const other = new BentForge(-1, null);
    other.ledger_key = forge.ledger_key;
    order.forEach((entry) => other.append(entry, "ledger"));
    Object.assign(other, { words: forge.words, documents: forge.documents });
    return zip(members_with(other));
}

export function* packs(dice, count) {
    for (let i = 0; i < count; ++i) {
        yield i % 5 < 2 ? { is_well_formed: false, parts: [raw_pack(dice)] }
            : { is_well_formed: true, parts: [dice.one_of(well_formed)(dice)] };
    }
}
