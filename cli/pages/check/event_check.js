// Every event in the order of the log: its hash, what its author had seen, its signature, and
// whether key and role were in force. What cannot be read is a gap, and what hangs on a gap is only
// doubted.
import { equal, to_hex } from "./bytes.js";
import { judge_authority } from "./authority.js";
import { read_event } from "./event.js";
import { fold, new_state } from "./fold.js";
import { change_message } from "./keys.js";
import { is_in_doubt } from "./keyring.js";
import { Lots } from "./lots.js";
import { Pauses } from "./pause.js";
import { attempt } from "./refusal.js";
import { Zone } from "./time.js";
import { Tree, hash_leaf } from "./tree.js";
import { consequences_max } from "./verdict.js";

export class EventCheck {
    constructor(schema, verdict, verifier, workers) {
        this.schema_ = schema;
        this.verdict_ = verdict;
        this.verifier_ = verifier;
        this.tree = new Tree();
        // By index; undefined for a gap, and null for one of another plan that was left out.
        this.events = [];
        this.left_out = 0;
        this.state = new_state();
        this.zone = null;
        this.signatures = 0;
        this.judged = 0;
        this.unknown = 0;
        this.gaps_ = 0;
        this.forgiven_ = 0;
        this.last_recorded_ = 0;
        this.versions_ = new Map();
        this.ids_ = new Map();
        this.lots_ = new Lots(workers, verifier, (index) => verdict.find("signatures",
            `signature:${index}`,
            { event: index, what: "its author's signature does not hold" }));
        this.pauses_ = new Pauses();
    }

    // `hashes` are the leaves as the tile of that name has them, to find which entry was altered,
    // and to stand for one that was left out, which is null.
    async add(entries, { name, hashes }, progress) {
        for (let i = 0; i < entries.length; ++i) {
            await this.add_one_(entries[i], { name, hash: hashes?.[i] });
            await this.pauses_.when_due();
        }
        progress(this.tree.size);
    }

    async finish() {
        await this.lots_.finish();
        for (const event of this.events) {
            const key = event === undefined || event === null ? undefined
                : this.state.keyring.author_key(event.change);
            if (key !== undefined && is_in_doubt(key, event.index)) {
                this.verdict_.find("authority", `key:${event.index}`, { class: "doubt",
                    event: event.index,
                    what: `the key of ${key.person} was in other hands by then` },
                { sort: "doubt" });
            }
        }
        for (const { index, what } of this.state.anomalies) {
            this.verdict_.find("meaning", `fold:${index}`, { class: "noted", event: index,
                what: `it changes nothing: ${what}` }, { sort: "anomaly" });
        }
    }

    async add_one_(entry, in_tile) {
        const index = this.tree.size;
        if (entry === null) {
            this.tree.append(in_tile.hash);
            this.events.push(null);
            ++this.left_out;
            return;
        }
        const leaf = hash_leaf(entry);
        this.tree.append(leaf);
        if (in_tile.hash !== undefined && !equal(leaf, in_tile.hash)) {
            this.verdict_.find("events", `tile:${in_tile.name}`, { event: index,
                what: "its bytes are not those that were recorded: the leaf's hash differs" });
        }
        const event = this.read_(index, entry);
        this.events.push(event);
        if (event === undefined) {
            ++this.gaps_;
            return;
        }
        event.leaf = leaf;
        this.check_order_(event);
        this.check_version_(event);
        this.check_id_(event);
        await this.check_author_(event);
        fold(this.state, event);
    }

    read_(index, entry) {
        const { value, refusal } = attempt(() => read_event(this.schema_, index, entry));
        if (refusal === null) {
            return value;
        }
        if (refusal.sort === "unknown") {
            ++this.unknown;
            this.verdict_.find("events", `entry:${index}`, { class: "noted", event: index,
                what: refusal.message }, { sort: "unknown" });
        } else {
            this.verdict_.find("events", `entry:${index}`, { event: index,
                what: `its bytes are not an event: ${refusal.message}` }, { sort: "no event" });
        }
        return undefined;
    }

