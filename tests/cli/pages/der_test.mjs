// DER as the page reads it: each value in its one spelling, within limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, from_hex, to_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { Fields, oid_of, read_der, seconds_of, small_of, tags }
    from "../../../cli/pages/check/der.js";
import { attempt } from "../../../cli/pages/check/refusal.js";
import { Authority, der, octets, oid, sequence, set, whole } from "./authority.mjs";
import { Dice, mutant } from "./dice.mjs";

const refused = (hex) => attempt(() => read_der(from_hex(hex))).refusal?.message;

test("elements are told with their content and with what stands within them", () => {
    const read = read_der(sequence(whole(5), set(octets(Uint8Array.of(1, 2)))));
    assert.deepEqual([read.tag, read.inner.length], [tags.sequence, 2]);
    assert.equal(small_of(read.inner[0]), 5);
    assert.equal(to_hex(read.inner[1].inner[0].content), "0102");
    assert.equal(to_hex(read.inner[1].bytes), "310404020102");
    assert.equal(read_der(octets(new Uint8Array(300))).content.length, 300);
});

test("what is not DER is refused, by what is wrong with it", () => {
    for (const [hex, why] of [["", "0 elements"], ["30", "cut off"], ["020101" + "00", "cut off"],
        ["020101020102", "2 elements"], ["30800201010000", "no length"],
        ["3003020101ff", "cut off"], ["3004020101", "longer"], ["3002020101", "longer"],
        ["02810101", "longer than DER"], ["0282000101", "longer than DER"], ["0285000000000101",
            "longer"], ["1f0100", "a tag"], ["0000", "a tag"], ["220101", "put together"],
        ["1003020101", "put together"], ["2403040101", "put together"], ["0200", "spelled"],
        ["02020001", "spelled"], ["0202ff80", "spelled"], ["0100", "spelled"],
        ["01020000", "spelled"], ["050100", "spelled"], ["0300", "spelled"], ["030108", "spelled"],
        ["1c020041", "spelled"], ["1e0141", "spelled"],
        ["0600", "spelled"], ["060180", "spelled"], ["06028001", "spelled"]]) {
        assert.ok(refused(hex)?.includes(why), `${hex}: ${refused(hex)}`);
    }
    for (const hex of ["0101ff", "010100", "020100", "0500", "0302047f", "3000", "a000", "8000"]) {
        assert.equal(refused(hex), undefined, hex);
    }
});

test("neither depth nor number of elements is without end", () => {
    const nested = (depth) => Array.from({ length: depth })
        .reduce((inner) => sequence(inner), new Uint8Array());
    assert.equal(attempt(() => read_der(nested(24))).refusal, null);
    assert.match(attempt(() => read_der(nested(25))).refusal.message, /too deep/);
    const bomb = Uint8Array.from({ length: 60_000 }, (_, i) => i % 4 === 0 ? 0x30 : 0x82);
    assert.notEqual(attempt(() => read_der(bomb)).refusal, null);
    const many = (count) => sequence(new Uint8Array(2 * count).map((_, i) => i % 2 === 0 ? 5 : 0));
    assert.equal(attempt(() => read_der(many(19_999))).refusal, null);
    assert.match(attempt(() => read_der(many(20_000))).refusal.message, /too many/);
});

test("names, numbers and times are read as they are meant", () => {
    for (const name of ["1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", "2.999.3", "0.9.2342",
        "1.3.6.1.5.5.7.3.8"]) {
        const bytes = name === "2.999.3" ? from_hex("0603883703") : oid(name);
        assert.equal(oid_of(read_der(bytes)), name);
    }
    assert.equal(small_of(read_der(whole(0, 200))), null);
    assert.equal(small_of(read_der(whole(255))), null);
    const time = (tag, text) => attempt(() => seconds_of(read_der(der(tag, utf8(text)))));
    for (const [tag, text, seconds] of [[tags.time, "20220415120000Z", 1_650_024_000],
        [tags.time, "20220415120000.25Z", 1_650_024_000], [tags.utc_time, "220415120000Z",
            1_650_024_000], [tags.utc_time, "500101000000Z", -631_152_000],
        [tags.time, "19700101000000Z", 0], [tags.time, "00500101000000Z", -60_589_296_000],
        [tags.time, "20240229000000Z", 1_709_164_800]]) {
        assert.equal(time(tag, text).value, seconds, text);
    }
    for (const [tag, text] of [[tags.time, "20220415120000"], [tags.time, "202204151200Z"],
        [tags.time, "20220415120000.50Z"], [tags.time, "20220415120000.Z"],
        [tags.time, "20220415120000+0100"], [tags.time, "20230229000000Z"],
        [tags.time, "20220415240000Z"], [tags.time, "20220415126000Z"],
        [tags.utc_time, "20220415120000Z"], [tags.octets, "20220415120000Z"]]) {
        assert.notEqual(time(tag, text).refusal, null, text);
    }
});

test("fields stand in their order, none lacking and none more", () => {
    const element = read_der(sequence(whole(1), octets(Uint8Array.of(2))));
    const fields = new Fields(element);
    assert.equal(fields.optional(tags.octets), null);
    assert.equal(small_of(fields.next(tags.integer)), 1);
    assert.notEqual(attempt(() => fields.end()).refusal, null);
    assert.equal(fields.rest().length, 1);
    fields.end();
    assert.notEqual(attempt(() => fields.any()).refusal, null);
    assert.notEqual(attempt(() => new Fields(element, tags.set)).refusal, null);
    assert.notEqual(attempt(() => new Fields(read_der(whole(1)))).refusal, null);
});

test("100000 mutants of a token are refused with a sentence, or are what they say", () => {
    const dice = new Dice(20221129);
    const seeds = [new Authority().token(utf8("stamped")), sequence(whole(1), sequence())];
    const joined = (element) => element.inner === null ? element.bytes
        : der(element.tag, ...element.inner.map(joined));
    let taken = 0;
    for (let i = 0; i < 100_000; ++i) {
        const bytes = mutant(dice, seeds);
        const { value, refusal } = attempt(() => read_der(bytes));
        assert.ok(refusal === null || refusal.message.length > 0);
        if (refusal === null && ++taken % 50 === 0) {
            assert.equal(to_hex(concat(joined(value))), to_hex(bytes));
        }
    }
    assert.ok(taken > 1000 && taken < 100_000, `${taken}`);
});
