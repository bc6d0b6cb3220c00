// What a pack holds for people to read: README.txt, certificate.txt, policy and evidence.csv. No
// signature covers them, but they follow from the rest of the pack, so that they are written again
// and compared. The texts are the program's (schema.js); what stands in them is found here.
import { compare_texts, equal, to_base64, to_hex, utf8 } from "./bytes.js";
import { note_key, type_ed25519, vkey_of } from "./note.js";
import { member, read_state } from "./pack.js";
import { attempt, refuse } from "./refusal.js";
import { sha256 } from "./sha256.js";
import { entries_of_bundle, hash_bytes, tile_name, tile_width } from "./tiles.js";
import { date_text } from "./time.js";
import { hash_node } from "./tree.js";

export const not_asked_for = "not asked for";
const not_disclosed = "restricted: not in this pack";

export function filled_in(text, values) {
    return text.replace(/@([a-z_]+)@/g, (_, name) => values[name]);
}

function end_of(part, whole) {
    for (let at = 0; at + part.length <= whole.length; ++at) {
        if (equal(part, whole.subarray(at, at + part.length))) {
            return at + part.length;
        }
    }
    return refuse("an entry does not hold what was read from it");
}

// An entry as it is cut out of the bundle that it lies in.
function cut_of(context, index) {
    const { pack, checkpoint } = context;
    const number = Math.floor(index / tile_width);
    const width = Math.min(tile_width, checkpoint.size - number * tile_width);
    const bundle = tile_name("entries", number, width);
    const entries = entries_of_bundle(member(pack, bundle), width)
        .slice(0, index - number * tile_width + 1);
    const end = entries.reduce((sum, entry) => sum + 2 + entry.length, 0);
    return { entry: entries.at(-1), bundle, end };
}

// The plan's newest confirmed rating, or its newest event where there is none.
function shown_event({ about, check }) {
    const of_plan = check.events.filter((event) => event?.change.plan === about.plan);
    return of_plan.findLast(({ change }) => change.kind === "ratingConfirmed") ?? of_plan.at(-1) ??
        refuse(`no entry belongs to the plan ${about.plan}`);
}

