import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { from_base64, from_base64_by_pieces, from_hex, parse_u64, text_from_utf8, to_base64, to_hex,
    u64_bytes } from "../../../cli/pages/check/bytes.js";
import { at_once } from "../../../cli/pages/check/pause.js";
import { Refusal } from "../../../cli/pages/check/refusal.js";
import { sha256, sha256_of_large } from "../../../cli/pages/check/sha256.js";

test("base64 that is read by pieces is read as in one, and padded at its end alone", () => {
    const read = (text) => at_once(from_base64_by_pieces(text));
    for (const size of [0, 1, 393_215, 393_216, 393_217, 1_000_000]) {
        const bytes = new Uint8Array(size).map((_, i) => i * i);
        assert.deepEqual(read(to_base64(bytes)), bytes);
    }
    const piece = to_base64(new Uint8Array(393_215));
    assert.equal(piece.length, 2 ** 19);
    assert.throws(() => read(`${piece}AAAA`), Refusal);
    assert.throws(() => read(`${to_base64(new Uint8Array(393_216))}A`), Refusal);
});

test("bytes come back from hex and base64 as they were", () => {
    for (let size = 0; size < 70; ++size) {
        const bytes = Uint8Array.from(randomBytes(size));
        assert.deepEqual(from_hex(to_hex(bytes)), bytes);
        assert.equal(to_base64(bytes), Buffer.from(bytes).toString("base64"));
        assert.deepEqual(from_base64(to_base64(bytes)), bytes);
    }
});

test("a large text is read as strictly as a small one", () => {
    const bytes = Uint8Array.from({ length: 90_001 }, (_, i) => (i * i) >> 3);
    const text = to_base64(bytes);
    assert.deepEqual(from_base64(text), bytes);
    for (const wrong of [text.slice(0, -1), `${text}\n`, ` ${text}`, text.replace("A", "-"),
        `${text.slice(0, -3)}B==`, text.slice(0, 70_000) + "=" + text.slice(70_001)]) {
        assert.throws(() => from_base64(wrong), Refusal);
    }
});

test("another spelling of the same bytes is refused", () => {
    for (const wrong of ["AA", "A===", "AB==", "AAB=", "AA=A", "AA==AAAA", "AA==\n", "AA-_", "====",
        "AAA\u0141"]) {
        assert.throws(() => from_base64(wrong), Refusal, wrong);
    }
    for (const wrong of ["0", "0A", "0x", " 00"]) {
        assert.throws(() => from_hex(wrong), Refusal, wrong);
    }
    for (const wrong of ["", "007", "+7", "0x7", "1e3", "7.0", "18446744073709551616", "-1"]) {
        assert.throws(() => parse_u64(wrong), Refusal, wrong);
    }
    assert.equal(parse_u64("0"), 0n);
    assert.equal(parse_u64("18446744073709551615"), 2n ** 64n - 1n);
});

test("a byte-order mark is a character and not passed over", () => {
    assert.equal(text_from_utf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), "\ufeffa");
    assert.throws(() => text_from_utf8(Uint8Array.of(0xff)), Refusal);
});

test("a number of 64 bits is written with its highest byte first", () => {
    assert.equal(to_hex(u64_bytes(2 ** 40 + 5)), "0000010000000005");
});

test("our SHA-256 is the platform's, at every length around the blocks", async () => {
    for (let size = 0; size < 300; ++size) {
        const bytes = Uint8Array.from(randomBytes(size));
        const expected = createHash("sha256").update(bytes).digest("hex");
        assert.equal(to_hex(sha256(bytes)), expected);
        assert.equal(to_hex(await sha256_of_large(bytes)), expected);
    }
});

test("a message may come to SHA-256 in parts", () => {
    const bytes = Uint8Array.from(randomBytes(500));
    const expected = to_hex(sha256(bytes));
    for (let cut = 0; cut <= 500; cut += 7) {
        for (let next = cut; next <= 500; next += 61) {
            const parts = [bytes.subarray(0, cut), bytes.subarray(cut, next), bytes.subarray(next)];
            assert.equal(to_hex(sha256(...parts)), expected);
        }
    }
});
