// What outsiders said of the pack's checkpoints, in cosignatures and timestamps, against the events
// that commit to such words; and by when, or from when on, events were recorded by it.
//
// Only what the reader's own policy or certificates vouch for bounds anything.
import { concat, from_hex, to_base64, to_hex, u64_at, utf8 } from "./bytes.js";
import { fault_of } from "./checkpoint_check.js";
import { counted } from "./counted.js";
import { check_line, note_key, parse_note, type_cosignature, type_ed25519 } from "./note.js";
import { earlier_member, member, reply_bytes_max, strange_members } from "./pack.js";
import { parse_policy } from "./policy.js";
import { attempt, tried } from "./refusal.js";
import { sha256 } from "./sha256.js";
import { bounds_of, compare_with_bounds, sentences_of, time_said, unbounded_events }
    from "./time_bounds.js";
import { check_vouched_for, read_timestamp } from "./timestamp.js";
import { read_roots } from "./x509.js";
import { crc32 } from "./zip.js";

const cosignature_bytes = 72;

const is_by = (line, key) => line.name === key.name && line.id === key.id;
const written = ({ name, id, bytes }) =>
    `\u2014 ${name} ${to_base64(concat(from_hex(id), bytes))}\n`;
// A note of that text and those lines.
const note_of = (text, lines) => utf8(`${text}\n${lines.map(written).join("")}`);

class AnchorCheck {
    constructor(context) {
        this.context_ = context;
        this.verdict_ = context.verdict;
        this.said_ = new Map();  // by digest in hex
        this.tokens_ = [];  // by name
        this.believed_ = 0;
        this.left_ = [];  // sentences on what this page cannot tell
    }

    async run() {
        const { about, pack, checkpoint, earlier = [], keyring, tree, verifier } = this.context_;
        if (keyring.facts === null) {
            this.verdict_.leave("timestamps", "what outsiders said of the checkpoint",
                "no key is known that signs the ledger's checkpoints");
            return [];
        }
        this.note_ = checkpoint?.note ??
            attempt(() => parse_note(member(pack, "checkpoint"))).value;
        // What is wrong with the checkpoints themselves is said where they are checked.
        if (checkpoint !== null && checkpoint.size === about.size &&
            await fault_of(checkpoint, tree, keyring, verifier) === null) {
            await this.add_cosignatures_(checkpoint);
        }
        for (const { value } of earlier) {
            await this.add_cosignatures_(value);
        }
        await this.add_tokens_();
        this.settle_tokens_();
        this.match_();
        return this.add_bounds_();
    }

    keep_(digest, said) {
        const name = to_hex(digest);
        if (!this.said_.has(name)) {
            this.said_.set(name, { anchored_by: null, ...said });
        }
    }

    async add_cosignatures_({ size, note: { text, signatures } }) {
        const { keyring, verifier, given: { outside } } = this.context_;
        const log = note_key(keyring.facts.origin, type_ed25519, keyring.signing_key_at(size));
        const own = signatures.find((line) => is_by(line, log));
        const policy = outside.policy === null ? null
            : attempt(() => parse_policy(outside.policy)).value;
        const witnesses = [...policy?.witnesses ?? []]
            .filter(([, key]) => key.type === type_cosignature);
        for (const line of signatures) {
            const seconds = line.bytes.length === cosignature_bytes ? u64_at(line.bytes, 0) : null;
            if (seconds === null || seconds >= 2n ** 63n || is_by(line, log)) {
                continue;
            }
            const [by, key] = witnesses.find(([, each]) => is_by(line, each)) ?? [line.name, null];
            const is_verified = key !== null &&
                await check_line(text, line, key, verifier) !== null;
            this.keep_(sha256(note_of(text, [own, line])),
                { size, means: "cosignature", seconds, by, is_verified });
        }
    }

    // Each with the size of the checkpoint that it is over, and its note; null where that is none.
    tokens_in_pack_() {
        const { about, pack } = this.context_;
        const strange = new Set(strange_members(pack, about.size));
        return [...pack.members.keys()].filter((name) => !strange.has(name)).map((name) => {
            const earlier = earlier_member(name);
            return name.startsWith("timestamps/") ? { name, size: about.size, note: this.note_ }
                : (earlier?.timestamp ?? null) === null ? null
                    : { name, size: Number(earlier.size),
                        note: attempt(() => parse_note(member(pack, earlier.note))).value };
        }).filter((token) => token !== null);
    }

    async add_tokens_() {
        const { pack, given: { outside } } = this.context_;
        const roots = outside.authority === null ? null
            : attempt(() => read_roots(outside.authority));
        for (const { name, size, note } of this.tokens_in_pack_()) {
            const reply = pack.members.get(name);
            if (note !== null && reply.length <= reply_bytes_max &&
                crc32(reply) === pack.sums.get(name)) {
                // Over the note without what others added to it, as the log signed it.
                const stamped = note_of(note.text, note.signatures.slice(0, 1));
                this.tokens_.push(name);
                await this.add_token_({ name, size, stamped }, roots);
            }
        }
    }

