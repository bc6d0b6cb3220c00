// Checks a pack: every leaf, the tree, the checkpoint, each author's signature and right, every
// word and document that was disclosed, and what the pack says the plan was. It never stops at the
// first fault, and says of everything whether it was checked.
//
// The depth is that of `wsoa verify --depth authors`: the rules of plans are not judged again.
import { check_cosignatures, check_earlier, fault_of, read_checkpoint }
    from "./checkpoint_check.js";
import { equal, to_hex } from "./bytes.js";
import { check_documents, check_state, check_words } from "./content_check.js";
import { EventCheck } from "./event_check.js";
import { Verifier, has_ed25519 } from "./keys.js";
import { check_page, leaves_max, member, open_pack, read_about, strange_members }
    from "./pack.js";
import { check_papers } from "./papers.js";
import { Pauses } from "./pause.js";
import { attempt } from "./refusal.js";
import { entries_of_bundle, hashes_of_tile, tiles_of } from "./tiles.js";
import { Verdict } from "./verdict.js";
import { damaged_members } from "./zip.js";

// Everything that is known of a pack while it is checked.
class PackCheck {
    constructor(given) {
        this.given = given;
        this.verdict = new Verdict(given.report);
        this.verifier = new Verifier();
        this.pauses = new Pauses();
        this.pack = null;
        this.about = null;
        this.checkpoint = null;
        this.words = new Map();  // of each event: its disclosed words by field
        this.documents = [];
    }

    get tree() {
        return this.check.tree;
    }
    get keyring() {
        return this.check.state.keyring;
    }

    async run() {
        if (!await has_ed25519()) {
            this.verdict.leave("signatures", "anything at all", "this browser cannot check " +
                "Ed25519 signatures; use a newer one, or `wsoa verify`");
            return this.done_();
        }
        if (!this.open_()) {
            return this.done_();
        }
        for (const name of await damaged_members(this.pack, this.pauses)) {
            this.verdict.find("zip", { what: `${name} is damaged: its check sum is wrong` });
        }
        if (!this.read_checkpoint_()) {
            return this.done_();
        }
        this.check = new EventCheck(this.given.schema, this.verdict, this.verifier,
            this.given.workers ?? []);
        const is_whole = await this.check_events_();
        await this.check.finish();
        this.settle_events_(is_whole);
        if (this.keyring.facts === null) {
            this.verdict.fail("checkpoint", "the checkpoint, its signature and root",
                "event 0 does not open the ledger, so that no key is known to sign it");
            return this.done_();
        }
        await this.check_head_();
        await check_words(this);
        await check_documents(this);
        check_state(this);
        check_papers(this);
        this.check_page_();
        return this.done_();
    }

    open_() {
        const opened = attempt(() => open_pack(this.given.bytes));
        if (opened.refusal !== null) {
            this.verdict.fail("zip", "the form of the zip file", opened.refusal.message);
            return false;
        }
        this.pack = opened.value;
        const about = attempt(() => read_about(this.pack));
        this.about = about.value;
        if (about.refusal !== null) {
            this.verdict.fail("pack", "what the pack says of itself", about.refusal.message);
        }
        return true;
    }

    read_checkpoint_() {
        const read = attempt(() => read_checkpoint(member(this.pack, "checkpoint")));
        const what = "the checkpoint, its signature and root";
        if (read.refusal !== null) {
            this.verdict.fail("checkpoint", what, read.refusal.message);
            this.verdict.settle("zip", this.zip_what_());
            return false;
        }
        this.checkpoint = read.value;
        if (this.checkpoint.size > leaves_max || this.checkpoint.size === 0) {
            this.verdict.fail("checkpoint", what, `it covers ${this.checkpoint.size} events; a ` +
                `page takes 1 to ${leaves_max}`);
            this.verdict.settle("zip", this.zip_what_());
            return false;
        }
        this.check_members_();
        return true;
    }

    zip_what_() {
        return `the form of the zip file and the check sums of its ${this.pack.members.size} ` +
            "members";
    }

    check_members_() {
        const documents = [...this.pack.members.keys()]
            .filter((name) => /^documents\/(0|[1-9][0-9]*)$/.test(name));
        for (const name of strange_members(this.pack, this.checkpoint.size, documents)) {
            this.verdict.find("zip", { what: `no pack has a member ${name}` }, "strange");
        }
        this.verdict.settle("zip", this.zip_what_());
    }

    // Leaf by leaf, and tile by tile. False where a bundle is missing or cut: what follows it was
    // not looked at.
    async check_events_() {
        const { size } = this.checkpoint;
        const by_level = tiles_by_level(size);
        for (const bundle of by_level.get("entries")) {
            const leaves = by_level.get(0)[bundle.number];
            const hashes = attempt(() =>
                hashes_of_tile(member(this.pack, leaves.name), leaves.width)).value;
            const read = attempt(() =>
                entries_of_bundle(member(this.pack, bundle.name), bundle.width));
            if (read.refusal !== null) {
                this.verdict.find("events", { event: this.tree.size, what: "the events from here " +
                    `on are missing: ${bundle.name}: ${read.refusal.message}` });
                return false;
            }
            await this.check.add(read.value, hashes, (done) => this.given.progress(done, size));
        }
        for (const [level, tiles] of by_level) {
            if (level !== "entries") {
                tiles.forEach((tile) => this.check_tile_(tile));
            }
        }
        return true;
    }

