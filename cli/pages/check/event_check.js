// Every event in the order of the log: its hash, what its author had seen, its signature, and
// whether key and role were in force. What cannot be read is a gap, and what hangs on a gap is only
// doubted.
import { equal, is_zero, to_hex } from "./bytes.js";
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

export class EventCheck {
    constructor(schema, verdict, verifier, workers) {
        this.schema_ = schema;
        this.verdict_ = verdict;
        this.verifier_ = verifier;
        this.tree = new Tree();
        this.events = [];  // by index; undefined for a gap
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
            { event: index, what: "its author's signature does not hold" }));
        this.pauses_ = new Pauses();
    }

    // `hashes` are the leaves as the tiles have them, to find which entry was altered.
    async add(entries, hashes, progress) {
        for (let i = 0; i < entries.length; ++i) {
            await this.add_one_(entries[i], hashes?.[i]);
            await this.pauses_.when_due();
        }
        progress(this.tree.size);
    }

    async finish() {
        await this.lots_.finish();
        for (const event of this.events) {
            const key = event === undefined ? undefined
                : this.state.keyring.author_key(event.change);
            if (key !== undefined && is_in_doubt(key, event.index)) {
                this.verdict_.find("authority", { class: "doubt", event: event.index,
                    what: `the key of ${key.person} was in other hands by then` }, "doubt");
            }
        }
        for (const { index, what } of this.state.anomalies) {
            this.verdict_.find("meaning", { class: "noted", event: index,
                what: `it changes nothing: ${what}` }, "anomaly");
        }
    }

    async add_one_(entry, expected) {
        const index = this.tree.size;
        const leaf = hash_leaf(entry);
        this.tree.append(leaf);
        if (expected !== undefined && !equal(leaf, expected)) {
            this.verdict_.find("events", { event: index, what: "its bytes are not those that " +
                "were recorded: the leaf's hash differs" });
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
            this.verdict_.find("events", { class: "noted", event: index, what: refusal.message },
                "unknown");
        } else {
            this.verdict_.find("events", { event: index,
                what: `its bytes are not an event: ${refusal.message}` }, "no event");
        }
        return undefined;
    }

    check_order_({ index, recorded_at, change }) {
        const find = (what, sort) => this.verdict_.find("history", { event: index, what }, sort);
        if (recorded_at < this.last_recorded_) {
            find("it was recorded before the event that it follows");
        }
        this.last_recorded_ = Math.max(this.last_recorded_, recorded_at);
        if (index === 0) {
            if (!is_zero(change.ledger)) {
                find("it was made for another ledger");
            }
            return;
        }
        const { size, root } = change.seen;
        if (size === 0 || size > index) {
            find(`its author claims to have seen ${size} events, which is not possible`, "seen");
        } else if (!equal(this.tree.root_at(size), root)) {
            find(`its author had seen another history: the root over ${size} events differs`,
                "another history");
        }
        if (!equal(change.ledger, this.tree.leaf(0))) {
            find("it was made for another ledger");
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
            this.verdict_.find("history", { event: index, what: `it is version ${stated} of ` +
                `${change.subject}, where ${due} was due` }, "version");
        }
        this.versions_.set(change.subject, due + 1);
    }

    check_id_({ index, change }) {
        const id = change.author + to_hex(change.id);
        const before = this.ids_.get(id);
        if (before !== undefined) {
            this.verdict_.find("history", { event: index,
                what: `its author gave the same id to event ${before}` }, "id");
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
            this.verdict_.find("authority", { event: event.index, rule,
                class: is_unknown ? "noted" : is_doubt ? "doubt" : "breach",
                what: is_doubt ? `${what}; an event before it cannot be read, on which this may ` +
                    "hang" : what }, `rule ${rule}`);
        }
    }
}