    check_order_({ index, recorded_at, change }) {
        const find = (item, what, more) =>
            this.verdict_.find("history", `${item}:${index}`, { event: index, what }, more);
        if (recorded_at < this.last_recorded_) {
            find("order", "it was recorded before the event that it follows");
        }
        this.last_recorded_ = Math.max(this.last_recorded_, recorded_at);
        if (index === 0) {
            return;  // R20 judges it
        }
        const { size, root } = change.seen;
        if (size === 0 || size > index) {
            find("seen", `its author claims to have seen ${size} events, which is not possible`,
                { sort: "seen" });
        } else if (!equal(this.tree.root_at(size), root)) {
            find("seen", `its author had seen another history: the root over ${size} events ` +
                "differs", { sort: "another history", most: consequences_max });
        }
        if (!equal(change.ledger, this.tree.leaf(0))) {
            find("ledger", "it was made for another ledger", { most: consequences_max });
        }
        this.check_stated_root_(index, change);
        this.check_erasure_(index, change);
    }

    // Of the ledger itself, as an anchor or a check of it says.
    check_stated_root_(index, { kind, fields }) {
        if (!["verificationRun", "checkpointAnchored"].includes(kind)) {
            return;
        }
        const { size, root } = fields;
        if (size !== 0 && size <= index && !equal(this.tree.root_at(size), root)) {
            this.verdict_.find("history", `root:${index}`, { event: index, what: "it states a " +
                `root over ${size} events that is not this ledger's` }, { sort: "stated root" });
        }
    }

    // A hold looks at the subject of the request. Words of another subject would slip past it.
    check_erasure_(index, { kind, subject, fields }) {
        const meant = kind === "erasureRequested" ? fields.event : null;
        const about = meant === null || meant >= index ? undefined : this.events[meant];
        if (about !== undefined && about?.change.subject !== subject) {
            this.verdict_.find("history", `erasure:${index}`, { event: index, what: `it is about ` +
                `${subject}, and asks for the words of event ${meant} about ` +
                (about?.change.subject ?? "another plan") }, { sort: "erasure" });
        }
    }

    check_version_({ index, change }) {
        let due = this.versions_.get(change.subject) ?? 0;
        const stated = change.subjectVersion;
        if (stated > due && stated - due <= this.gaps_ - this.forgiven_) {
            // Events that cannot be read may have been the subject's.
            this.forgiven_ += stated - due;
            due = stated;
        }
        if (stated !== due) {
            this.verdict_.find("history", `version:${index}`, { event: index, what: `it is ` +
                `version ${stated} of ${change.subject}, where ${due} was due` },
            { sort: "version" });
        }
        this.versions_.set(change.subject, due + 1);
    }

    check_id_({ index, change }) {
        const id = change.author + to_hex(change.id);
        const before = this.ids_.get(id);
        if (before !== undefined) {
            this.verdict_.find("history", `id:${index}`, { event: index,
                what: `its author gave the same id to event ${before}` }, { sort: "id" });
            return;
        }
        this.ids_.set(id, index);
    }

    async check_author_(event) {
        await this.begin_signature_(event);
        if (event.index === 0 && event.change.kind === "ledgerOpened") {
            this.find_zone_(event.change.fields.zone);
        }
        if (this.zone !== null) {
            event.recorded_on = this.zone.day_of(event.recorded_at);
            await this.judge_(event);
        }
    }

    find_zone_(name) {
        const { value, refusal } = attempt(() => new Zone(name));
        this.zone = value;
        this.obstacle = refusal?.message ?? "";
    }

    begin_signature_({ index, change, change_bytes, signature }) {
        ++this.signatures;
        return this.lots_.add({ index, key: change.authorKey, signature, name: change.author,
            message: change_message(change_bytes) });
    }

    async judge_(event) {
        ++this.judged;
        const broken = await judge_authority({ change: event.change, index: event.index,
            state: this.state, today: event.recorded_on, schema: this.schema_,
            author: this.state.keyring.author_of(event.change),
            verifier: this.verifier_ });
        for (const { rule, what, is_unknown } of broken) {
            if (is_unknown) {
                ++this.unknown;
            }
            const is_doubt = !is_unknown && this.gaps_ > 0;
            const item = is_unknown ? `entry:${event.index}` : `rule:${event.index}/${rule}`;
            this.verdict_.find("authority", item, { event: event.index, rule,
                class: is_unknown ? "noted" : is_doubt ? "doubt" : "breach",
                what: is_doubt ? `${what}; an event before it cannot be read, on which this may ` +
                    "hang" : what }, { sort: `rule ${rule}` });
        }
    }
}
