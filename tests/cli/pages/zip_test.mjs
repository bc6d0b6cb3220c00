import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, utf8 } from "../../../cli/pages/check/bytes.js";
import { attempt, Refusal } from "../../../cli/pages/check/refusal.js";
import { Pauses } from "../../../cli/pages/check/pause.js";
import { crc32, damaged_members, read_zip } from "../../../cli/pages/check/zip.js";
import { verify } from "./checked.mjs";
import { zip } from "./pack_maker.mjs";

const members = new Map([["a", utf8("one")], ["b/c.txt", utf8("two")], ["d", new Uint8Array()]]);

test("members come back as they were stored", () => {
    const read = read_zip(zip(members));
    assert.deepEqual([...read.members.keys()], ["a", "b/c.txt", "d"]);
    assert.equal(Buffer.from(read.members.get("b/c.txt")).toString(), "two");
    assert.equal(crc32(utf8("123456789")), 0xcbf43926);
});

const named = (name) => zip(new Map([[name, utf8("x")]]));
const hostile = {
    "nothing": new Uint8Array(),
    "bytes of no zip": utf8("x".repeat(1000)),
    "a deflated member": zip(members, { method: 8 }),
    "an encrypted member": zip(members, { flags: 1 }),
    "a data descriptor": zip(members, { flags: 8 }),
    "another date": zip(members, { date: 34 }),
    "another time of the day": zip(members, { time: 1 }),
    "a comment of a member": zip(members, { comment: 4 }),
    "something before the directory": zip(members, { gap: utf8("x") }),
    "something behind the end": zip(members, { tail: utf8("x") }),
    "another order": zip(members, { order: ["b/c.txt", "a", "d"] }),
    "a name twice": zip(members, { order: ["a", "a", "d"] }),
    "a local name that differs": zip(new Map([["a", utf8("x")]]), { local_name: "b" }),
    "a path upwards": named("../a"),
    "a path upwards within": named("a/../b"),
    "an absolute path": named("/a"),
    "a folder": named("a/"),
    "a backslash": named("a\\b"),
    "a space": named("a b"),
    "a name that is not ASCII": named("\u00e9"),
    "an empty name": named(""),
    "a name with two slashes": named("a//b"),
};

for (const [name, bytes] of Object.entries(hostile)) {
    test(`a zip file with ${name} is refused with one sentence`, async () => {
        assert.throws(() => read_zip(bytes), Refusal);
        const { verdict } = await verify(bytes);
        assert.deepEqual(verdict.findings.length, 1);
        assert.equal(verdict.items.get("zip").state, "failed");
    });
}

test("a zip file cut anywhere is refused", () => {
    const bytes = zip(members);
    for (let size = 0; size < bytes.length; ++size) {
        assert.throws(() => read_zip(bytes.subarray(0, size)), Refusal, `${size}`);
    }
});

test("whatever bit of the headers is turned, the members stay inside the file", () => {
    const bytes = zip(members);
    for (let at = 0; at < bytes.length; ++at) {
        for (let bit = 0; bit < 8; ++bit) {
            const mutant = Uint8Array.from(bytes);
            mutant[at] ^= 1 << bit;
            const { value } = attempt(() => read_zip(mutant));
            if (value !== null) {
                const size = [...value.members.values()]
                    .reduce((sum, { length }) => sum + length, 0);
                assert.ok(size <= bytes.length);
            }
        }
    }
});

test("a member with a wrong check sum is read and named", async () => {
    const damaged = (bytes) => damaged_members(read_zip(bytes), new Pauses());
    assert.deepEqual(await damaged(zip(members)), []);
    assert.deepEqual(await damaged(zip(members, { crc: 7 })), ["a", "b/c.txt", "d"]);
});

test("an end that promises more members than there are is refused", () => {
    const bytes = zip(members);
    const end = bytes.length - 22;
    for (const [at, value] of [[8, 0xff], [10, 0xff], [12, 0], [16, 1], [4, 1], [6, 1]]) {
        const mutant = concat(bytes);
        mutant[end + at] = value;
        assert.throws(() => read_zip(mutant), Refusal, `${at}`);
    }
});
