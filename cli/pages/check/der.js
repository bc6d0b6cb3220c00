// DER (ITU-T X.690) as certificates and timestamps are written in: each value has one spelling, and
// any other is refused, such as BER's lengths without an end.
import { to_hex } from "./bytes.js";
import { Refusal, refuse } from "./refusal.js";

const depth_max = 24;
const elements_max = 20_000;
const length_bytes_max = 3;

export const tags = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, nothing: 0x05,
    oid: 0x06, utf8: 0x0c, numeric: 0x12, printable: 0x13, teletex: 0x14, ia5: 0x16,
    utc_time: 0x17, time: 0x18, wide: 0x1c, double: 0x1e, sequence: 0x30, set: 0x31 };
// [n] around other elements, and [n] in the place of a plain value's own tag.
export const outer_tag = (number) => 0xa0 + number;

// Of plain values: what no reader of DER takes.
const is_wrong = {
    // DER has 255 for true alone; certificates have others, and are signed with them.
    [tags.boolean]: (content) => content.length !== 1,
    [tags.integer]: is_padded,
    [tags.bits]: (content) => content.length === 0 || content[0] > 7,
    [tags.nothing]: (content) => content.length !== 0,
    [tags.wide]: (content) => content.length % 4 !== 0,
    [tags.double]: (content) => content.length % 2 !== 0,
    [tags.oid]: (content) => content.length === 0 || content.at(-1) >= 128 ||
        content.some((byte, i) => byte === 128 && (i === 0 || content[i - 1] < 128)),
};

// A whole number without bytes, or with a first one that says nothing.
function is_padded(content) {
    const [first, second] = content;
    return content.length === 0 || (content.length > 1 &&
        ((first === 0 && second < 128) || (first === 255 && second >= 128)));
}

// Tag, content's begin and end. Everything stands before `end`.
function header_at(bytes, at, end) {
    if (end - at < 2) {
        refuse("an element of DER is cut off");
    }
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if ((tag & 31) === 31 || tag === 0) {
        refuse("an element of DER has a tag that nothing here has");
    }
    if (first === 128) {
        refuse("an element says no length, which is BER and not DER");
    }
    const count = first < 128 ? 0 : first - 128;
    if (count > length_bytes_max || at + 2 + count > end) {
        refuse("an element of DER is longer than its file");
    }
    let length = count === 0 ? first : 0;
    for (let i = 0; i < count; ++i) {
        length = length * 256 + bytes[at + 2 + i];
    }
    if (count > 0 && (length < 128 || bytes[at + 2] === 0)) {
        refuse("an element spells its length longer than DER does");
    }
    const begin = at + 2 + count;
    if (length > end - begin) {
        refuse("an element of DER is longer than what holds it");
    }
    return { tag, begin, end: begin + length };
}

class Reader {
    constructor(bytes) {
        this.bytes_ = bytes;
        this.count_ = 0;
    }

    // The elements between two places, which fill all that lies between.
    between(begin, end, depth) {
        const elements = [];
        for (let at = begin; at < end;) {
            if (depth > depth_max) {
                refuse("elements of DER stand too deep within each other");
            }
            const header = header_at(this.bytes_, at, end);
            elements.push(this.element_(at, header, depth));
            at = header.end;
        }
        return elements;
    }

    element_(at, { tag, begin, end }, depth) {
        if (++this.count_ > elements_max) {
            refuse("there are too many elements of DER");
        }
        const content = this.bytes_.subarray(begin, end);
        const is_constructed = (tag & 32) !== 0;
        const is_list = [tags.sequence & 31, tags.set & 31].includes(tag & 31);
        if (tag < 64 && is_constructed !== is_list) {
            refuse("an element of DER is put together that never is, or the reverse");
        }
        if (is_wrong[tag]?.(content)) {
            refuse("a value of DER is spelled otherwise than DER does");
        }
        return { tag, content, bytes: this.bytes_.subarray(at, end),
            inner: is_constructed ? this.between(begin, end, depth + 1) : null };
    }
}

// The one element that these bytes are: {tag, content, bytes (tag and length too), inner (the
// elements within; null in a plain value)}.
export function read_der(bytes) {
    const elements = new Reader(bytes).between(0, bytes.length, 1);
    return elements.length === 1 ? elements[0]
        : refuse(`there are ${elements.length} elements of DER where one stands`);
}

