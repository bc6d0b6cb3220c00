// c2sp.org/tlog-proof: that one entry is in a log, under a checkpoint that comes with it.
import { equal, from_base64, parse_u64, text_from_utf8 } from "./bytes.js";
import { parse_checkpoint, parse_note } from "./note.js";
import { refuse } from "./refusal.js";
import { root_of_inclusion } from "./tree.js";

const receipt_bytes_max = 524_288;
const hashes_max = 64;
const first_line = "c2sp.org/tlog-proof@v1";

class Lines {
    constructor(bytes) {
        this.rest = bytes;
    }

    next() {
        const end = this.rest.indexOf(10);
        if (end < 0) {
            refuse("the proof ends before its checkpoint");
        }
        const line = text_from_utf8(this.rest.subarray(0, end));
        this.rest = this.rest.subarray(end + 1);
        return line;
    }
    next_after(beginning) {
        const line = this.next();
        return line.startsWith(beginning) ? line.slice(beginning.length)
            : refuse(`a line of the proof should begin with "${beginning}"`);
    }
    begins_with(beginning) {
        return [...beginning].every((character, i) => this.rest[i] === character.charCodeAt(0));
    }
}

export function is_receipt(bytes) {
    return new Lines(bytes).begins_with(first_line);
}

function read_path(lines) {
    const path = [];
    for (let line = lines.next(); line !== ""; line = lines.next()) {
        if (path.length === hashes_max) {
            refuse(`a proof has at most ${hashes_max} hashes`);
        }
        const hash = from_base64(line);
        path.push(hash.length === 32 ? hash : refuse(`a hash has 32 bytes, not ${hash.length}`));
    }
    return path;
}

// The index, the path, and the checkpoint as read_checkpoint gives it.
export function parse_receipt(bytes) {
    if (bytes.length > receipt_bytes_max) {
        refuse(`the proof has ${bytes.length} bytes; at most ${receipt_bytes_max} are taken`);
    }
    const lines = new Lines(bytes);
    if (lines.next() !== first_line) {
        refuse(`a proof begins with the line "${first_line}"`);
    }
    if (lines.begins_with("extra ") && from_base64(lines.next_after("extra ")).length === 0) {
        refuse("the line for extra data of the proof holds none");
    }
    const index = parse_u64(lines.next_after("index "));
    const path = read_path(lines);
    const note = parse_note(lines.rest);
    return { index, path, checkpoint: { note, ...parse_checkpoint(note.text) } };
}

// Refuses a proof that does not lead from this leaf to the root of its checkpoint.
export function check_included({ index, path, checkpoint }, leaf) {
    const root = root_of_inclusion(index, checkpoint.exact_size, leaf, path);
    if (!equal(root, checkpoint.root)) {
        refuse("the proof does not lead to the root of its checkpoint");
    }
}
