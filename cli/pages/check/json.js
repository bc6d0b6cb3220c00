// Strict JSON (schemas/README.md, "JSON"), of which the platform's own reader takes more: a key
// twice, halves of surrogate pairs, values without end. Objects come as maps, numbers as they are
// spelled, so that 1, 1.0 and 1e0 stay apart.
import { from_hex, text_from_utf8 } from "./bytes.js";
import { refuse, within } from "./refusal.js";
import { check_held } from "./text.js";
import { parse_date } from "./time.js";

export const json_bytes_max = 1_048_576;
const depth_max = 8;
const usual_values_max = 1024;

export class Numeral {
    constructor(text) {
        this.text = text;
    }
}

const number_form = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const spaces = new Set([9, 10, 13, 32]);
const special = /["\\\u0000-\u001f\ud800-\udfff]/g;
const names = [["true", true], ["false", false], ["null", null]];

class Reader {
    constructor(text, values_max) {
        this.text_ = text;
        this.at_ = 0;
        this.values_left_ = values_max;
    }

    whole() {
        const value = this.value_(0);
        this.space_();
        return this.at_ === this.text_.length ? value : refuse("something follows the JSON");
    }

    space_() {
        while (spaces.has(this.text_.charCodeAt(this.at_))) {
            ++this.at_;
        }
    }

    // Whether this comes next, which is then taken.
    takes_(mark) {
        this.space_();
        const is_next = this.text_.startsWith(mark, this.at_);
        this.at_ += is_next ? mark.length : 0;
        return is_next;
    }
    expect_(mark) {
        if (!this.takes_(mark)) {
            refuse(`this is not JSON: there is no ${mark} at character ${this.at_ + 1}`);
        }
    }

    value_(depth) {
        if (--this.values_left_ < 0) {
            refuse("there are more values than are taken");
        }
        if (this.takes_("{")) {
            return this.object_(deeper(depth));
        }
        if (this.takes_("[")) {
            return this.list_(deeper(depth));
        }
        if (this.text_[this.at_] === '"') {
            return this.string_();
        }
        const name = names.find(([each]) => this.takes_(each));
        return name === undefined ? this.number_() : name[1];
    }

    object_(depth) {
        const members = new Map();
        if (this.takes_("}")) {
            return members;
        }
        do {
            this.space_();
            const key = this.string_();
            if (members.has(key)) {
                refuse(`the key "${key.slice(0, 40)}" stands there twice`);
            }
            this.expect_(":");
            members.set(key, this.value_(depth));
        } while (this.takes_(","));
        this.expect_("}");
        return members;
    }

    list_(depth) {
        const elements = [];
        if (this.takes_("]")) {
            return elements;
        }
        do {
            elements.push(this.value_(depth));
        } while (this.takes_(","));
        this.expect_("]");
        return elements;
    }

    string_() {
        const begin = this.at_;
        if (this.text_[begin] !== '"') {
            refuse(`this is not JSON: there is no text at character ${begin + 1}`);
        }
        // Most texts hold nothing that is spelled in another way than it is meant.
        special.lastIndex = begin + 1;
        const first = special.exec(this.text_);
        if (first !== null && first[0] === '"') {
            this.at_ = special.lastIndex;
            return this.text_.slice(begin + 1, first.index);
        }
        let end = begin + 1;
        while (end < this.text_.length && this.text_[end] !== '"') {
            end += this.text_[end] === "\\" ? 2 : 1;
        }
        this.at_ = end + 1;
        return unescaped(this.text_.slice(begin, this.at_));
    }

    number_() {
        number_form.lastIndex = this.at_;
        const found = number_form.exec(this.text_);
        if (found === null) {
            refuse(`this is not JSON: there is no value at character ${this.at_ + 1}`);
        }
        this.at_ = number_form.lastIndex;
        if (!Number.isFinite(Number(found[0]))) {
            refuse("a number is beyond all bounds");
        }
        return new Numeral(found[0]);
    }
}

function deeper(depth) {
    return depth < depth_max ? depth + 1
        : refuse(`the values are nested more than ${depth_max} deep`);
}

// The text that a token with its quotation marks stands for.
function unescaped(token) {
    let text;
    try {
        text = JSON.parse(token);
    } catch {
        refuse("this is not JSON: a text is not spelled as one");
    }
    return /[\ud800-\udfff]/u.test(text) ? refuse("a text holds half of a character") : text;
}

export function parse_json(bytes, values_max = usual_values_max) {
    if (bytes.length > json_bytes_max) {
        refuse(`the JSON has ${bytes.length} bytes; at most ${json_bytes_max} are taken`);
    }
    return new Reader(text_from_utf8(bytes), values_max).whole();
}

// The same as plain values; a number that is not spelled as a whole one stays as it is spelled.
export function plain(value) {
    if (value instanceof Map) {
        return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return value instanceof Numeral && /^(0|[1-9][0-9]*)$/.test(value.text) ? Number(value.text)
        : value;
}

const text_of = (value) =>
    typeof value === "string" ? value : refuse("there should be a text");

function held(form) {
    return (value) => {
        check_held(form, text_of(value));
        return value;
    };
}

function count_of(value) {
    const is_count = value instanceof Numeral && /^(0|[1-9][0-9]*)$/.test(value.text) &&
        Number.isSafeInteger(Number(value.text));
    return is_count ? Number(value.text) : refuse("there should be a whole number");
}

function hash_of(value) {
    const bytes = from_hex(text_of(value));
    return bytes.length === 32 ? bytes : refuse(`a hash has 32 bytes, not ${bytes.length}`);
}

function field_of(value, schema) {
    return Object.hasOwn(schema.words, text_of(value)) ? value
        : refuse(`no change has words in "${value.slice(0, 40)}"`);
}

const readers = {
    text: text_of,
    origin: held("origin"),
    plan: held("planRef"),
    count: count_of,
    hash: hash_of,
    date: (value) => parse_date(text_of(value)),
    flag: (value) => typeof value === "boolean" ? value : refuse("there should be true or false"),
    field: field_of,
    fields: (value, schema) => Array.isArray(value) ? value.map((each) => field_of(each, schema))
        : refuse("there should be a list"),
};

// One object of just these keys, each of the type that `types` has for it.
export function read_object(bytes, types, schema) {
    const members = parse_json(bytes);
    if (!(members instanceof Map)) {
        refuse("there should be an object");
    }
    const strange = [...members.keys()].find((key) => !Object.hasOwn(types, key));
    if (strange !== undefined) {
        refuse(`there is no key "${strange.slice(0, 40)}" here`);
    }
    return Object.fromEntries(Object.entries(types).map(([key, type]) => [key,
        within(`"${key}"`, () => members.has(key) ? readers[type](members.get(key), schema)
            : refuse("it is missing"))]));
}
