// Cap'n Proto messages of one segment, read without believing a word of them: every pointer is
// looked at before it is followed (encoding specification, "Encoding").
import { refuse } from "./refusal.js";

export const nesting_max = 16;
const word_bytes = 8;

// Bits of an element, by the size code of a list; pointers and inline structs apart.
const element_bits = [0, 1, 8, 16, 32, 64, 64];
export const size_of_bytes = 2;
export const size_of_choices = 3;
export const size_of_pointers = 6;
export const size_of_structs = 7;

export class Message {
    // `limit` is how many bytes are taken.
    constructor(bytes, limit) {
        if (bytes.length === 0) {
            refuse("there are no bytes");
        }
        if (bytes.length > limit) {
            refuse(`there are ${bytes.length} bytes; at most ${limit} are taken`);
        }
        if (bytes.length % word_bytes !== 0) {
            refuse(`there are ${bytes.length} bytes, which are no whole words of 8`);
        }
        this.bytes = bytes;
        this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        this.words = bytes.length / word_bytes;
    }

    root() {
        const pointer = this.pointer(0, 0);
        if (pointer === null || pointer.is_list) {
            refuse("the bytes do not begin with a struct");
        }
        return pointer;
    }

    // What the pointer in that word leads to; null for none. A struct knows where its sections lie,
    // a list its elements.
    pointer(word, depth) {
        const low = this.view.getInt32(word * word_bytes, true);
        const high = this.view.getUint32(word * word_bytes + 4, true);
        if (low === 0 && high === 0) {
            return null;
        }
        if (depth >= nesting_max) {
            refuse(`there are more than ${nesting_max} levels of nesting`);
        }
        const target = word + 1 + (low >> 2);
        switch (low & 3) {
            case 0: return this.struct_(target, high & 0xffff, high >>> 16, depth);
            case 1: return this.list_(target, high & 7, high >>> 3, depth);
            default: return refuse("a pointer leads out of the message");
        }
    }

    struct_(at, data_words, pointers, depth) {
        this.check_bounds_(at, data_words + pointers);
        return { is_list: false, at, data_words, pointers, depth: depth + 1 };
    }

    list_(at, size, count, depth) {
        if (size !== size_of_structs) {
            const words = Math.ceil((count * element_bits[size]) / 64);
            this.check_count_(size === 0 ? count : 0);
            this.check_bounds_(at, words);
            return { is_list: true, at, size, count, words, depth: depth + 1 };
        }
        this.check_bounds_(at, count + 1);  // of such a list, `count` is in words
        const low = this.view.getInt32(at * word_bytes, true);
        const high = this.view.getUint32(at * word_bytes + 4, true);
        const [elements, data_words, pointers] = [low >>> 2, high & 0xffff, high >>> 16];
        if ((low & 3) !== 0 || elements * (data_words + pointers) > count) {
            refuse("a list of structs does not hold what it says");
        }
        this.check_count_(data_words + pointers === 0 ? elements : 0);
        return { is_list: true, at: at + 1, size, count: elements, words: count, data_words,
            pointers, depth: depth + 1 };
    }

    // Elements of no size take no room, so that a few bytes could make up a list without end.
    check_count_(elements) {
        if (elements > this.bytes.length) {
            refuse("a list has more elements than the message has bytes");
        }
    }

    check_bounds_(at, words) {
        if (at < 0 || at + words > this.words) {
            refuse("a pointer leads out of the message");
        }
    }

    // An element of a list of structs, as a struct.
    element(list, i) {
        const at = list.at + i * (list.data_words + list.pointers);
        return { is_list: false, at, data_words: list.data_words, pointers: list.pointers,
            depth: list.depth };
    }

    // What the struct's pointer of that place leads to; null where it has none.
    pointer_of(struct, place) {
        return place < struct.pointers
            ? this.pointer(struct.at + struct.data_words + place, struct.depth) : null;
    }

    // The bytes of a list of them.
    bytes_of(list) {
        return this.bytes.subarray(list.at * word_bytes, list.at * word_bytes + list.count);
    }

    data_word(struct, place) {
        return place < struct.data_words
            ? this.view.getBigUint64((struct.at + place) * word_bytes, true) : 0n;
    }

    // An unsigned number of a data section, aligned to its width; 0 past the section's end.
    number(struct, offset_bits, bits) {
        const at = struct.at * word_bytes + Math.floor(offset_bits / 8);
        if (offset_bits + bits > struct.data_words * 64) {
            return bits === 64 ? 0n : 0;
        }
        switch (bits) {
            case 1: return (this.bytes[at] >> (offset_bits % 8)) & 1;
            case 16: return this.view.getUint16(at, true);
            case 32: return this.view.getUint32(at, true);
            case 64: return this.view.getBigUint64(at, true);
            default: throw new Error(`no number has ${bits} bits`);
        }
    }
}

// Writes a message anew in canonical form (encoding specification, "Canonicalization"): objects in
// preorder, each cut after its last word that is not zero. Needs no schema, so that what a newer
// program wrote is written anew as well.
class CanonicalWriter {
    // All write into the same room, one after the other.
    static room_ = new Uint8Array(65_536);
    static view_ = new DataView(CanonicalWriter.room_.buffer);

