// A ledger in which one event is bent: its values changed and all of it signed, hashed and built
// anew, so that only its meaning can be wrong. Later events are recorded on top of it.
import { key_proof_message, change_message, ledger_key_handover_message, ledger_key_proof_message }
    from "../../../cli/pages/check/keys.js";
import { Heads } from "../../../cli/pages/check/periods.js";
import { schema } from "./built.mjs";
import { Forge, bytes_from, change_bytes, entry_bytes, plan_of_one_action } from "./forge.mjs";
import { digest_at_once, plan_of_entries } from "./pack_maker.mjs";

export class BentForge extends Forge {
    // `bend(values, forge)` changes the values of event `at`, and may give what else is to differ:
    // {signer, recorded_at, twice, left_out}.
    constructor(at, bend) {
        super();
        this.at_ = at;
        this.bend_ = bend;
        this.subjects = [];
        this.ids = [];
    }

    last_id_of(author) {
        return this.ids.findLast((each) => each.author === author).id;
    }

    // The root over the heads of all subjects, which are of one plan here.
    heads(size) {
        const heads = new Heads();
        this.subjects.slice(0, size).forEach((subject, i) => heads.add(subject, this.tree.leaf(i)));
        return heads.root_with(null);
    }

    // The digest of the plan's state at that size; of nothing where it was not drafted by then.
    state(size) {
        const plan = plan_of_entries(this.entries.slice(0, size));
        return plan === null ? bytes_from("no state") : digest_at_once(plan);
    }

    record(kind, subject, given) {
        const values = this.change(kind, subject, given);
        const is_bent = this.entries.length === this.at_ && this.bend_ !== null;
        const bent = is_bent ? this.bend_(values, this) ?? {} : {};
        const bytes = change_bytes(values);
        this.ids.push({ author: values.authorKey, id: values.id });
        const signer = bent.signer ?? this.signer(given.by);
        const signature = signer.sign(change_message(bytes));
        const entry = entry_bytes(bent.recorded_at ?? this.instant(), bytes, signature);
        if (bent.left_out) {
            this.bend_ = null;
            return this.entries.length;
        }
        if (bent.twice) {
            this.bend_ = null;
            this.append(entry, values.subject);
        }
        return this.append(entry, values.subject);
    }

    append(entry, subject) {
        this.subjects.push(subject);
        return super.append(entry, subject);
    }
}

const office = { by: "programme-officer", as: "programmeOffice" };
const owner = { by: "head-of-send", as: "actionOwner" };
const lead = { by: "second-lead", as: "areaLead" };
const manager = { by: "records-manager", as: "recordsManager" };
const dpo = { by: "officer-of-data", as: "dpo" };
const chair = { by: "board-chair", as: "boardChair" };
const day = 18_994;

function second_persons(forge) {
    const submitted = forge.record("evidenceSubmitted", "TH-E01", { ...office,
        fields: { target: "TH-1.1" } });
    forge.record("evidenceAccepted", "TH-E01", { ...lead, answers: submitted,
        fields: { target: "TH-1.1", checks: ["dated"] } });
    forge.record("challengeRecorded", "TH-C1", { ...office, words: { text: "Why?" },
        fields: { askedAs: "programmeOffice", meeting: null, about: ["TH-1.1"], due: null } });
    forge.record("challengeAnswered", "TH-C1", { ...chair, words: { answer: "So." } });
    const asked = { field: "deadline", from: 19_393, to: 19_500, fromValue: null, toValue: null };
    const requested = forge.record("changeRequested", "TH-1.1", { ...owner,
        fields: { ...asked, level: "board" }, words: { reason: "Staff" } });
    forge.record("changeApproved", "TH-1.1", { ...chair, answers: requested,
        fields: { ...asked, level: "board", late: false, adviserInformed: false, meeting: null } });
    const offered = forge.record("ownerChanged", "TH-1.1", { ...office,
        fields: { from: "head-of-send", to: "second-lead", fromDate: day + 1 } });
    forge.record("ownerAccepted", "TH-1.1", { ...lead, answers: offered });
    forge.record("redactedCopyIssued", "TH-E01", { ...manager, fields: { derivative: "TH-E01-R1",
        redactor: "records-manager", method: "removed", secondChecker: "officer-of-data",
        categories: ["childName"] } });
    const told = { asAt: day, channel: "localOffer" };
    const drafted = forge.record("publicationDrafted", "TH-P1", { ...office, fields: told,
        words: { title: "Progress" } });
    forge.record("published", "TH-P1", { ...office, answers: drafted, fields: { ...told,
        shown: [{ subject: "TH-1.1", code: "G" }], digest: null } });
}

function erasure(forge) {
    const held = forge.record("holdPlaced", "TH-H1", { ...manager, fields: { scope: "TH-1" } });
    forge.record("holdReleased", "TH-H1", { ...dpo, answers: held });
    const asked = forge.record("erasureRequested", "TH-1.1", { ...office,
        fields: { request: "TH-ER1", scope: "words", event: 18 }, words: { reason: "A child" } });
    const decided = forge.record("erasureDecided", "TH-1.1", { ...dpo, answers: asked,
        fields: { request: "TH-ER1", decision: "granted", ground: "noLongerNecessary",
            scope: "words", kept: ["hash"] }, words: { reason: "True" } });
    forge.record("contentErased", "TH-1.1", { ...manager, answers: decided,
        fields: { request: "TH-ER1", scope: "words", keyDestroyed: true, vaultGeneration: null,
            event: 18, vaultDigest: null, document: null } });
}

