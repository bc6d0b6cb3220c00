// Changes and events from their canonical bytes (schemas/README.md, "A change's envelope" and "An
// event").
import { to_hex } from "./bytes.js";
import { Message, check_canonical, size_of_bytes } from "./capnp.js";
import { Refusal, refuse, within } from "./refusal.js";
import { plan_of } from "./text.js";
import { Walk } from "./walk.js";

const change_bytes_max = 60_000;
export const event_bytes_max = 65_535;
const format_known = 1;
const fields_max = 64;
const signature_bytes = 64;
const year_2200_ms = 7_258_118_400_000n;

// Whether a newer format may be read at all is for newer programs to know, so this comes first.
function check_format(message, root) {
    const format = message.number(root, 0, 16);
    if (format === 0) {
        refuse("the change names no format");
    }
    if (format !== format_known) {
        throw new Refusal(
            `the change has format ${format}, which a newer program may know`, "unknown");
    }
}

// The number of a field of words, also of one that only a newer program knows.
function number_of_field(schema, field) {
    return typeof field === "number" ? field : schema.words[field].number;
}

function check_words(schema, words) {
    let before = 0;
    for (const { field } of words) {
        const number = number_of_field(schema, field);
        if (number >= fields_max) {
            refuse(`words: ${number} is no field's number`);
        }
        if (number <= before) {
            refuse("words: the fields do not stand in ascending order, each once");
        }
        before = number;
    }
}

// What no single field shows.
function check_together(change) {
    const plan = plan_of(change.subject);
    if (change.plan !== plan) {
        refuse(`the plan is "${change.plan ?? ""}", but the subject "${change.subject}" is of ` +
            `${plan ?? "no plan"}`);
    }
    if (change.answers !== null && change.answers >= change.seen.size) {
        refuse(`the change answers event ${change.answers}, but saw only ${change.seen.size} ` +
            "events");
    }
}

// The change as a plain object: the envelope's fields by their names, `kind`, and `fields` of the
// kind's own.
export function read_change(schema, bytes) {
    const message = new Message(bytes, change_bytes_max);
    const root = message.root();
    check_format(message, root);
    const walk = new Walk(schema, message);
    const change = walk.struct("Change", root);
    check_canonical(message);
    check_words(schema, change.words);
    check_together(change);
    if (walk.unknown !== null) {
        throw new Refusal(`the change holds ${walk.unknown}, which this program does not know ` +
            "but a newer one may", "unknown");
    }
    change.fields = change[change.kind];
    change.author = to_hex(change.authorKey);  // asked for again and again
    return change;
}

function part_of(message, root, place, name) {
    return within(name, () => {
        const list = message.pointer_of(root, place);
        if (list === null) {
            refuse("it is missing");
        }
        if (!list.is_list) {
            refuse("there is something else in its place");
        }
        if (list.size !== size_of_bytes) {
            refuse("there is another kind of list in its place");
        }
        return message.bytes_of(list);
    });
}

function check_extent(root) {
    if (root.data_words > 1 || root.pointers > 2) {
        throw new Refusal("the entry holds a field that this program does not know but a newer " +
            "one may", "unknown");
    }
}

function read_entry(bytes) {
    const message = new Message(bytes, event_bytes_max);
    const root = message.root();
    const recorded = BigInt.asIntN(64, message.number(root, 0, 64));
    if (recorded < 0n || recorded >= year_2200_ms) {
        refuse("an event is recorded between 1970 and 2199");
    }
    const change = part_of(message, root, 0, "change");
    if (change.length === 0) {
        refuse("the entry holds no change");
    }
    const signature = part_of(message, root, 1, "signature");
    if (signature.length !== signature_bytes) {
        refuse(`a signature has ${signature_bytes} bytes, not ${signature.length}`);
    }
    check_canonical(message);
    check_extent(root);
    return { recorded_at: Number(recorded), change_bytes: change, signature };
}

// An event at its place. `change` is as read_change gives it, its bytes as they were signed.
export function read_event(schema, index, bytes) {
    return within(`event ${index}`, () => {
        const entry = read_entry(bytes);
        return { index, ...entry, change: read_change(schema, entry.change_bytes) };
    });
}
