// What events commit to without holding it: words and documents (schemas/README.md, "Words" and
// "Documents").
import { checked_text, word_bytes_max } from "./text.js";
import { equal, from_hex, u16_bytes, u64_bytes, utf8 } from "./bytes.js";
import { Refusal, refuse } from "./refusal.js";
import { sha256 } from "./sha256.js";

const word_label = utf8("wsoa-ledger/word/v1\n");
const document_label = utf8("wsoa-ledger/document/v1\n");
const line_bytes_max = 131_072;

export function commit_to_word(ledger, number, salt, text) {
    return sha256(word_label, ledger, u16_bytes(number), salt, utf8(text));
}

export function commit_to_document(ledger, document) {
    return sha256(document_label, ledger, u64_bytes(document.number), document.salt,
        u64_bytes(document.size), document.sha256);
}

// One JSON object of just these keys, each of the type given; `hash` is 32 bytes in hex.
function read_line(line, keys) {
    let object;
    try {
        object = JSON.parse(line);
    } catch {
        refuse("a line is not JSON");
    }
    const names = Object.keys(object ?? {});
    const fits = typeof object === "object" && object !== null && !Array.isArray(object) &&
        names.join() === Object.keys(keys).join();
    // The one spelling that JSON.stringify gives: no key twice, no escape where none is needed.
    if (!fits || JSON.stringify(object) !== line) {
        refuse(`a line is not written as {${Object.keys(keys).join(", ")}}`);
    }
    for (const [name, type] of Object.entries(keys)) {
        object[name] = read_value(object[name], type, name);
    }
    return object;
}

function read_value(value, type, name) {
    if (type === "number" ? !(Number.isSafeInteger(value) && value >= 0)
        : typeof value !== "string") {
        refuse(`"${name}" is not what it should be`);
    }
    if (type !== "hash") {
        return value;
    }
    const bytes = from_hex(value);
    return bytes.length === 32 ? bytes : refuse(`"${name}" has ${bytes.length} bytes, not 32`);
}

// Each line of the file with its content, or with the refusal of it, in the order of the file.
export function* read_lines(bytes, keys) {
    for (let at = 0; at < bytes.length;) {
        const end = bytes.indexOf(10, at);
        if (end < 0) {
            yield { line: null, refusal: new Refusal("it does not end in a line feed") };
            return;
        }
        yield checked_line(bytes.subarray(at, end), keys);
        at = end + 1;
    }
}

function checked_line(bytes, keys) {
    try {
        if (bytes.length > line_bytes_max) {
            refuse(`a line has ${bytes.length} bytes; at most ${line_bytes_max} are taken`);
        }
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
        return { line: read_line(text, keys), refusal: null };
    } catch (error) {
        if (error instanceof Refusal) {
            return { line: null, refusal: error };
        }
        if (error instanceof TypeError) {
            return { line: null, refusal: new Refusal("a line is not valid UTF-8") };
        }
        throw error;
    }
}

export const word_keys = { event: "number", field: "string", salt: "hash", text: "string" };
export const document_keys = { event: "number", member: "string", number: "number", salt: "hash",
    size: "number", media: "string", sha256: "hash" };

// Refuses a word that is not what its event committed to.
export function check_word(schema, event, word) {
    const info = schema.words[word.field];
    if (info === undefined) {
        refuse(`a change has no words in ${word.field.slice(0, 40)}`);
    }
    const committed = event.change.words.find(({ field }) => field === word.field);
    if (committed === undefined) {
        refuse(`"${word.field}" is not committed to`);
    }
    checked_text(utf8(word.text), word_bytes_max);
    const commitment = commit_to_word(event.change.ledger, info.number, word.salt, word.text);
    if (!equal(commitment, committed.commitment)) {
        refuse(`"${word.field}" is not what was committed to`);
    }
}

// The document that an event brings in; null if it brings none.
export function document_named(change) {
    return ["evidenceRegistered", "evidenceVersionAdded"].includes(change.kind)
        ? change.fields.document : null;
}

// Refuses a line about a document that is not what the event committed to.
export function check_document(event, line) {
    const named = document_named(event.change);
    if (named === null || named.number !== line.number) {
        refuse(`event ${line.event} names no document of number ${line.number}`);
    }
    if (!equal(commit_to_document(event.change.ledger, line), named.commitment)) {
        refuse(`document ${line.number} is not the one that was committed to`);
    }
}