function path_lines({ check, checkpoint }, event) {
    let [node, last, hash, lines] = [event.index, checkpoint.size - 1, event.leaf, ""];
    for (const sibling of check.tree.inclusion_path(event.index, checkpoint.size)) {
        const other = `with ${to_base64(sibling)}`;
        const is_left = node % 2 === 1 || node === last;
        lines += is_left ? `    { ${other}; cat by-hand/node; } | above\n`
            : `    { cat by-hand/node; ${other}; } | above\n`;
        hash = is_left ? hash_node(sibling, hash) : hash_node(hash, sibling);
        while (is_left && node % 2 === 0 && node !== 0) {
            [node, last] = [node / 2, Math.floor(last / 2)];
        }
        [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    }
    return lines;
}

// The numbers, names and hashes by which one event is cut out and checked by hand.
function steps_by_hand(context) {
    const { check, checkpoint } = context;
    const event = shown_event(context);
    const { change } = event;
    const key = check.state.keyring.author_key(change);
    if (key === undefined || key.enrolled_at >= event.index) {
        refuse(`no key was enrolled that signed event ${event.index}`);
    }
    const [cut, enrolment] = [cut_of(context, event.index), cut_of(context, key.enrolled_at)];
    const number = Math.floor(event.index / tile_width);
    const width = Math.min(tile_width, checkpoint.size - number * tile_width);
    return { event: event.index, kind: change.kind, subject: change.subject, person: key.person,
        bundle: cut.bundle, entry_end: cut.end, entry_size: cut.entry.length,
        change_end: end_of(event.change_bytes, cut.entry),
        change_size: event.change_bytes.length,
        signature_end: end_of(event.signature, cut.entry),
        key_end: end_of(change.authorKey, event.change_bytes),
        enrolment: key.enrolled_at, enrolment_bundle: enrolment.bundle,
        enrolment_end: enrolment.end, enrolment_size: enrolment.entry.length,
        enrolled_end: end_of(change.authorKey, enrolment.entry),
        tile: tile_name(0, number, width), leaf_end: (event.index % tile_width + 1) * hash_bytes,
        path: path_lines(context, event) };
}

function said_by(about) {
    return { plan: about.plan, origin: about.origin, purpose: about.for,
        as_at: date_text(about.as_at_day), as_known: date_text(about.as_known_day),
        size: about.size, leaves: about.leaves, root: to_hex(about.root),
        disclosed: about.disclosed.join(", ") || "none",
        restricted: about.restricted ? "yes" : "none", made_with: about.made_with,
        page: about.page };
}

function readme(context, key) {
    const { pack, about, given: { schema: { papers } } } = context;
    const tokens = [...pack.members.keys()].filter((name) => name.startsWith("timestamps/"));
    const stamped = tokens.length === 0 ? papers.noTokens
        : papers.tokens +
            tokens.map((_, number) => filled_in(papers.eachToken, { number })).join("");
    const { format, digest } = read_state(pack);
    const said = said_by(about);
    const reach = filled_in(about.leaves < about.size ? papers.someLeaves : papers.allLeaves, said);
    return filled_in(papers.readme, { ...steps_by_hand(context), ...said, reach, key, format,
        state: to_hex(digest), shown: to_hex(sha256(member(pack, "shown.jsonl"))),
        key_bytes: /^[^+]*\+[^+]*\+(.*)$/.exec(key)[1], stamped });
}

function csv_row(cells) {
    return cells.map((cell) =>
        /[,"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join() + "\r\n";
}

function place_of(plan, target) {
    const action = plan.actions.get(target);
    return action !== undefined ? [action.area, target]
        : plan.areas.has(target) ? [target, ""] : ["", target];
}

function note_of_absence(item) {
    return item.erased !== null ? `erased by event ${item.erased.index}`
        : item.document === null ? "its document is not in the ledger"
            : "holds personal data, and has no redacted copy in the ledger";
}

// Where the item's document lies in the pack, and what is said of it. What the pack does not say is
// which items were asked for: one without its document may have any reason that is true of it.
function row_of({ documents, words }, plan, item) {
    const member_of = (added_at) => documents.find(({ event }) => event === added_at)?.member;
    const title = words.get(item.added_at)?.get("title") ?? "";
    const own = member_of(item.added_at);
    if (own !== undefined) {
        return { item, title, member: own, notes: [""] };
    }
    for (const { derivative } of item.redacted_copies) {
        const copy = plan.evidence.get(derivative);
        const at = copy === undefined ? undefined : member_of(copy.added_at);
        if (at !== undefined) {
            return { item, title, member: at, notes: [`as its redacted copy ${derivative}`] };
        }
    }
    const is_plain = item.personal_data === "none" && item.erased === null &&
        item.document !== null;
    return { item, title, member: "",
        notes: [not_asked_for, not_disclosed, ...is_plain ? [] : [note_of_absence(item)]] };
}

// The rows of evidence.csv in their order, each as the texts that it may have.
export function evidence_rows(context, plan) {
    const items = [...plan.evidence.values()];
    const copies = new Set(items.flatMap(({ redacted_copies }) =>
        redacted_copies.map(({ derivative }) => derivative)));
    const table = [];
    for (const item of items.filter(({ ref }) => !copies.has(ref))) {
        const row = row_of(context, plan, item);
        const about = [item.ref, row.title, item.type, String(item.version),
            item.date_of_document === null ? "" : date_text(item.date_of_document),
            item.stage.value_at(Infinity) ?? "", row.member];
        const links = item.links.filter(({ unlinked }) => unlinked === null);
        const places = links.length === 0 ? [["", ""]]
            : links.map(({ target }) => place_of(plan, target));
        places.forEach((place) => table.push({ cells: [...place, ...about], notes: row.notes }));
    }
    table.sort((one, other) => one.cells.reduce((order, cell, i) =>
        order !== 0 ? order : compare_texts(cell, other.cells[i]), 0));
    return [[csv_row(["area", "about", "item", "title", "kind", "version", "date", "state",
        "member", "note"])],
    ...table.map(({ cells, notes }) => notes.map((note) => csv_row([...cells, note])))];
}

// How each paper is made, by its name.
function makers_of(context) {
    const { about, check: { state: { keyring } }, given: { schema } } = context;
    const signer = keyring.signing_key_at(about.size);
    const key = vkey_of(note_key(about.origin, type_ed25519, signer));
    return new Map([["README.txt", () => readme(context, key)],
        ["certificate.txt", () => filled_in(schema.papers.certificate, said_by(about))],
        ["policy", () => `log ${key}\nquorum none\n`]]);
}

// Each paper by its name, as it must be.
export function papers_of(context) {
    return new Map([...makers_of(context)].map(([name, make]) => [name, make()]));
}

function check_evidence(context, find) {
    const { pack, about, known } = context;
    const plan = known.state.plans.get(about.plan);
    const { value: bytes, refusal } = attempt(() => member(pack, "evidence.csv"));
    if (refusal !== null || plan === undefined) {
        find("evidence.csv", refusal?.message ?? "the plan was not there on the day of the pack");
        return;
    }
    let rest = bytes;
    const rows = evidence_rows(context, plan);
    for (const [i, texts] of rows.entries()) {
        const fitting = texts.map(utf8).find((row) => equal(row, rest.subarray(0, row.length)));
        if (fitting === undefined) {
            find("evidence.csv", `row ${i + 1} is not what the events give`);
            return;
        }
        rest = rest.subarray(fitting.length);
    }
    if (rest.length > 0) {
        find("evidence.csv", `row ${rows.length + 1} is not what the events give`);
    }
}

export function check_papers(context) {
    const { verdict, pack, about, given: { schema, is_embedded } } = context;
    const what = "README.txt, certificate.txt, policy and evidence.csv";
    if (context.check.zone === null || context.check.events.includes(undefined)) {
        verdict.leave("papers", what, "they are made from entries that cannot be read");
        return;
    }
    const find = (name, why) =>
        verdict.find("papers", `member:${name}`, { what: `${name}: ${why}` });
    if (about.made_with !== schema.papers.program) {
        const program = `${about.made_with.slice(0, 40)} wrote them, and this page came with ` +
            schema.papers.program;
        if (is_embedded) {
            verdict.fail("papers", "about", what, `pack.json: ${program}`);
        } else {
            verdict.leave("papers", `${what}, which are for people`, program);
        }
        return;
    }
    for (const [name, make] of makers_of(context)) {
        const { value: text, refusal } = attempt(make);
        const bytes = pack.members.get(name);
        if (refusal !== null) {
            find(name, refusal.message);
        } else if (bytes === undefined || !equal(bytes, utf8(text))) {
            find(name, "it is not what the events and pack.json give");
        }
    }
    check_evidence(context, find);
    verdict.settle("papers", `${what}, against what the events give`);
}