    check_tile_({ name, level, number, width }) {
        const read = attempt(() => hashes_of_tile(member(this.pack, name), width));
        if (read.refusal !== null) {
            this.verdict.find("events", { what: `${name}: ${read.refusal.message}` }, "tile");
            return;
        }
        const wrong = read.value.findIndex((hash, i) =>
            !equal(hash, this.tree.node(8 * level, number * 256 + i)));
        if (wrong >= 0) {
            this.verdict.find("events",
                { what: `${name}: hash ${wrong} of it is not what the events give` }, "tile hash");
        }
    }

    settle_events_(is_whole) {
        const { verdict, check, checkpoint } = this;
        verdict.size = this.tree.size;
        verdict.root = this.tree.root_at(this.tree.size);
        if (is_whole && !equal(verdict.root, checkpoint.root)) {
            verdict.find("checkpoint", { what: `the checkpoint over ${checkpoint.size} events ` +
                "has another root than the events give" });
        }
        verdict.settle("events",
            `${verdict.size} events hashed again, and the tree rebuilt from them`);
        verdict.settle("history", "what each author had seen, and the versions of subjects");
        verdict.settle("signatures", `${check.signatures} signatures of authors`);
        if (check.zone === null) {
            verdict.leave("authority", "that key and role were in force",
                check.obstacle ?? "event 0 names no time zone");
        } else {
            verdict.settle("authority", "that key and role were in force, and that a second " +
                `person decided where one must, for ${check.judged} of ${verdict.size} events`);
        }
        verdict.leave("meaning", "meaning: whether each change kept the plan's other rules",
            "the page does not judge rules again; `wsoa verify` does");
    }

    async check_head_() {
        const { verdict, checkpoint } = this;
        const fault = await fault_of(checkpoint, this.tree, this.keyring, this.verifier);
        if (fault !== null) {
            verdict.find("checkpoint",
                { what: `the checkpoint over ${checkpoint.size} events ${fault}` });
        }
        verdict.settle("checkpoint",
            `the checkpoint over ${checkpoint.size} events, its signature and root`);
        this.check_about_();
        const policy = this.pack.members.get("policy") ?? new Uint8Array();
        await check_cosignatures(policy, this.given.outside.policy, checkpoint, this);
        await check_earlier(this.given.outside.checkpoint, this);
        const count = [...this.pack.members.keys()]
            .filter((name) => name.startsWith("timestamps/")).length;
        verdict.leave("timestamps", `${count} timestamps over the checkpoint`,
            count === 0 ? "there are none" : "the page does not read them; `openssl ts -verify` " +
                "and `wsoa verify` do");
    }

    check_about_() {
        const { about, verdict, checkpoint } = this;
        if (about === null) {
            return;
        }
        const { facts } = this.keyring;
        const claims = [["origin", about.origin === facts.origin],
            ["ledger", equal(about.ledger_hash, facts.ledger)],
            ["size", about.size === checkpoint.size],
            ["root", equal(about.root_hash, checkpoint.root)],
            ["plan", this.check.state.plans.has(about.plan)]];
        for (const [name, holds] of claims) {
            if (!holds) {
                verdict.find("pack",
                    { what: `pack.json: its "${name}" is not that of the events` });
            }
        }
        verdict.settle("pack", "what the pack says of itself, against the events");
    }

    check_page_() {
        if (this.given.is_embedded) {
            this.verdict.leave("page", "whether this page is the released one",
                "a page cannot vouch for itself: compare its SHA-256 with the published one, or " +
                "open the pack with a page that you have from elsewhere");
            return;
        }
        const checked = attempt(() => check_page(this.pack, this.about));
        if (checked.refusal !== null) {
            this.verdict.fail("page", "the page within the pack", checked.refusal.message);
            return;
        }
        this.verdict.leave("page", "whether the page within the pack is the released one",
            `its data are those of the pack; its SHA-256 is ${checked.value}: compare it with ` +
            "the published one");
    }

    done_() {
        return { verdict: this.verdict, about: this.about, pack: this.pack, words: this.words,
            documents: this.documents, checkpoint: this.checkpoint, check: this.check ?? null,
            root: this.verdict.root === null ? "" : to_hex(this.verdict.root) };
    }
}

function tiles_by_level(size) {
    const levels = new Map();
    for (const tile of tiles_of(size)) {
        const level = levels.get(tile.level);
        if (level === undefined) {
            levels.set(tile.level, [tile]);
        } else {
            level.push(tile);
        }
    }
    return levels;
}

// `given`: bytes of the pack, schema, `is_embedded` where they stood in the page itself, `outside`
// with what the reader brought ({policy, checkpoint}, bytes or null), `report(item)` for each item
// as it is settled, `progress(done, of)` for events, `workers` that serve lots (lots.js), if any.
export function verify_pack(given) {
    return new PackCheck(given).run();
}
