// c2sp.org/signed-note and c2sp.org/tlog-checkpoint, with the cosignatures of tlog-cosignature.
import { concat, equal, from_base64, from_hex, parse_u64, text_from_utf8, to_base64, to_hex,
    u64_at, utf8 } from "./bytes.js";
import { refuse } from "./refusal.js";
import { sha256 } from "./sha256.js";
import { empty_root } from "./tree.js";

const note_bytes_max = 262_144;
const signatures_max = 64;
const signature_bytes_max = 8192;
const vkey_bytes_max = 4096;
export const type_ed25519 = 1;
export const type_cosignature = 4;
export const type_cosignature_mldsa = 6;

// White space of Unicode, to which U+FEFF does not belong; no name of a key holds any.
const space = /[ \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

function check_name(name) {
    if (name === "" || name.includes("+") || space.test(name) || /[\0-\x1f]/.test(name)) {
        refuse("the name of a note's key is text without spaces, line breaks or plus");
    }
}

function id_of(name, type, key) {
    return to_hex(sha256(utf8(`${name}\n`), Uint8Array.of(type), key).subarray(0, 4));
}

// A key of that name and type, as whoever knows the name and the 32 bytes makes it.
export function note_key(name, type, key) {
    check_name(name);
    return { name, type, key, id: id_of(name, type, key) };
}

// name+id+base64(type || key). The base64 may hold a plus of its own: the first two divide.
export function parse_vkey(vkey) {
    const parts = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey);
    if (utf8(vkey).length > vkey_bytes_max || parts === null) {
        refuse("a verifier key is a name, an id and a key with plus between");
    }
    const [, name, id, encoded] = parts;
    check_name(name);
    const typed = from_base64(encoded);
    if (from_hex(id).length !== 4 || typed.length < 2) {
        refuse("the verifier key holds no key");
    }
    const [type, key] = [typed[0], typed.subarray(1)];
    const is_named_so = [type_ed25519, type_cosignature, type_cosignature_mldsa].includes(type);
    if ((type === type_ed25519 || type === type_cosignature) && key.length !== 32) {
        refuse(`a public key has 32 bytes, not ${key.length}`);
    }
    if (is_named_so && id !== id_of(name, type, key)) {
        refuse("the verifier key's id is not that of its name and key");
    }
    return { name, type, key, id };
}

export function vkey_of(key) {
    return `${key.name}+${key.id}+${to_base64(concat(Uint8Array.of(key.type), key.key))}`;
}

function parse_signature(line) {
    const parts = /^\u2014 ([^ ]*) (.*)$/s.exec(line);
    if (parts === null) {
        refuse("a signature line of the note holds no signature");
    }
    check_name(parts[1]);
    const bytes = from_base64(parts[2]);
    if (bytes.length <= 4 || bytes.length - 4 > signature_bytes_max) {
        refuse(`a signature of the note has ${bytes.length} bytes`);
    }
    return { name: parts[1], id: to_hex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
}

// The text with its last line feed, which is what is signed, and the signatures' lines.
export function parse_note(bytes) {
    if (bytes.length > note_bytes_max) {
        refuse(`the note has ${bytes.length} bytes; at most ${note_bytes_max} are taken`);
    }
    const note = text_from_utf8(bytes);
    if (/[\0-\t\x0b-\x1f]/.test(note)) {
        refuse("the note holds a control character other than a line feed");
    }
    // A text may hold empty lines of its own: the last one divides.
    const blank = note.lastIndexOf("\n\n");
    if (blank < 0) {
        refuse("the note has no blank line before its signatures");
    }
    const lines = note.slice(blank + 2).split("\n");
    if (lines.pop() !== "") {
        refuse("the note does not end in a line feed");
    }
    if (lines.length === 0 || lines.length > signatures_max) {
        refuse(`the note has ${lines.length} signatures, where 1 to ${signatures_max} are taken`);
    }
    return { text: note.slice(0, blank + 1), signatures: lines.map(parse_signature) };
}

export function parse_checkpoint(text) {
    const lines = text.split("\n");
    if (lines.pop() !== "" || lines.length < 3 || lines.some((line) => line === "")) {
        refuse("a checkpoint has an origin, a size and a root, each on a line");
    }
    const root = from_base64(lines[2]);
    if (root.length !== 32) {
        refuse(`a root has 32 bytes, not ${root.length}`);
    }
    const exact_size = parse_u64(lines[1]);
    return { origin: lines[0], size: Number(exact_size), exact_size, root };
}

// No log signs such a thing; whoever believes a key that did is told.
export function check_empty_root({ size, root }) {
    if (size === 0 && !equal(root, empty_root())) {
        refuse("the checkpoint gives an empty tree another root");
    }
}

// What a known key's line says: null where it does not hold, `{time}` where it does. Only
// cosignatures have a time.
export async function check_line(text, line, key, verifier) {
    if (key.type === type_ed25519) {
        return line.bytes.length === 64 &&
            await verifier.holds(key.key, utf8(text), line.bytes) ? { time: null } : null;
    }
    if (key.type !== type_cosignature || line.bytes.length !== 72) {
        return null;
    }
    const time = u64_at(line.bytes, 0);
    const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
    return time < 2n ** 63n &&
        await verifier.holds(key.key, message, line.bytes.subarray(8)) ? { time } : null;
}

// Who of the keys has signed. A known key, by name and id together, whose line does not hold
// condemns the note; lines of keys that are not known are passed over.
export async function check_note(note, keys, verifier) {
    const signers = [];
    for (const line of note.signatures) {
        const key = keys.find((known) => known.name === line.name && known.id === line.id);
        if (key === undefined) {
            continue;
        }
        const held = await check_line(note.text, line, key, verifier);
        if (held === null) {
            refuse(`the note's signature by ${key.name}+${key.id} does not hold`);
        }
        const before = signers.find((signer) => signer.key === key);
        if (before === undefined) {
            signers.push({ key, time: held.time });
        } else if (held.time > before.time) {
            before.time = held.time;  // of several cosignatures the latest counts
        }
    }
    return signers;
}
