// Ledgers of every kind in which one field of one event is another one, spelled anew: a member of a
// plan's state that one of the two forgets shows in its digest. Folds look at no signature.
import { utf8 } from "../../../cli/pages/check/bytes.js";
import { read_event } from "../../../cli/pages/check/event.js";
import { bent_value } from "./bent.mjs";
import { schema } from "./built.mjs";
import { ledger_of_every_kind, plan_of_every_kind } from "./every_kind.mjs";
import { change_bytes, entry_bytes } from "./forge.mjs";

const forge = ledger_of_every_kind();
export const entries_of_every_kind = forge.entries;
export const begins_at = forge.subjects.indexOf(plan_of_every_kind);

export const state_case = (entries, plan = plan_of_every_kind) => [utf8(plan), ...entries];

// Of the envelope, what folds take from it.
const envelope = ["effective", "asRole", "onBehalfOf", "answers"];
const { slots: slots_of_envelope, members } = schema.structs.Change;

function slots_of(kind) {
    return schema.structs[members.find((each) => each?.name === kind).record].slots;
}

// The entry with one field changed by `bend(slot, value)`.
export function bent_entry(at, { name, is_own }, bend = (slot, value) => value) {
    const { change, recorded_at, signature } = read_event(schema, at, entries_of_every_kind[at]);
    const slot = (is_own ? slots_of(change.kind) : slots_of_envelope)
        .find((each) => each.name === name);
    const held = is_own ? change[change.kind] : change;
    held[name] = bend(slot, held[name]);
    return entry_bytes(recorded_at, change_bytes(change), signature);
}

// The entries of these places, one after the other: each answers the last that was taken from the
// place of what it had answered, or, where none was, the one before it.
export function retold(places) {
    const last_of = new Map();
    return places.map((from, at) => {
        const { change, recorded_at, signature } =
            read_event(schema, from, entries_of_every_kind[from]);
        last_of.set(from, at);
        if (change.answers !== null) {
            change.answers = last_of.get(change.answers) ?? at - 1;
            change.seen.size = at;
        }
        return entry_bytes(recorded_at, change_bytes(change), signature);
    });
}

// Every field of every event of the plan, as {at, name, is_own}.
export const fields_of_every_kind = entries_of_every_kind.flatMap((entry, at) => at < begins_at ? []
    : [...slots_of(read_event(schema, at, entry).change.kind)
        .map(({ name }) => ({ at, name, is_own: true })),
    ...envelope.map((name) => ({ at, name, is_own: false }))]);

// `count` of them, from all over.
export function* states(dice, count) {
    for (let i = 0; i < count; ++i) {
        const field = fields_of_every_kind[Math.floor(i * fields_of_every_kind.length / count)];
        const entries = [...entries_of_every_kind];
        entries[field.at] = bent_entry(field.at, field, (slot, value) =>
            bent_value(dice, forge, slot, value));
        yield { name: `event ${field.at} with another ${field.name}, mutant ${i}`,
            is_well_formed: true, parts: state_case(entries) };
    }
}
