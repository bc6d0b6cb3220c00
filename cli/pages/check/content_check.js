// What was disclosed: words and documents against the commitments of their events, and the state
// of the plan against what the events make of it.
import { equal } from "./bytes.js";
import { check_document, check_word, document_types, read_lines, word_types }
    from "./commitments.js";
import { fold, new_state } from "./fold.js";
import { member, read_shown, read_state } from "./pack.js";
import { at_once } from "./pause.js";
import { digest_of, state_label } from "./plan_digest.js";
import { attempt } from "./refusal.js";
import { sha256_of_large } from "./sha256.js";
import { differences } from "./state_check.js";
import { date_text } from "./time.js";

// The lines of a member, one after the other; none where it is missing. A wrong one is told of.
function* lines_of(context, check, name, types) {
    const { verdict, pack, given } = context;
    const find = (what, more) =>
        verdict.find(check, `member:${name}`, { what: `${name}${what}` }, more);
    const { value: content, refusal } = attempt(() => member(pack, name));
    if (refusal !== null) {
        find(`: ${refusal.message}`);
        return;
    }
    let number = 0;
    for (const { line, refusal: wrong } of read_lines(content, types, given.schema)) {
        ++number;
        if (wrong === null) {
            yield line;
        } else {
            find(`, line ${number}: ${wrong.message}`, { sort: `${name} line` });
        }
    }
}

function event_of(context, check, item, index) {
    const event = context.check.events[index];
    if (event === undefined || event === null) {
        context.verdict.find(check, item, { event: index, what: "something of it is disclosed, " +
            "but there is no such event" }, { sort: `${check} no event` });
        return undefined;
    }
    return event;
}

// What the pack says about how much it discloses must be true: nobody is to find more in it.
function check_disclosure({ about, verdict }, item, event, field) {
    if (!about.disclosed.includes(field)) {
        verdict.find("words", item, { event: event.index,
            what: `its words in "${field}" are here, which the pack does not say` },
        { sort: "more words" });
    }
    check_restricted({ about, verdict }, "words", item, event);
}

function check_restricted({ about, verdict }, check, item, event) {
    if (!about.restricted && event.change.classification === "restricted") {
        const what = check === "words" ? "its words are" : "its document is";
        verdict.find(check, item, { event: event.index,
            what: `${what} restricted, and the pack says that it holds none such` },
        { sort: `restricted ${check}` });
    }
}

export async function check_words(context) {
    const { verdict, words, given, pauses } = context;
    let [checked, before] = [0, { event: -1, number: 0 }];
    for (const word of lines_of(context, "words", "words.jsonl", word_types)) {
        await pauses.when_due();
        const { number } = given.schema.words[word.field];
        if (word.event < before.event ||
            (word.event === before.event && number <= before.number)) {
            verdict.find("words", "member:words.jsonl", { what: `words.jsonl: event ` +
                `${word.event} does not stand in the order of events and fields` },
            { sort: "order of words" });
        }
        before = { event: word.event, number };
        checked += check_one_word(context, word) ? 1 : 0;
    }
    verdict.settle("words", `${checked} words against their commitments`);
}

function check_one_word(context, word) {
    const { verdict, words, given } = context;
    const item = `word:${word.event}/${word.field}`;
    const event = event_of(context, "words", item, word.event);
    if (event === undefined) {
        return false;
    }
    check_disclosure(context, item, event, word.field);
    const { refusal } = attempt(() => check_word(given.schema, event, word));
    if (refusal !== null) {
        verdict.find("words", item, { event: word.event,
            what: `the words do not match the event: ${refusal.message}` }, { sort: "word" });
        return false;
    }
    if (!words.has(word.event)) {
        words.set(word.event, new Map());
    }
    words.get(word.event).set(word.field, word.text);
    return true;
}

async function fault_of_document(line, bytes) {
    if (bytes.length !== line.size) {
        return `it has ${bytes.length} bytes, where ${line.size} were committed to`;
    }
    return equal(await sha256_of_large(bytes), line.sha256) ? null
        : "its content is not what was committed to";
}

async function check_one_document(context, line) {
    const { verdict, pack, given, documents } = context;
    const item = `document:${line.event}`;
    const event = event_of(context, "documents", item, line.event);
    if (event === undefined) {
        return 0;
    }
    const find = (what) => verdict.find("documents", item,
        { event: line.event, what: `document ${line.number}: ${what}` }, { sort: "document" });
    const { refusal } = attempt(() => check_document(event, line));
    if (refusal !== null) {
        find(refusal.message);
        return 0;
    }
    check_restricted(context, "documents", item, event);
    const bytes = pack.members.get(line.member);
    if (bytes === undefined && given.is_embedded) {
        documents.push({ ...line, bytes: null });
        return 0;
    }
    const fault = bytes === undefined ? "its content is missing"
        : await fault_of_document(line, bytes);
    if (fault !== null) {
        find(fault);
        return 0;
    }
    documents.push({ ...line, bytes });
    return 1;
}

