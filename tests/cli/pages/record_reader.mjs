// Reads a plan's canonical bytes by the shapes that the page writes them by (record_bytes.js): what
// the program wrote must be read to its last byte.
import assert from "node:assert/strict";
import { text_from_utf8 } from "../../../cli/pages/check/bytes.js";
import { of_maps, of_plan, references } from "../../../cli/pages/check/plan_members.js";
import { Register } from "../../../cli/pages/check/register.js";

class Reader {
    constructor(bytes, choices) {
        this.view_ = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        this.bytes_ = bytes;
        this.choices = choices;
        this.at = 0;
    }
    get is_at_end() {
        return this.at === this.bytes_.length;
    }
    raw(count) {
        assert.ok(this.at + count <= this.bytes_.length, "the bytes end too early");
        this.at += count;
        return this.bytes_.subarray(this.at - count, this.at);
    }
    number(count) {
        return [...this.raw(count)].reduce((sum, byte) => 256 * sum + byte, 0);
    }
    value(shape) {
        return readers[shape.sort](this, shape);
    }
}

const count_of = (from) => Array.from({ length: from.number(4) });
const readers = {
    u16: (from) => from.number(2),
    u32: (from) => from.number(4),
    index: (from) => from.number(8),
    flag: (from) => from.number(1) === 1,
    day: (from) => from.number(4) | 0,
    month: (from) => from.number(2),
    hash: (from) => from.raw(32),
    decimal: (from) => ({ mantissa: Number(BigInt.asIntN(64,
        BigInt(`0x${Buffer.from(from.raw(8)).toString("hex")}`))), scale: from.number(2) }),
    text: (from) => text_from_utf8(from.raw(from.number(2))),
    choice: (from, { of }) => from.choices[of][from.number(2)],
    one_of: (from, { members }) => members[from.number(1) - 1],
    optional: (from, { shape }) => from.number(1) === 1 ? from.value(shape) : null,
    list: (from, { shape }) => count_of(from).map(() => from.value(shape)),
    members: (from, { shapes }) => Object.fromEntries(Object.entries(shapes)
        .map(([name, shape]) => [name, from.value(shape)])),
    register: (from, { settings }) => Object.assign(new Register(),
        { settings: from.value(settings) }),
    map: (from, { key, value }) => new Map(count_of(from)
        .map(() => [from.value(key), from.value(value)])),
};

export function plan_from(bytes, choices) {
    const reader = new Reader(bytes, choices);
    const plan = reader.value(of_plan);
    const maps = Object.entries(of_maps).map(([name, shape]) =>
        ({ name, shape, refs: reader.value(references) }));
    for (const { name, shape, refs } of maps) {
        plan[name] = new Map(refs.map((ref) => [ref, reader.value(shape)]));
    }
    assert.ok(reader.is_at_end, "something follows the plan");
    return plan;
}
