// A ledger that the program wrote, as a pack: its events and checkpoint as `wsoa` hands them out,
// and what `wsoa show` says of the plan. Words are left out: their salts lie in the vault.
import { execFileSync } from "node:child_process";
import { from_hex, to_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { Tree, hash_leaf } from "../../../cli/pages/check/tree.js";
import { sha256 } from "../../../cli/pages/check/sha256.js";
import { mark_line } from "../../../cli/pages/check/pack.js";
import { note_key, type_ed25519, vkey_of } from "../../../cli/pages/check/note.js";
import { read_event } from "../../../cli/pages/check/event.js";
import { schema } from "./built.mjs";
import { tiles, with_page } from "./pack_maker.mjs";

export class Program {
    constructor(program, folder) {
        this.program_ = program;
        this.environment_ = { ...process.env, WSOA_STATE: `${folder}/state`,
            WSOA_LEDGER: `${folder}/ledger` };
    }

    run(...words) {
        return execFileSync(this.program_, words, { env: this.environment_, encoding: "utf8",
            maxBuffer: 2 ** 28 });
    }
    objects(...words) {
        return this.run(...words, "--json").trim().split("\n").map((line) => JSON.parse(line));
    }
    checkpoint() {
        return this.run("checkpoint");
    }
    shown(plan, as_at, as_known) {
        return this.objects("show", plan, "--as-at", as_at, "--as-known", as_known);
    }
}

// The members of a pack of the whole ledger, as at and as known on a day.
export function members_from(program, plan, day) {
    const checkpoint = program.checkpoint();
    const size = Number(checkpoint.split("\n")[1]);
    const entries = program.objects("log", "--raw", `0-${size - 1}`)
        .map(({ entry }) => from_hex(entry));
    const tree = new Tree();
    entries.forEach((entry) => tree.append(hash_leaf(entry)));
    const members = tiles(tree, entries);
    const shown = program.shown(plan, day, day);
    const add = (name, text) => members.set(name, utf8(text));
    for (const name of ["README.txt", "certificate.txt", "documents.jsonl", "evidence.csv",
        "words.jsonl"]) {
        add(name, name.endsWith(".jsonl") ? "" : "no more than a name\n");
    }
    const { ledgerKey } = read_event(schema, 0, entries[0]).change.fields;
    const key = vkey_of(note_key(checkpoint.split("\n")[0], type_ed25519, ledgerKey));
    add("policy", `log ${key}\nquorum none\n`);
    add("checkpoint", checkpoint);
    add("pack.json", JSON.stringify({ format: "wsoa-pack/v1", origin: checkpoint.split("\n")[0],
        ledger: to_hex(tree.leaf(0)), plan, for: "a test", as_at: day, as_known: day, size,
        root: to_hex(tree.root_at(size)), disclosed: [], restricted: false,
        page: to_hex(sha256(utf8(mark_line))), made_with: "wsoa 0.1.0" }));
    add("state.json", JSON.stringify({ plan, as_at: day, as_known: day, format: "plan-state/v2",
        digest: shown.at(-1).digest }));
    add("shown.jsonl", shown.map((part) => `${JSON.stringify(part)}\n`).join(""));
    return with_page(members, mark_line);
}
