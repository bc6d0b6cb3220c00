// A ledger that the program wrote, and packs of it as the program makes them.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { read_zip } from "../../../cli/pages/check/zip.js";

export class Program {
    constructor(program, folder) {
        this.program_ = program;
        this.folder_ = folder;
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

    // A pack of the plan, as at and as known on a day, as `wsoa pack` writes it; `more` are options
    // of that command.
    pack(plan, day, ...more) {
        const file = join(this.folder_, "made.pack.zip");
        rmSync(file, { force: true });
        this.run("--key", join(this.folder_, "keys/programme-manager.pem"), "pack", plan,
            "--for", "a test", "--recipient", "dfe-adviser", "--as-at", day, "--as-known", day,
            "--rebuild", "--out", file, ...more);
        return new Uint8Array(readFileSync(file));
    }
}

// The members of such a pack, of which each can be replaced.
export const members_from = (program, ...asked) => read_zip(program.pack(...asked)).members;
