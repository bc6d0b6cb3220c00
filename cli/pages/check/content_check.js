// What was disclosed: words and documents against the commitments of their events, and the state
// of the plan against what the events make of it.
import { equal } from "./bytes.js";
import { check_document, check_word, document_keys, read_lines, word_keys }
    from "./commitments.js";
import { fold, new_state } from "./fold.js";
import { member, read_state } from "./pack.js";
import { attempt } from "./refusal.js";
import { sha256_of_large } from "./sha256.js";
import { differences } from "./state_check.js";

// The lines of a member, one after the other; none where it is missing. A wrong one is told of.
function* lines_of(context, id, name, keys) {
    const { verdict, pack } = context;
    const find = (what, sort) => verdict.find(id, { what: `${name}${what}` }, sort);
    const { value: content, refusal } = attempt(() => member(pack, name));
    if (refusal !== null) {
        find(`: ${refusal.message}`);
        return;
    }
    let number = 0;
    for (const { line, refusal: wrong } of read_lines(content, keys)) {
        ++number;
        if (wrong === null) {
            yield line;
        } else {
            find(`, line ${number}: ${wrong.message}`, `${name} line`);
        }
    }
}

function event_of(context, id, index) {
    const event = context.check.events[index];
    if (event === undefined) {
        context.verdict.find(id, { event: index, what: "something of it is disclosed, but there " +
            "is no such event" }, `${id} no event`);
    }
    return event;
}

// What the pack says about how much it discloses must be true: nobody is to find more in it.
function check_disclosure(context, event, field) {
    const { about, verdict } = context;
    if (about === null) {
        return;
    }
    if (!about.disclosed.includes(field)) {
        verdict.find("words", { event: event.index,
            what: `its words in "${field}" are here, which the pack does not say` }, "more words");
    }
    if (!about.restricted && event.change.classification === "restricted") {
        verdict.find("words", { event: event.index,
            what: "its words are restricted, and the pack says that it holds none such" },
        "restricted words");
    }
}

export async function check_words(context) {
    const { verdict, words, given, pauses } = context;
    let [checked, before] = [0, { event: -1, number: 0 }];
    for (const word of lines_of(context, "words", "words.jsonl", word_keys)) {
        await pauses.when_due();
        const event = event_of(context, "words", word.event);
        if (event === undefined) {
            continue;
        }
        const { refusal } = attempt(() => check_word(given.schema, event, word));
        if (refusal !== null) {
            verdict.find("words", { event: word.event,
                what: `the words do not match the event: ${refusal.message}` }, "word");
            continue;
        }
        const { number } = given.schema.words[word.field];
        if (word.event < before.event ||
            (word.event === before.event && number <= before.number)) {
            verdict.find("words", { event: word.event,
                what: "words.jsonl does not stand in the order of events and fields" }, "order");
        }
        before = { event: word.event, number };
        check_disclosure(context, event, word.field);
        if (!words.has(word.event)) {
            words.set(word.event, new Map());
        }
        words.get(word.event).set(word.field, word.text);
        ++checked;
    }
    verdict.settle("words", `${checked} words against their commitments`);
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
    const event = event_of(context, "documents", line.event);
    if (event === undefined) {
        return 0;
    }
    const find = (what) => verdict.find("documents",
        { event: line.event, what: `document ${line.number}: ${what}` }, "document");
    const { refusal } = attempt(() => check_document(event, line));
    if (refusal !== null || line.member !== `documents/${line.event}`) {
        find(refusal?.message ?? `it is not at ${line.member.slice(0, 40)}`);
        return 0;
    }
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
    const lines = [...lines_of(context, "documents", "documents.jsonl", document_keys)];
    let [checked, before] = [0, -1];
    for (const line of lines) {
        if (line.event <= before) {
            verdict.find("documents", { event: line.event,
                what: "documents.jsonl does not stand in the order of events" }, "order of lines");
        }
        before = line.event;
        checked += await check_one_document(context, line);
    }
    const told = new Set(lines.map(({ member: name }) => name));
    for (const name of pack.members.keys()) {
        if (name.startsWith("documents/") && !told.has(name)) {
            verdict.find("documents", { what: `${name} belongs to no event` }, "no event");
        }
    }
    const what = `${checked} of ${lines.length} documents against their commitments`;
    const is_broken = verdict.findings.some(({ item, class: is }) =>
        item === "documents" && is === "breach");
    if (given.is_embedded && lines.length > 0 && !is_broken) {
        verdict.leave("documents", what, "the page holds their commitments, not their content: " +
            "drop the pack's zip file here to check it");
    } else {
        verdict.settle("documents", what);
    }
}

// What was known by the end of a day: the first events, as many as were recorded by then.
export function state_known_on(check, day) {
    const state = new_state();
    let size = 0;
    for (const event of check.events) {
        if (event !== undefined && event.recorded_on > day) {
            break;
        }
        ++size;
        if (event !== undefined) {
            fold(state, event);
        }
    }
    return { state, size };
}

export function check_state(context) {
    const { verdict, pack, about, check, words } = context;
    const what = "what the plan was on the day of the pack, against the events";
    if (about === null || check.zone === null) {
        verdict.leave("state", what, "the pack does not say of which day it tells");
        return;
    }
    const read = attempt(() => read_state(pack));
    if (read.refusal !== null) {
        verdict.fail("state", what, read.refusal.message);
        return;
    }
    const told = read.value;
    const { state } = state_known_on(check, about.as_known_day);
    const plan = state.plans.get(about.plan);
    if (plan === undefined || told.plan !== about.plan || told.as_at !== about.as_at ||
        told.as_known !== about.as_known) {
        verdict.fail("state", what, "state.json tells of another plan or day than pack.json");
        return;
    }
    const title_of = (ref) => words.get(title_event(plan, ref, about.as_at_day))?.get("title")
        ?? null;
    for (const difference of differences(plan, about, told.shown, title_of)) {
        verdict.find("state", { what: `shown.jsonl: ${difference}` }, "state");
    }
    verdict.settle("state", `${what}: ${told.shown.length} parts of it, but not its digest`);
}

// The event whose words say what a part of the plan is called on that day.
export function title_event(plan, ref, day) {
    if (ref === plan.ref) {
        return plan.drafted_at;
    }
    const area = plan.areas.get(ref);
    return area !== undefined ? area.title.value_at(day) ?? area.added_at
        : (plan.actions.get(ref) ?? plan.outcomes.get(ref) ?? plan.evidence.get(ref) ??
            plan.milestones.get(ref) ?? plan.measures.get(ref) ?? plan.meetings.get(ref))?.added_at;
}