export async function check_documents(context) {
    const { verdict, pack, given } = context;
    const lines = [...lines_of(context, "documents", "documents.jsonl", document_types)];
    let [checked, before] = [0, -1];
    for (const line of lines) {
        if (line.event <= before) {
            verdict.find("documents", "member:documents.jsonl", { what: "documents.jsonl: event " +
                `${line.event} does not stand in the order of events` },
            { sort: "order of documents" });
        }
        before = line.event;
        checked += await check_one_document(context, line);
    }
    const told = new Set(lines.map(({ member: name }) => name));
    for (const name of pack.members.keys()) {
        if (name.startsWith("documents/") && !told.has(name)) {
            verdict.find("documents", `member:${name}`,
                { what: `${name} belongs to no line of documents.jsonl` }, { sort: "no event" });
        }
    }
    const what = `${checked} of ${lines.length} documents against their commitments`;
    const is_broken = verdict.findings.some(({ check, class: is }) =>
        check === "documents" && is === "breach");
    if (given.is_embedded && lines.length > 0 && !is_broken) {
        verdict.leave("documents", what, "the page holds their commitments, not their content: " +
            "drop the pack's zip file here to check it");
    } else {
        verdict.settle("documents", what);
    }
}

// Yields after each event.
function* fold_up_to(check, day) {
    const later = check.events.findIndex((event) => event?.recorded_on > day);
    if (later < 0) {
        return { state: check.state, size: check.events.length };
    }
    const state = new_state();
    for (const event of check.events.slice(0, later)) {
        if (event !== undefined && event !== null) {
            fold(state, event);
        }
        yield;
    }
    return { state, size: later };
}

// What was known by the end of a day: the first events, as many as were recorded by then.
export function state_known_on(check, day) {
    return at_once(fold_up_to(check, day));
}
// The same of the pack's own day, for all that asks for it.
export function state_known({ check, about, pauses }) {
    return pauses.through(fold_up_to(check, about.as_known_day));
}

const state_what = "what the plan was on the day of the pack, against the events";

// Whether state.json tells of the plan and the days of pack.json; the plan then, or null, and what
// state.json says.
function plan_told_of({ verdict, pack, about, check, known: { state, size } }) {
    const read = attempt(() => read_state(pack));
    if (read.refusal !== null) {
        verdict.fail("state", "member:state.json", state_what, read.refusal.message);
        return null;
    }
    const told = read.value;
    if (told.plan !== about.plan || told.as_at !== about.as_at ||
        told.as_known !== about.as_known) {
        verdict.fail("state", "state", state_what,
            "state.json tells of another plan or other days than pack.json");
        return null;
    }
    const obstacle = check.events.slice(0, size).includes(undefined)
        ? "an event before that day cannot be read"
        : check.zone === null ? "event 0 names no time zone that is known here" : null;
    if (obstacle !== null) {
        verdict.leave("state", state_what, obstacle);
        return null;
    }
    const plan = state.plans.get(about.plan);
    if (plan === undefined) {
        verdict.fail("state", "state", state_what,
            `the plan ${about.plan} was not there on the day that the pack tells of`);
    }
    return plan === undefined ? null : { plan, told };
}

const digest_what = "the digest of the plan's state";

async function check_digest({ verdict, about, given, pauses }, { plan, told }) {
    if (told.format !== state_label) {
        verdict.leave("digest", digest_what, `it is of the form ${told.format.slice(0, 80)}, and ` +
            `this page makes ${state_label}`);
        return;
    }
    if (!equal(await digest_of(plan, given.schema, pauses), told.digest)) {
        verdict.find("digest", "digest",
            { what: "state.json: the digest of the plan's state is not what the events give" });
    }
    verdict.settle("digest", `the digest of the state of ${plan.ref} as known on ` +
        date_text(about.as_known_day));
}

export async function check_state(context) {
    const { verdict, pack, about, words } = context;
    const found = plan_told_of(context);
    if (found === null) {
        verdict.leave("digest", digest_what, "there is no plan of that day to make it of");
        return;
    }
    const { plan } = found;
    await check_digest(context, found);
    const { value: shown, refusal } = attempt(() => read_shown(pack));
    if (refusal !== null) {
        if (pack.members.has("shown.jsonl")) {
            verdict.find("state", "shown", { what: `shown.jsonl: ${refusal.message}` });
        }
        verdict.settle("state", state_what);
        return;
    }
    const title_of = (ref) => words.get(title_event(plan, ref, about.as_at_day))?.get("title")
        ?? null;
    for (const difference of differences(plan, about, shown, title_of)) {
        verdict.find("state", "shown", { what: `shown.jsonl: ${difference}` }, { sort: "state" });
    }
    verdict.settle("state", `${state_what}: ${shown.length} parts of it`);
}

// The event whose words say what a part of the plan is called on that day.
export function title_event(plan, ref, day) {
    if (ref === plan.ref) {
        return plan.drafted_at;
    }
    const area = plan.areas.get(ref);
    return area !== undefined ? area.title.value_at(day) ?? area.added_at
        : (plan.actions.get(ref) ?? plan.outcomes.get(ref) ?? plan.evidence.get(ref) ??
            plan.milestones.get(ref) ?? plan.measures.get(ref))?.added_at ??
            plan.meetings.get(ref)?.recorded.index;
}