    constructor(message) {
        this.from_ = message;
        this.bytes_ = CanonicalWriter.room_;
        this.view_ = CanonicalWriter.view_;
        // A message whose objects overlap would grow: canonical, it has just its own size.
        this.words_max_ = message.words;
        this.words_ = 1;
    }

    // Whether what was written anew is the very message.
    is_same() {
        this.bytes_.fill(0, 0, this.words_max_ * word_bytes);
        this.struct_(this.from_.root(), 0);
        let is_same = this.words_ === this.from_.words;
        for (let word = 0; is_same && word < this.words_; ++word) {
            is_same = this.view_.getInt32(8 * word) === this.from_.view.getInt32(8 * word) &&
                this.view_.getInt32(8 * word + 4) === this.from_.view.getInt32(8 * word + 4);
        }
        return is_same;
    }

    allocate_(words) {
        const at = this.words_;
        this.words_ += words;
        if (this.words_ > this.words_max_) {
            refuse("the bytes are not in canonical form");
        }
        return at;
    }

    put_(word, low, high) {
        this.view_.setInt32(word * word_bytes, low, true);
        this.view_.setUint32(word * word_bytes + 4, high >>> 0, true);
    }

    copy_words_(from, to, words) {
        const begin = from * word_bytes;
        this.bytes_.set(this.from_.bytes.subarray(begin, begin + words * word_bytes),
            to * word_bytes);
    }

    is_zero_(word) {
        return this.from_.view.getBigUint64(word * word_bytes, true) === 0n;
    }

    // How many words of the data, and how many pointers, are left when zeros at the end are cut.
    extent_(struct) {
        let [data_words, pointers] = [struct.data_words, struct.pointers];
        while (data_words > 0 && this.is_zero_(struct.at + data_words - 1)) {
            --data_words;
        }
        while (pointers > 0 && this.is_zero_(struct.at + struct.data_words + pointers - 1)) {
            --pointers;
        }
        return { data_words, pointers };
    }

    struct_(struct, pointer_at) {
        const { data_words, pointers } = this.extent_(struct);
        const at = this.allocate_(data_words + pointers);
        // A struct of no size points to just before itself, so that its pointer is not null.
        const offset = data_words + pointers === 0 ? -1 : at - pointer_at - 1;
        this.put_(pointer_at, offset << 2, data_words | (pointers << 16));
        this.copy_words_(struct.at, at, data_words);
        this.pointers_(struct, pointers, at + data_words);
    }

    pointers_(struct, count, to) {
        for (let i = 0; i < count; ++i) {
            const target = this.from_.pointer_of(struct, i);
            if (target !== null) {
                this.object_(target, to + i);
            }
        }
    }

    object_(target, pointer_at) {
        if (!target.is_list) {
            this.struct_(target, pointer_at);
        } else if (target.size === size_of_structs) {
            this.structs_(target, pointer_at);
        } else {
            this.list_(target, pointer_at);
        }
    }

    list_(list, pointer_at) {
        const at = this.allocate_(list.words);
        this.put_(pointer_at, ((at - pointer_at - 1) << 2) | 1, list.size | (list.count << 3));
        if (list.size !== size_of_pointers) {
            this.copy_words_(list.at, at, list.words);
            this.clear_padding_(list, at);
            return;
        }
        for (let i = 0; i < list.count; ++i) {
            const target = this.from_.pointer(list.at + i, list.depth);
            if (target !== null) {
                this.object_(target, at + i);
            }
        }
    }

    clear_padding_(list, at) {
        const bits = list.count * element_bits[list.size];
        const end = (at + list.words) * word_bytes;
        this.bytes_.fill(0, at * word_bytes + Math.ceil(bits / 8), end);
        if (bits % 8 !== 0) {
            this.bytes_[at * word_bytes + Math.floor(bits / 8)] &= (1 << (bits % 8)) - 1;
        }
    }

    structs_(list, pointer_at) {
        let [data_words, pointers] = [0, 0];
        for (let i = 0; i < list.count; ++i) {
            const extent = this.extent_(this.from_.element(list, i));
            data_words = Math.max(data_words, extent.data_words);
            pointers = Math.max(pointers, extent.pointers);
        }
        const words = list.count * (data_words + pointers);
        const at = this.allocate_(words + 1);
        this.put_(pointer_at, ((at - pointer_at - 1) << 2) | 1, size_of_structs | (words << 3));
        this.put_(at, list.count << 2, data_words | (pointers << 16));
        for (let i = 0; i < list.count; ++i) {
            const element = this.from_.element(list, i);
            const to = at + 1 + i * (data_words + pointers);
            this.copy_words_(element.at, to, data_words);
            this.pointers_(element, pointers, to + data_words);
        }
    }
}

// Refuses bytes that differ from their own canonical form.
export function check_canonical(message) {
    if (!new CanonicalWriter(message).is_same()) {
        refuse("the bytes are not in canonical form");
    }
}