function keys_of_ledger(forge) {
    const { key } = forge.signer("new key of lead");
    const proof = forge.signer("new key of lead")
        .sign(key_proof_message(forge.ledger, "second-lead", key));
    forge.record("keyRotated", "@second-lead", { ...lead, fields: { key, proof } });
    forge.signers.set("second-lead", forge.signer("new key of lead"));
    const stolen = forge.record("keyCompromised", "@head-of-send", { by: "founder-office",
        as: "founder", fields: { key: forge.signer("head-of-send").key, since: 16 } });
    forge.record("keyConfirmed", "@head-of-send", { by: "founder-board", as: "founder",
        answers: stolen });
    const next = forge.signer("next ledger");
    const rotated = forge.record("ledgerKeyRotated", "ledger", { by: "founder-office",
        as: "founder", fields: { newKey: next.key,
            proof: next.sign(ledger_key_proof_message(forge.ledger, next.key)),
            handover: forge.ledger_key
                .sign(ledger_key_handover_message(forge.ledger, next.key)) } });
    forge.record("ledgerKeyConfirmed", "ledger", { by: "founder-board", as: "founder",
        answers: rotated });
    forge.ledger_key = next;
}

// A small plan in which much happens that needs a second person.
export function busy_ledger(forge) {
    plan_of_one_action(forge);
    forge.enrol("second-lead", "areaLead", "TH");
    forge.enrol("records-manager", "recordsManager", "TH");
    forge.enrol("officer-of-data", "dpo", "TH");
    forge.enrol("board-chair", "boardChair", "TH");
    second_persons(forge);
    erasure(forge);
    const size = forge.entries.length;
    forge.record("verificationRun", "ledger", { by: "founder-office", as: "founder",
        fields: { size, root: forge.tree.root_at(size), depth: "meaning", breaches: 0 } });
    forge.record("periodClosed", "TH", { ...office, fields: { size,
        state: forge.state(size), heads: forge.heads(size) } });
    keys_of_ledger(forge);
    forge.record("progressRecorded", "TH-1.1", { ...office, fields: { percent: 40 },
        words: { text: "Nearly half" } });
    return forge;
}

export const people = ["programme-officer", "director-of-education", "head-of-send", "second-lead",
    "records-manager", "officer-of-data", "board-chair", "founder-office", "founder-board"];
export const subjects = ["TH", "TH-1", "TH-O1", "TH-1.1", "TH-E01", "TH-C1", "TH-P1", "TH-H1",
    "TH-ER1", "ledger", "@head-of-send", "TQ-1", "TH-9"];
const texts = { subjectRef: subjects, personId: people, planRef: ["TH", "TQ", "th"],
    origin: ["forge.example/send/rehearsal", "other.example/send"],
    zone: ["Europe/London", "Europe/Lisbon", "europe/london", "Mars/Base"],
    ratingCode: ["G", "A", "R", "UN", "QQ", "g"], versionLabel: ["1", "2.0", "-"] };

function bent_number(dice, slot, value) {
    if (slot.wire === "choice") {
        return dice.one_of([...slot.choices, "beyond the schema"]);
    }
    if (slot.bits === 1) {
        return !value;
    }
    return dice.one_of([Number(value) + 1, Math.max(0, Number(value) - 1), 0, 7, 1_000_000]);
}

function bent_bytes(dice, forge, slot, value) {
    if (slot.holds === "publicKey" && dice.below(2) === 0) {
        return forge.signer(dice.one_of(people)).key;
    }
    const bytes = Uint8Array.from(value);
    bytes[dice.below(bytes.length)] ^= 1 << dice.below(8);
    return bytes;
}

export function bent_value(dice, forge, slot, value) {
    if (slot.optional && dice.below(4) === 0) {
        return null;
    }
    if (slot.list && (value?.length ?? 0) > 0) {
        return dice.below(2) === 0 ? value.slice(1) : [value[0], ...value];
    }
    if (slot.list) {
        return value;
    }
    switch (slot.wire) {
        case "number": case "choice": return bent_number(dice, slot, value);
        case "text": return dice.one_of(texts[slot.holds]);
        case "data": return value === null ? value : bent_bytes(dice, forge, slot, value);
        default: return bent_record(dice, forge, slot, value);
    }
}

function bent_record(dice, forge, slot, value) {
    if (["date", "month", "whole", "index"].includes(slot.type)) {
        return dice.one_of([(value ?? 0) + 1, Math.max(0, (value ?? 1) - 1), 0, 18_990, 90_000]);
    }
    if (value === null) {
        return value;
    }
    const inner = dice.one_of(schema.structs[slot.record].slots);
    return { ...value, [inner.name]: bent_value(dice, forge, inner, value[inner.name] ?? null) };
}

// Changes one field of the change, of its envelope or of its kind.
export function bend_field(dice, values, forge) {
    const { slots, members } = schema.structs.Change;
    const member = members.find((each) => each?.name === values.kind);
    const of_kind = schema.structs[member.record].slots;
    const is_own = of_kind.length > 0 && dice.below(2) === 0;
    const [slot, held] = is_own ? [dice.one_of(of_kind), values[values.kind]]
        : [dice.one_of(slots), values];
    held[slot.name] = bent_value(dice, forge, slot, held[slot.name] ?? null);
}
