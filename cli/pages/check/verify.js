// Checks a pack: every leaf, the tree, the checkpoint, each author's signature and right, every
// word and document that was disclosed, and what the pack says the plan was. It never stops at the
// first fault, and says of everything whether it was checked.
//
// The depth is that of `wsoa verify --depth authors`: the rules of plans are not judged again.
import { check_anchors } from "./anchor_check.js";
import { check_cosignatures, check_earlier, fault_of, read_checkpoint }
    from "./checkpoint_check.js";
import { equal, to_hex } from "./bytes.js";
import { check_completeness } from "./completeness.js";
import { check_documents, check_state, check_words, state_known } from "./content_check.js";
import { check_earlier_notes } from "./earlier.js";
import { EventCheck } from "./event_check.js";
import { Verifier, has_ed25519 } from "./keys.js";
import { check_page, checkpoint_bytes_max, large_timestamps, member, missing_members, open_pack,
    page_events_max, page_leaves_max, read_about, strange_members } from "./pack.js";
import { check_papers } from "./papers.js";
import { Pauses } from "./pause.js";
import { check_periods } from "./periods.js";
import { attempt, refuse, tried } from "./refusal.js";
import { entries_of_bundle, hashes_of_tile, tile_width, tiles_of } from "./tiles.js";
import { Verdict } from "./verdict.js";
import { damaged_members } from "./zip.js";

