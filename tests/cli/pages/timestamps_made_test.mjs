// The timestamps that we publish as vectors, made from seeds (schemas/README.md, "Test vectors").
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { to_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { Stamps, bent_tokens, ours } from "./bent_tokens.mjs";
import { golden, source } from "./built.mjs";

const why = { "true true": "all that is asked of a timestamp is there",
    "true false": "it holds by itself, but no chain that is good for timestamps leads to the root",
    "false false": "it does not hold by itself, whoever vouches for it" };
const said = (holds) => holds ? "holds" : "refused";

test("the published timestamps are those that these seeds give", () => {
    const stamped = "origin.example/send\n812\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    const cases = bent_tokens(new Stamps(utf8(stamped))).map(({ name, token, alone, believed }) =>
        ({ name, expect: said(believed), why: why[`${alone} ${believed}`], alone: said(alone),
            stamped, roots: Buffer.from(ours.roots).toString(), reply: to_hex(token) }));
    const text = `${JSON.stringify(cases, null, 1)}\n`;
    if (process.env.WSOA_UPDATE_GOLDEN !== undefined) {
        writeFileSync(join(source, "tests/golden/vectors/timestamps.json"), text);
    }
    assert.equal(golden("vectors/timestamps.json").toString(), text);
});