// Takes the elements within one in their order.
export class Fields {
    constructor(element, tag = tags.sequence) {
        if (element.tag !== tag || element.inner === null) {
            refuse("an element of DER is of another type than stands there");
        }
        this.inner_ = element.inner;
        this.at_ = 0;
    }

    get is_done() {
        return this.at_ === this.inner_.length;
    }

    // Null where the next one has another tag, or there is none.
    optional(tag) {
        return !this.is_done && this.inner_[this.at_].tag === tag ? this.inner_[this.at_++] : null;
    }
    next(tag) {
        return this.optional(tag) ?? refuse("an element of DER is missing or of another type");
    }
    any() {
        return this.is_done ? refuse("an element of DER is missing") : this.inner_[this.at_++];
    }
    rest() {
        const rest = this.inner_.slice(this.at_);
        this.at_ = this.inner_.length;
        return rest;
    }
    end() {
        if (!this.is_done) {
            refuse("there are more elements of DER than stand there");
        }
    }
}

// "1.2.840.113549".
export function oid_of({ tag, content }) {
    if (tag !== tags.oid) {
        refuse("a name of DER is missing");
    }
    const numbers = [];
    let number = 0n;
    for (const byte of content) {
        number = number << 7n | BigInt(byte & 127);
        if (byte < 128) {
            numbers.push(number);
            number = 0n;
        }
    }
    const first = numbers[0] < 40n ? 0n : numbers[0] < 80n ? 1n : 2n;
    return [first, numbers[0] - 40n * first, ...numbers.slice(1)].join(".");
}

// A small number; what is larger, or below 0, is no number that anything here has.
export function small_of({ content }) {
    return content.length === 1 && content[0] < 128 ? content[0] : null;
}

// Bits that fill whole bytes, as signatures and keys do.
export function bytes_of_bits({ tag, content }) {
    return tag === tags.bits && content[0] === 0 ? content.subarray(1)
        : refuse("bits do not fill their bytes");
}

const two = (text) => Number(text);

// Seconds since 1970 of a time in UTC; a fraction of a second is left out.
export function seconds_of({ tag, content }) {
    const text = String.fromCharCode(...content);
    const shape = tag === tags.utc_time ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
        : tag === tags.time ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d*[1-9])?Z$/ : null;
    const parts = shape?.exec(text) ?? refuse("a time is not spelled as DER does");
    const [told, month, day, hour, minute, second] = parts.slice(1).map(two);
    const year = tag === tags.time ? told : told < 50 ? 2000 + told : 1900 + told;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(hour, minute, second);
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day ||
        date.getUTCHours() !== hour || date.getUTCMinutes() !== minute ||
        date.getUTCSeconds() !== second) {
        refuse("a time is none of the calendar");
    }
    return date.getTime() / 1000;
}

// An algorithm's name and parameters, if any.
export function algorithm_of(element) {
    const fields = new Fields(element);
    const oid = oid_of(fields.any());
    const parameters = fields.is_done ? null : fields.any();
    fields.end();
    return { oid, parameters };
}

const digests = { "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512" };

// What others can judge and this page cannot is left open, and never holds.
export function unknown(what) {
    throw new Refusal(what, "unknown");
}

// Those that OpenSSL makes and the page does not, with their bytes: MD5, SHA-1, RIPEMD-160, SM3,
// the others of the SHA-2 family, and SHA-3.
const made_elsewhere = new Map([["1.2.840.113549.2.5", 16], ["1.3.14.3.2.26", 20],
    ["1.3.36.3.2.1", 20], ["1.2.156.10197.1.401", 32],
    ...[28, 28, 32, 28, 32, 48, 64].map((size, i) => [`2.16.840.1.101.3.4.2.${i + 4}`, size])]);

// The platform's name of a digest; `size` is of the one that is told, where there is one.
export function digest_of(oid, size = null) {
    const due = made_elsewhere.get(oid);
    if (due !== undefined && (size ?? due) === due) {
        unknown(`this page makes no digest ${oid}`);
    }
    return digests[oid] ?? refuse(`nobody knows a digest ${oid}`);
}

export async function digest(name, bytes) {
    return new Uint8Array(await crypto.subtle.digest(name, bytes));
}

export const hex_of_number = ({ content }) => to_hex(content);
