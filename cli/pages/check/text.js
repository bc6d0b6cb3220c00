// Which texts are taken at all (schemas/README.md, "Canonical bytes"), and the shapes of the names
// that stand in events.
import { text_from_utf8 } from "./bytes.js";
import { refuse } from "./refusal.js";

export const text_bytes_max = 1024;
export const word_bytes_max = 32768;

// Control characters, separators of lines, what Unicode does not define, surrogates, private use.
// Which characters are defined grows with Unicode's version: a browser newer than the ledger's
// program (Unicode 15.0) may take a character that the program refuses, never the reverse for what
// the program has recorded.
const refused_character = /[\p{Cc}\p{Zl}\p{Zp}\p{Cn}\p{Co}\p{Cs}]/u;
// They reorder what stands around them: a reader would see another text than was signed.
const turning_character = /[\u202a-\u202e\u2066-\u2069]/u;
const plain = /^[ -~]+$/;

// The text of these bytes, if it is one: UTF-8 in NFC, on one line.
export function checked_text(bytes, bytes_max) {
    if (bytes.length === 0) {
        refuse("the text is empty");
    }
    if (bytes.length > bytes_max) {
        refuse(`the text has ${bytes.length} bytes; at most ${bytes_max} are taken`);
    }
    const text = text_from_utf8(bytes);
    if (plain.test(text)) {
        return text;
    }
    if (refused_character.test(text)) {
        refuse("the text holds a character that is no part of one line of text");
    }
    if (turning_character.test(text)) {
        refuse("the text holds a character that turns the writing direction");
    }
    if (text.normalize("NFC") !== text) {
        refuse("the text is not in Unicode's composed form (NFC)");
    }
    return text;
}

const plan_shape = "[A-Z][A-Z0-9]{0,11}";
const part_shape = "[A-Za-z0-9](?:[A-Za-z0-9.]*[A-Za-z0-9])?";
const person_shape = "[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,47}";
const shapes = {
    planRef: new RegExp(`^${plan_shape}$`),
    subjectRef: new RegExp(
        `^(?=.{1,64}$)(?:ledger|@${person_shape}|${plan_shape}(?:-${part_shape})*)$`),
    personId: new RegExp(`^${person_shape}$`),
    origin: /^(?!.*:\/\/)[!-*,-~]{1,200}$/,
    zone: /^(?=.{1,64}$)[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z][A-Za-z0-9_+-]*)*$/,
    ratingCode: /^[A-Z]{1,3}$/,
    versionLabel: /^[A-Za-z0-9][A-Za-z0-9.-]{0,11}$/,
};

// Refuses a text that is not what its field holds.
export function check_held(holds, text) {
    const shape = shapes[holds];
    if (shape === undefined) {
        throw new Error(`no text field holds ${holds}`);
    }
    if (!shape.test(text)) {
        refuse(`"${text.slice(0, 64)}" does not have the form of a ${holds}`);
    }
}

export function is_plan_ref(text) {
    return shapes.planRef.test(text);
}

// The plan that a subject belongs to; null for the ledger and for people.
export function plan_of(subject) {
    const first = subject.split("-", 1)[0];
    return is_plan_ref(first) ? first : null;
}
// The person whom a subject is; null if it is none.
export function person_of(subject) {
    return subject.startsWith("@") ? subject.slice(1) : null;
}
