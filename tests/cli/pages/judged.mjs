// What the program says of cases of a test (judge.cpp): {sort, parts} each, and a list of verdicts.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { u16_bytes } from "../../../cli/pages/check/bytes.js";
import { source } from "./built.mjs";

const judge_file = process.env.WSOA_JUDGE ?? join(source, "build/tests/judge");

function u32_bytes(number) {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, number);
    return bytes;
}

export function program_verdicts(cases) {
    const folder = mkdtempSync(join(tmpdir(), "wsoa-judged-"));
    try {
        const file = join(folder, "cases");
        writeFileSync(file, Buffer.concat(cases.flatMap(({ sort, parts }) => [
            Uint8Array.of(sort.charCodeAt(0)), u16_bytes(parts.length),
            ...parts.flatMap((part) => [u32_bytes(part.length), part])])));
        return execFileSync(judge_file, [file], { encoding: "utf8", maxBuffer: 2 ** 29 })
            .trim().split("\n").map((line) => JSON.parse(line).sort());
    } finally {
        rmSync(folder, { recursive: true });
    }
}
