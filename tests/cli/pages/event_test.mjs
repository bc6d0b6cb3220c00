import assert from "node:assert/strict";
import { test } from "node:test";
import { to_hex } from "../../../cli/pages/check/bytes.js";
import { attempt } from "../../../cli/pages/check/refusal.js";
import { read_change, read_event } from "../../../cli/pages/check/event.js";
import { golden, golden_hex, golden_names, schema } from "./built.mjs";

const kinds = golden_names("change").filter((name) => name.endsWith(".hex"))
    .map((name) => name.slice(0, -".hex".length));

const two_digits = (number) => String(number).padStart(2, "0");
const month_text = (number) => `${Math.floor(number / 12)}-${two_digits((number % 12) + 1)}`;
const date_text = (days) => new Date(days * 86_400_000).toISOString().slice(0, 10);
function decimal_text({ mantissa, scale }) {
    const digits = String(Math.abs(mantissa)).padStart(scale + 1, "0");
    const point = digits.length - scale;
    return (mantissa < 0 ? "-" : "") + digits.slice(0, point) +
        (scale > 0 ? `.${digits.slice(point)}` : "");
}

// A value as the program's JSON form has it.
function json_of(slot, value) {
    if (slot.list) {
        return value.map((element) => json_of({ ...slot, list: false }, element));
    }
    if (slot.wire === "data") {
        return to_hex(value);
    }
    switch (slot.type) {
        case "date": return date_text(value);
        case "month": return month_text(value);
        case "decimal": return Number(decimal_text(value));
        case "record": return json_of_struct(schema.structs[slot.record].slots, value);
        default: return value;
    }
}
function json_of_struct(slots, values) {
    return Object.fromEntries(slots.filter(({ name }) => values[name] !== null)
        .map((slot) => [slot.name, json_of(slot, values[slot.name])]));
}

test("every kind of change is read as the program reads it", () => {
    assert.ok(kinds.length > 100);
    for (const kind of kinds) {
        const change = read_change(schema, golden_hex(`change/${kind}.hex`));
        const expected = JSON.parse(golden(`change/${kind}.json`));
        assert.equal(change.kind, kind);
        const layout = schema.structs.Change;
        const member = layout.members.find((each) => each?.name === kind);
        const fields = json_of_struct(schema.structs[member.record].slots, change.fields);
        assert.deepEqual(fields, expected.fields, kind);
        const { fields: _, kind: __, id, ...envelope } = expected;
        const read = json_of_struct(layout.slots, change);
        assert.equal(read.id, id.replaceAll("-", ""));
        delete read.id;
        assert.deepEqual(read, envelope, kind);
    }
});

test("an event is read, and its change is just what its author signed", () => {
    const bytes = golden_hex("event/event.hex");
    const event = read_event(schema, 10, bytes);
    assert.equal(event.change.kind, "progressRecorded");
    assert.equal(event.change.subject, "TH-1.2");
    assert.equal(new Date(event.recorded_at).toISOString(), "2022-04-01T09:11:33.250Z");
    assert.ok(event.change_bytes.every((byte, i) => byte === event.change_bytes[i]));
    assert.ok(event.signature.every((byte) => byte === 0x51));
});

test("whatever a byte is changed into, the bytes still mean one thing or are refused", () => {
    let refused = 0;
    for (const kind of ["ledgerOpened", "actionAdded", "changeApproved", "holidaysSet",
        "evidenceAccepted", "planSuperseded", "actionStarted"]) {
        const bytes = golden_hex(`change/${kind}.hex`);
        for (let at = 0; at < bytes.length; ++at) {
            for (const bit of [1, 4, 0x80]) {
                const mutant = Uint8Array.from(bytes);
                mutant[at] ^= bit;
                refused += attempt(() => read_change(schema, mutant)).refusal === null ? 0 : 1;
            }
        }
    }
    assert.ok(refused > 1000, `${refused} were refused`);
});

test("bytes that are cut, longer, or not in canonical form are refused", () => {
    for (const kind of kinds) {
        const bytes = golden_hex(`change/${kind}.hex`);
        const longer = new Uint8Array(bytes.length + 8);
        longer.set(bytes);
        for (const wrong of [bytes.subarray(0, bytes.length - 8), bytes.subarray(0, 8), longer,
            bytes.subarray(1), new Uint8Array(), new Uint8Array(60_008)]) {
            assert.equal(attempt(() => read_change(schema, wrong)).refusal?.sort, "wrong");
        }
    }
});

test("a newer format is not known, and not called wrong", () => {
    const bytes = golden_hex("change/actionStarted.hex");
    const format_at = 8;
    bytes[format_at] = 2;
    assert.equal(attempt(() => read_change(schema, bytes)).refusal.sort, "unknown");
    bytes[format_at] = 0;
    assert.equal(attempt(() => read_change(schema, bytes)).refusal.sort, "wrong");
});