    async add_token_({ name, size, stamped }, roots) {
        const reply = this.context_.pack.members.get(name);
        const read = await tried(read_timestamp(reply, stamped));
        const said = { size, means: "timestamp", seconds: null, by: "", is_verified: false };
        if (read.refusal?.sort === "wrong") {
            this.verdict_.find("timestamps", `token:${name}`,
                { what: `${name}: the timestamp does not hold: ${read.refusal.message}` },
                { sort: "token" });
            return;
        }
        if (read.refusal !== null) {
            this.left_.push(`${name}: ${read.refusal.message}`);
        } else if (roots !== null && await this.is_believed_(name, read.value, roots)) {
            ++this.believed_;
            const { seconds, authority } = read.value;
            Object.assign(said, { by: authority, is_verified: true,
                seconds: BigInt(Math.max(0, seconds)) });
        }
        this.keep_(sha256(reply), said);
    }

    async is_believed_(name, stamp, roots) {
        const { refusal } = roots.refusal !== null ? roots
            : await tried(check_vouched_for(stamp, roots.value));
        if (refusal?.sort === "wrong") {
            this.verdict_.find("timestamps", `token:${name}`, { class: "doubt",
                what: `${name}: by the certificates that you gave, ${refusal.message}` },
            { sort: "unbelieved token" });
        } else if (refusal !== null) {
            this.left_.push(`${name}: ${refusal.message}`);
        }
        return refusal === null;
    }

    // Those that were damaged or are no timestamps are failures; of the rest the page says whom it
    // believed.
    settle_tokens_() {
        const count = this.tokens_.length;
        const what = count === 1 ? `the timestamp ${this.tokens_[0]}`
            : `${count} timestamps over checkpoints`;
        const has_failed = this.verdict_.findings.some((found) =>
            found.check === "timestamps" && found.class === "breach");
        if (has_failed || (count > 0 && this.believed_ === count)) {
            this.verdict_.settle("timestamps", has_failed ? what
                : `${what}, by the certificates that you gave`);
            return;
        }
        const { authority } = this.context_.given.outside;
        this.verdict_.leave("timestamps", what, count === 0 ? "the pack holds none"
            : this.left_.length > 0 ? this.left_.slice(0, 3).join("; ")
                : authority === null ? "what they are over and who signed them holds together, " +
                    "but no certificates of yours say which authority to believe"
                    : `the certificates that you gave vouch for ${this.believed_} of them`);
    }

    anchors_() {
        return this.context_.check.events.filter((event) =>
            event?.change.kind === "checkpointAnchored");
    }

    match_() {
        const anchors = this.anchors_();
        const lost = anchors.filter((event) => !this.is_matched_(event)).length;
        if (anchors.length === 0) {
            return;
        }
        if (lost === anchors.length) {
            this.verdict_.leave("anchors", counted(lost, "anchor"),
                "what they commit to is not in the pack");
            return;
        }
        this.verdict_.settle("anchors", `${anchors.length - lost} of ` +
            `${counted(anchors.length, "anchor")}, against what is here`);
    }

    // Whether what the event commits to is here; then they are held against each other.
    is_matched_({ index, change: { fields } }) {
        const found = this.said_.get(to_hex(fields.digest));
        if (found === undefined || found.size !== Number(fields.size) ||
            found.means !== fields.means) {
            return false;
        }
        found.anchored_by ??= index;
        const told = BigInt(fields.time);
        if (found.seconds !== null && found.seconds !== told) {
            this.verdict_.find("anchors", `anchor:${index}`, { event: index,
                what: `it says that the ${fields.means} over ${fields.size} events is of ` +
                    `${time_said(told)}, which is of ${time_said(found.seconds)}` },
            { sort: "anchor" });
        }
        return true;
    }

    add_bounds_() {
        const { check: { events }, tree, given: { outside } } = this.context_;
        const times = [...this.said_].sort(([one], [other]) => one < other ? -1 : 1)
            .map(([, said]) => said)
            .filter(({ is_verified, seconds }) => is_verified && seconds !== null);
        if (times.length === 0) {
            this.verdict_.leave("times", "by when events were recorded, by words from outside",
                outside.policy === null && outside.authority === null
                    ? "no policy and no certificates of yours say whom to believe"
                    : "nothing in the pack bears a time that what you gave vouches for");
            return [];
        }
        const bounds = bounds_of(times, tree.size);
        let last = 0;
        const recorded = events.map((event) => last = Math.max(last, event?.recorded_at ?? 0));
        compare_with_bounds(bounds, recorded, (event, what, sort) => this.verdict_.find("times",
            `time:${event}`, { class: "doubt", event, what }, { sort }));
        const open = unbounded_events(bounds);
        this.verdict_.settle("times", ["by when events were recorded", ...sentences_of(bounds),
            ...open > 0 ? [`${open} of ${tree.size} events have no outside bound yet`] : []]
            .join("; "));
        return bounds;
    }
}

// Gives the bounds in time of all events; none where nobody whom the reader believes said anything.
export function check_anchors(context) {
    return new AnchorCheck(context).run();
}
