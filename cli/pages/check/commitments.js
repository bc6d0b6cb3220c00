// What events commit to without holding it: words and documents (schemas/README.md, "Words" and
// "Documents").
import { checked_text, word_bytes_max } from "./text.js";
import { equal, u16_bytes, u64_bytes, utf8 } from "./bytes.js";
import { read_object } from "./json.js";
import { Refusal, attempt, refuse } from "./refusal.js";
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

// Each line of the file with its content, or with the refusal of it, in the order of the file.
export function* read_lines(bytes, types, schema) {
    for (let at = 0; at < bytes.length;) {
        const end = bytes.indexOf(10, at);
        if (end < 0) {
            yield { line: null, refusal: new Refusal("it does not end in a line feed") };
            return;
        }
        const { value, refusal } = attempt(() => read_line(bytes.subarray(at, end), types, schema));
        yield { line: value, refusal };
        at = end + 1;
    }
}

function read_line(bytes, types, schema) {
    if (bytes.length > line_bytes_max) {
        refuse(`a line has ${bytes.length} bytes; at most ${line_bytes_max} are taken`);
    }
    const line = read_object(bytes, types, schema);
    if (types === document_types && line.member !== `documents/${line.event}`) {
        refuse(`the document of event ${line.event} does not lie in ${line.member.slice(0, 40)}`);
    }
    return line;
}

export const word_types = { event: "count", field: "field", salt: "hash", text: "text" };
export const document_types = { event: "count", member: "text", number: "count", salt: "hash",
    size: "count", media: "text", sha256: "hash" };

// Refuses a word that is not what its event committed to.
export function check_word(schema, event, word) {
    const committed = event.change.words.find(({ field }) => field === word.field);
    if (committed === undefined) {
        refuse(`"${word.field}" is not committed to`);
    }
    checked_text(utf8(word.text), word_bytes_max);
    const { number } = schema.words[word.field];
    const commitment = commit_to_word(event.change.ledger, number, word.salt, word.text);
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
