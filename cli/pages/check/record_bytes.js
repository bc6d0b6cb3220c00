// Values to bytes, so that equal values have equal bytes (schemas/README.md, "Closed periods"). How
// a value is spelled is told by shapes, which are put together as the values are: a list of some
// shape, a value of some shape that may be absent, the members of an object.
const room_bytes = 65_536;

// Where bytes are written. `choices` are the names of every enum of the schema, by their numbers.
export class Writer {
    constructor(choices) {
        this.choices_ = new Map(Object.entries(choices).map(([name, members]) =>
            [name, new Map(members.map((member, number) => [member, number]))]));
        this.make_room_(new Uint8Array(room_bytes));
        this.size = 0;
    }

    // What was written, until more is.
    get bytes() {
        return this.bytes_.subarray(0, this.size);
    }

    number_of(choice, member) {
        return this.choices_.get(choice)?.get(member);
    }

    // A member of an object, or an element of a list by its place. Everything that stands within
    // another value is entered and left, which tells whoever overrides these what stands where.
    enter(name, value) {
        if (value === undefined) {
            throw new Error(`what is written has no "${name}"`);
        }
    }
    leave() {}

    member(name, shape, value) {
        this.enter(name, value);
        shape.put(this, value);
        this.leave();
    }

    u8(number) {
        this.take_(1);
        this.bytes_[this.size - 1] = number;
    }
    u16(number) {
        this.take_(2);
        this.view_.setUint16(this.size - 2, number);
    }
    u32(number) {
        this.take_(4);
        this.view_.setUint32(this.size - 4, number);
    }
    u64(number) {
        this.take_(8);
        this.view_.setUint32(this.size - 8, Math.floor(number / 2 ** 32));
        this.view_.setUint32(this.size - 4, number % 2 ** 32);
    }
    i64(number) {
        this.take_(8);
        this.view_.setBigInt64(this.size - 8, BigInt(number));
    }
    ascii(name) {
        this.u16(name.length);
        this.take_(name.length);
        for (let i = 0, at = this.size - name.length; i < name.length; ++i, ++at) {
            this.bytes_[at] = name.charCodeAt(i);
        }
    }
    raw(bytes) {
        this.take_(bytes.length);
        this.bytes_.set(bytes, this.size - bytes.length);
    }

    make_room_(bytes) {
        this.bytes_ = bytes;
        this.view_ = new DataView(bytes.buffer);
    }

    take_(count) {
        this.size += count;
        if (this.size > this.bytes_.length) {
            const more = new Uint8Array(2 * this.size);
            more.set(this.bytes_);
            this.make_room_(more);
        }
    }
}

const shape_of = (sort, put, more = {}) => ({ sort, put, ...more });

export const u16 = shape_of("u16", (to, number) => to.u16(number));
export const u32 = shape_of("u32", (to, number) => to.u32(number));
// Places and counts of events.
export const index = shape_of("index", (to, number) => to.u64(number));
export const flag = shape_of("flag", (to, is_set) => to.u8(is_set ? 1 : 0));
// Days since 1970, in two's complement.
export const day = shape_of("day", (to, days) => to.u32(days));
export const month = shape_of("month", (to, months) => to.u16(months));
export const hash = shape_of("hash", (to, bytes) => to.raw(bytes));
export const decimal = shape_of("decimal", (to, { mantissa, scale }) => {
    to.i64(mantissa);
    to.u16(scale);
});
// Names, codes and labels, whose forms (text.js) are all of ASCII.
export const text = shape_of("text", (to, name) => to.ascii(name));

// A member of an enum of the schema.
export const choice = (of) => shape_of("choice", (to, member) => {
    const number = to.number_of(of, member);
    if (number === undefined || number === 0) {
        throw new Error(`"${member}" is no ${of}`);
    }
    to.u16(number);
}, { of });

// One of these, which count from 1: how something came about that the schema has no enum for.
export const one_of = (...members) => shape_of("one_of", (to, member) => {
    const place = members.indexOf(member);
    if (place < 0) {
        throw new Error(`"${member}" is none of ${members.join(", ")}`);
    }
    to.u8(place + 1);
}, { members });

export const optional = (shape) => shape_of("optional", (to, value) => {
    to.u8(value === null ? 0 : 1);
    if (value !== null) {
        shape.put(to, value);
    }
}, { shape });

// Writes a value as member() does, and yields where it is long, so that whoever asks can pause.
export function* member_in_pieces(to, name, shape, value) {
    to.enter(name, value);
    if (shape.pieces === undefined) {
        shape.put(to, value);
    } else {
        yield* shape.pieces(to, value);
    }
    to.leave();
}

const elements_at_once = 64;

export function list(shape) {
    const put_some = (to, values, begin, end) => {
        for (let i = begin; i < end; ++i) {
            to.member(i, shape, values[i]);
        }
    };
    return shape_of("list", (to, values) => {
        to.u32(values.length);
        put_some(to, values, 0, values.length);
    }, { shape, *pieces(to, values) {
        to.u32(values.length);
        for (let at = 0; at < values.length; at += elements_at_once) {
            put_some(to, values, at, Math.min(values.length, at + elements_at_once));
            yield;
        }
    } });
}

// Members in the order in which they are given.
export function members(shapes) {
    const entries = Object.entries(shapes);
    return shape_of("members", (to, value) => {
        for (const [name, shape] of entries) {
            to.member(name, shape, value[name]);
        }
    }, { shapes, *pieces(to, value) {
        for (const [name, shape] of entries) {
            yield* member_in_pieces(to, name, shape, value[name]);
        }
    } });
}

// A value that can be set again, as the list of its settings (register.js).
export function register(value) {
    const settings = list(members({ effective: day, index, struck_at: optional(index), value }));
    return shape_of("register", (to, values) => settings.put(to, values.settings),
        { settings, pieces: (to, values) => settings.pieces(to, values.settings) });
}

// A map by keys of one shape, of which `compare` tells the order.
export const map = (key, value, compare) => shape_of("map", (to, values) => {
    to.u32(values.size);
    for (const each of [...values.keys()].sort((one, other) => compare(to, one, other))) {
        key.put(to, each);
        to.member(each, value, values.get(each));
    }
}, { key, value });