const checkpoint_what = "the checkpoint, its signature and root";

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
        this.known = null;  // what events had made by the pack's day
        this.words = new Map();  // of each event: its disclosed words by field
        this.documents = [];
        this.bounds = [];  // in time, of runs of events
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
        const bundles = this.open_();
        if (bundles === null) {
            return this.done_();
        }
        this.read_checkpoint_();
        this.check = new EventCheck(this.given.schema, this.verdict, this.verifier,
            this.given.workers ?? []);
        await this.check_events_(bundles);
        // What hangs on no signature is looked at while workers check those.
        await this.check_members_();
        await check_periods(this);
        await check_words(this);
        await check_documents(this);
        this.known = await state_known(this);
        await check_state(this);
        await this.pauses.when_due();
        check_papers(this);
        await this.pauses.when_due();
        await this.check_page_();
        await this.check.finish();
        this.settle_events_();
        check_completeness(this);
        await this.check_head_();
        return this.done_();
    }

    // What cannot be read as a pack at all is one finding, and nothing else is looked at: these are
    // the items of which schemas/README.md says so. Gives the entries, bundle by bundle.
    open_() {
        const { schema, bytes } = this.given;
        const steps = [
            ["zip", "archive", "the form of the zip file", () => {
                this.pack = open_pack(bytes);
            }],
            ["pack", "about", "what the pack says of itself", () => {
                this.about = read_about(this.pack, schema);
            }],
            ["checkpoint", "checkpoint", checkpoint_what, () => {
                if (member(this.pack, "checkpoint").length > checkpoint_bytes_max) {
                    refuse("the checkpoint is too long");
                }
            }],
        ];
        for (const [check, item, what, step] of steps) {
            const { refusal } = attempt(step);
            if (refusal !== null) {
                this.verdict.fail(check, item, what, refusal.message);
                return null;
            }
        }
        return this.read_bundles_();
    }

    read_bundles_() {
        const { size, leaves } = this.about;
        const by_level = tiles_by_level(size);
        const bundles = this.read_all_(by_level.get("entries"), entries_of_bundle);
        // Where leaves are left out the tree can be built only with their hashes.
        if (bundles === null || (leaves < size &&
            this.read_all_(by_level.get(0), hashes_of_tile) === null)) {
            return null;
        }
        if (leaves > page_leaves_max || size > page_events_max) {
            this.verdict.leave("signatures", "anything at all", `the pack holds ${leaves} of ` +
                `${size} events, and a page takes ${page_leaves_max} of ${page_events_max}; use ` +
                "`wsoa verify`");
            return null;
        }
        return bundles;
    }

    // What is in each of these members; null where one is missing or not of its form.
    read_all_(tiles, read) {
        const contents = [];
        for (const { name, width } of tiles) {
            const { value, refusal } = attempt(() => read(member(this.pack, name), width));
            if (refusal !== null) {
                this.verdict.fail("events", `member:${name}`, "the events",
                    `${name}: ${refusal.message}`);
                return null;
            }
            contents.push(value);
        }
        return contents;
    }

    async check_members_() {
        const { verdict, pack, about, given } = this;
        const find = (name, what, sort) =>
            verdict.find("zip", `member:${name}`, { what: `${name}${what}` }, { sort });
        for (const name of await damaged_members(pack, this.pauses)) {
            find(name, " is damaged: its check sum is wrong", "damaged");
        }
        for (const name of missing_members(pack, given.is_embedded)) {
            find(name, ": the pack has none", "missing");
        }
        for (const name of strange_members(pack, about.size)) {
            find(name, ": no pack has such a member", "strange");
        }
        for (const name of large_timestamps(pack)) {
            find(name, ": no timestamp is that large", "large");
        }
        verdict.settle("zip", "the form of the zip file and the check sums of its " +
            `${pack.members.size} members`);
    }

    read_checkpoint_() {
        const read = attempt(() => read_checkpoint(member(this.pack, "checkpoint")));
        this.checkpoint = read.value;
        if (read.refusal !== null) {
            this.verdict.find("checkpoint", "checkpoint",
                { what: `checkpoint: ${read.refusal.message}` });
        }
    }

    // Leaf by leaf, and tile by tile.
    async check_events_(bundles) {
        const { size, leaves } = this.about;
        const by_level = tiles_by_level(size);
        // An empty entry stands for one that was left out, but at the ledger's opening.
        const is_left_out = (entry, index) => leaves < size && index > 0 && entry.length === 0;
        for (const [number, entries] of bundles.entries()) {
            const { name, width } = by_level.get(0)[number];
            const hashes = attempt(() => hashes_of_tile(member(this.pack, name), width)).value;
            const here = entries.map((entry, i) =>
                is_left_out(entry, number * tile_width + i) ? null : entry);
            await this.check.add(here, { name, hashes },
                (done) => this.given.progress(done, size));
        }
        for (const [level, tiles] of by_level) {
            if (level !== "entries") {
                tiles.forEach((tile) => this.check_tile_(tile));
            }
        }
    }

    check_tile_({ name, level, number, width }) {
        const read = attempt(() => hashes_of_tile(member(this.pack, name), width));
        if (read.refusal !== null) {
            this.verdict.find("events", `member:${name}`,
                { what: `${name}: ${read.refusal.message}` }, { sort: "tile" });
            return;
        }
        const wrong = read.value.findIndex((hash, i) =>
            !equal(hash, this.tree.node(8 * level, number * 256 + i)));
        if (wrong >= 0) {
            this.verdict.find("events", `tile:${name}`,
                { what: `${name}: hash ${wrong} of it is not what the events give` },
                { sort: "tile hash" });
        }
    }

    settle_events_() {
        const { verdict, check, about } = this;
        verdict.size = this.tree.size;
        verdict.root = this.tree.root_at(this.tree.size);
        verdict.settle("events", about.leaves === about.size
            ? `${verdict.size} events hashed again, and the tree rebuilt from them`
            : `${verdict.size - check.left_out} of ${verdict.size} events hashed again, and the ` +
                "tree rebuilt from them and from the hashes of the others");
        verdict.settle("history", "what each author had seen, and the versions of subjects");
        verdict.settle("signatures", `${check.signatures} signatures of authors`);
        if (check.zone === null) {
            verdict.leave("authority", "that key and role were in force",
                check.obstacle ?? "event 0 names no time zone");
        } else {
            verdict.settle("authority", "that key and role were in force, and that a second " +
                `person decided where one must, for ${check.judged} of ` +
                `${verdict.size - check.left_out} events`);
        }
        verdict.leave("meaning", "meaning: whether each change kept the plan's other rules",
            "the page does not judge rules again; `wsoa verify` does");
    }

    // By the ledger's own key, once the events have said which that is.
    async fault_of_head_() {
        const { checkpoint, keyring, about } = this;
        if (keyring.facts === null) {
            return "event 0 does not open the ledger, so that no key is known to sign it";
        }
        const fault = checkpoint === null ? null
            : await fault_of(checkpoint, this.tree, keyring, this.verifier) ??
                (checkpoint.size === about.size ? null : `is of ${checkpoint.exact_size} events`);
        return fault === null ? null : `the checkpoint over ${about.size} events ${fault}`;
    }

    async check_head_() {
        const { verdict, checkpoint } = this;
        const fault = await this.fault_of_head_();
        if (fault !== null) {
            verdict.find("checkpoint", "checkpoint", { what: fault });
        }
        this.earlier = await check_earlier_notes(this);
        verdict.settle("checkpoint", checkpoint === null ? checkpoint_what
            : `the checkpoint over ${checkpoint.size} events, its signature and root`);
        this.check_about_();
        await check_cosignatures(checkpoint, this);
        await check_earlier(this);
        this.bounds = await check_anchors(this);
    }

    check_about_() {
        const { about, verdict, checkpoint, check } = this;
        const opening = check.events[0];
        const claims = [
            ["its origin, size and root are not those of the checkpoint", checkpoint === null ||
                (about.origin === checkpoint.origin && about.size === checkpoint.size &&
                    equal(about.root, checkpoint.root))],
            ['its "root" is not that of the events', equal(about.root, verdict.root)],
            ['its "ledger" is not that of the events', opening === undefined ||
                equal(about.ledger, opening.leaf)]];
        for (const [what, holds] of claims) {
            if (!holds) {
                verdict.find("pack", "about", { what: `pack.json: ${what}` });
            }
        }
        verdict.settle("pack", "what the pack says of itself, against the events");
    }

    async check_page_() {
        if (this.given.is_embedded) {
            this.verdict.leave("page", "whether this page is the released one",
                "a page cannot vouch for itself: compare its SHA-256 with the published one, or " +
                "open the pack with a page that you have from elsewhere");
            return;
        }
        const checked = await tried(this.pauses.through(check_page(this.pack, this.about)));
        if (checked.refusal !== null) {
            this.verdict.fail("page", "page", "the page within the pack", checked.refusal.message);
            return;
        }
        this.verdict.leave("page", "whether the page within the pack is the released one",
            `its data are those of the pack; its SHA-256 is ${checked.value}: compare it with ` +
            "the published one");
    }

    done_() {
        return { verdict: this.verdict, about: this.about, pack: this.pack, words: this.words,
            documents: this.documents, bounds: this.bounds, checkpoint: this.checkpoint,
            check: this.check ?? null,
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
// with what the reader brought ({policy, checkpoint, authority}, bytes or null), `report(item)` for
// each item as it is settled, `progress(done, of)` for events, `workers` that serve lots (lots.js),
// if any.
export function verify_pack(given) {
    return new PackCheck(given).run();
}
