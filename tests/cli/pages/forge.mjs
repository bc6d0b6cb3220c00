// A small ledger of the tests' own making: it writes canonical bytes from the schema's description,
// signs changes with keys of its own, and keeps salts, so that a pack of it can be forged in any
// way and still be well formed: hashed again, and signed again.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { concat, to_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { commit_to_document, commit_to_word } from "../../../cli/pages/check/commitments.js";
import { change_message, founder_proof_message, key_proof_message }
    from "../../../cli/pages/check/keys.js";
import { note_key, type_cosignature, type_ed25519 } from "../../../cli/pages/check/note.js";
import { plan_of } from "../../../cli/pages/check/text.js";
import { Tree, hash_leaf } from "../../../cli/pages/check/tree.js";
import { schema } from "./built.mjs";

// Seeded bytes: the same text gives the same 32 bytes.
export const bytes_from = (text) => new Uint8Array(createHash("sha256").update(text).digest());

export class Signer {
    constructor(seed) {
        const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"),
            bytes_from(`key of ${seed}`)]);
        this.private_ = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
        this.key = new Uint8Array(createPublicKey(this.private_)
            .export({ format: "der", type: "spki" }).subarray(-32));
    }
    sign(message) {
        return new Uint8Array(sign(null, message, this.private_));
    }
}

// Writes structs as words and pointers, preorder, each cut after its last word that is not zero.
class Canonical {
    constructor() {
        this.words = [0n];
    }

    bytes() {
        const bytes = new Uint8Array(8 * this.words.length);
        const view = new DataView(bytes.buffer);
        this.words.forEach((word, i) => view.setBigUint64(8 * i, BigInt.asUintN(64, word), true));
        return bytes;
    }

    pointer(at, target, kind, high) {
        const offset = BigInt.asUintN(32, BigInt(target - at - 1) << 2n | BigInt(kind));
        this.words[at] = offset | BigInt(high) << 32n;
    }

    struct(name, values, at) {
        const { data, targets } = this.parts(name, values);
        const begin = this.words.length;
        this.words.push(...data, ...targets.map(() => 0n));
        const size = data.length + targets.length;
        this.pointer(at, size === 0 ? at : begin, 0, data.length + targets.length * 65536);
        targets.forEach((target, i) => target?.(begin + data.length + i));
    }

    // The data words of a struct, and for each pointer what writes its target.
    parts(name, values) {
        const layout = schema.structs[name];
        const data = layout.known_bits.map(() => 0n);
        const targets = Array.from({ length: layout.pointers }, () => null);
        const slots = [...layout.slots];
        if (layout.tag_offset !== undefined) {
            const tag = layout.members.findIndex((member) => member?.name === values.kind);
            data[Math.floor(layout.tag_offset / 64)] |=
                BigInt(tag) << BigInt(layout.tag_offset % 64);
            slots.push(layout.members[tag]);
        }
        for (const slot of slots) {
            this.part(slot, values[slot.name] ?? null, data, targets);
        }
        trim(data, (word) => word === 0n);
        trim(targets, (target) => target === null);
        return { data, targets };
    }

    part(slot, value, data, targets) {
        if (!slot.list && ["number", "choice"].includes(slot.wire)) {
            const number = slot.wire === "choice" ? slot.choices.indexOf(value ?? "unset") : value;
            data[Math.floor(slot.offset / 64)] |=
                BigInt.asUintN(slot.bits, BigInt(number ?? 0)) << BigInt(slot.offset % 64);
        } else if (value !== null) {
            targets[slot.offset] = (at) => this.target(slot, value, at);
        }
    }

    target(slot, value, at) {
        if (slot.list) {
            this.list(slot, value, at);
        } else if (slot.wire === "record") {
            this.struct(slot.record, record_of(slot, value), at);
        } else {
            const bytes = slot.wire === "text" ? concat(utf8(value), Uint8Array.of(0)) : value;
            this.byte_list(bytes, at);
        }
    }

    byte_list(bytes, at) {
        const begin = this.words.length;
        const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
        padded.set(bytes);
        const view = new DataView(padded.buffer);
        for (let i = 0; i < padded.length; i += 8) {
            this.words.push(view.getBigUint64(i, true));
        }
        this.pointer(at, begin, 1, 2 + bytes.length * 8);
    }

    list(slot, values, at) {
        const begin = this.words.length;
        if (slot.wire === "choice") {
            const bytes = new Uint8Array(values.length * 2);
            values.forEach((value, i) => {
                bytes[2 * i] = slot.choices.indexOf(value);
            });
            this.byte_list(bytes, at);
            this.pointer(at, begin, 1, 3 + values.length * 8);
        } else if (slot.wire === "text") {
            this.words.push(...values.map(() => 0n));
            this.pointer(at, begin, 1, 6 + values.length * 8);
            values.forEach((value, i) =>
                this.byte_list(concat(utf8(value), Uint8Array.of(0)), begin + i));
        } else {
            this.structs(slot, values, at);
        }
    }

    structs(slot, values, at) {
        const parts = values.map((value) => this.parts(slot.record, record_of(slot, value)));
        const data_words = Math.max(0, ...parts.map(({ data }) => data.length));
        const pointers = Math.max(0, ...parts.map(({ targets }) => targets.length));
        const begin = this.words.length;
        const words = values.length * (data_words + pointers);
        this.words.push(BigInt(values.length) << 2n | BigInt(data_words + pointers * 65536) << 32n,
            ...Array.from({ length: words }, () => 0n));
        this.pointer(at, begin, 1, 7 + words * 8);
        parts.forEach(({ data, targets }, i) => {
            const to = begin + 1 + i * (data_words + pointers);
            data.forEach((word, j) => {
                this.words[to + j] = word;
            });
            targets.forEach((target, j) => target?.(to + data_words + j));
        });
    }
}

function trim(list, is_empty) {
    while (list.length > 0 && is_empty(list.at(-1))) {
        list.pop();
    }
}

// Plain values that stand in structs only so that they can be absent.
function record_of(slot, value) {
    const field = { date: "days", month: "months", whole: "value", index: "value" }[slot.type];
    return field === undefined ? value : { [field]: value };
}

export function change_bytes(values) {
    const writer = new Canonical();
    writer.struct("Change", values, 0);
    return writer.bytes();
}

export function entry_bytes(recorded_at, change, signature) {
    const writer = new Canonical();
    writer.words.push(BigInt(recorded_at), 0n, 0n);
    writer.pointer(0, 1, 0, 1 + 2 * 65536);
    writer.byte_list(change, 2);
    writer.byte_list(signature, 3);
    return writer.bytes();
}

const first_day = 18_993;  // 2022-01-01
const day_ms = 86_400_000;

// A rehearsal ledger of two founders, whose events come one an hour.
export class Forge {
    constructor(origin = "forge.example/send/rehearsal") {
        this.origin = origin;
        this.entries = [];
        this.tree = new Tree();
        this.words = [];
        this.documents = [];
        this.signers = new Map();
        this.versions_ = new Map();
        this.ledger_key = this.signer("ledger");
    }

    signer(person) {
        if (!this.signers.has(person)) {
            this.signers.set(person, new Signer(person));
        }
        return this.signers.get(person);
    }

    get ledger() {
        return this.entries.length === 0 ? new Uint8Array(32) : this.tree.leaf(0);
    }

    // The values of the next change. `words` are texts by field; `more` overrides any value.
    change(kind, subject, { by, as, fields = {}, words = {}, ...more }) {
        const index = this.entries.length;
        const id = bytes_from(`id ${index} ${this.origin}`).slice(0, 16);
        id[6] = 0x70 | (id[6] & 15);
        id[8] = 0x80 | (id[8] & 63);
        const committed = Object.keys(words)
            .sort((one, other) => schema.words[one].number - schema.words[other].number)
            .map((field) => this.commit_(index, field, words[field]));
        return { format: 1, ledger: this.ledger, id, plan: plan_of(subject), subject,
            seen: { size: index,
                root: index === 0 ? new Uint8Array(32) : this.tree.root_at(index) },
            subjectVersion: this.versions_.get(subject) ?? 0,
            effective: first_day + Math.floor(index / 24), authorKey: this.signer(by).key,
            asRole: as, classification: "public", words: committed, kind, [kind]: fields, ...more };
    }

    commit_(event, field, text) {
        const salt = bytes_from(`salt ${event} ${field}`);
        this.words.push({ event, field, salt, text });
        return { field,
            commitment: commit_to_word(this.ledger, schema.words[field].number, salt, text) };
    }

    // What an item's event says of its document.
    document(number, content) {
        const document = { event: this.entries.length, number, content, size: content.length,
            salt: bytes_from(`document ${number}`), media: "text/plain",
            sha256: new Uint8Array(createHash("sha256").update(content).digest()) };
        this.documents.push(document);
        return { number, commitment: commit_to_document(this.ledger, document) };
    }

    // Signs and appends; gives the index.
    record(kind, subject, given) {
        const values = this.change(kind, subject, given);
        const bytes = change_bytes(values);
        const signature = this.signer(given.by).sign(change_message(bytes));
        return this.append(entry_bytes(this.instant(), bytes, signature), subject);
    }

    instant() {
        return (first_day * 24 + this.entries.length) * (day_ms / 24);
    }

    append(entry, subject) {
        this.versions_.set(subject, (this.versions_.get(subject) ?? 0) + 1);
        this.entries.push(entry);
        this.tree.append(hash_leaf(entry));
        return this.entries.length - 1;
    }

    open() {
        const founders = ["founder-office", "founder-board"].map((person) => {
            const signer = this.signer(person);
            const message = founder_proof_message(this.origin, person, signer.key);
            return { person, key: signer.key, proof: signer.sign(message) };
        });
        return this.record("ledgerOpened", "ledger", { by: "founder-office", as: "founder",
            fields: { origin: this.origin, ledgerKey: this.ledger_key.key, zone: "Europe/London",
                rulebook: 1, founders, rehearsal: true, predecessor: null } });
    }

    enrol(person, role, scope) {
        const signer = this.signer(person);
        const proof = signer.sign(key_proof_message(this.ledger, person, signer.key));
        const subject = `@${person}`;
        const enrolled = this.record("personEnrolled", subject, { by: "founder-office",
            as: "founder", fields: { organisation: "council", key: signer.key, proof } });
        this.record("personConfirmed", subject, { by: "founder-board", as: "founder",
            answers: enrolled });
        const granted = this.record("roleGranted", subject, { by: "founder-office", as: "founder",
            fields: { role, scope } });
        if (role !== "actionOwner") {
            this.record("roleConfirmed", subject, { by: "founder-board", as: "founder",
                answers: granted });
        }
    }

    // The signed note over the first events, with cosignatures of those witnesses, if any.
    checkpoint({ size = this.entries.length, root = this.tree.root_at(size), witnesses = [],
        origin = this.origin, text_origin = origin, signer = this.ledger_key,
        time = 1_650_000_000n } = {}) {
        const text = `${text_origin}\n${size}\n${to_base64(root)}\n`;
        const id = (key) => Uint8Array.from(Buffer.from(key.id, "hex"));
        const key = note_key(origin, type_ed25519, signer.key);
        let note = `${text}\n\u2014 ${origin} ` +
            `${to_base64(concat(id(key), signer.sign(utf8(text))))}\n`;
        for (const name of witnesses) {
            const witness = this.signer(name);
            const stamp = new Uint8Array(8);
            new DataView(stamp.buffer).setBigUint64(0, time);
            const signed = witness.sign(utf8(`cosignature/v1\ntime ${time}\n${text}`));
            const cosigner = note_key(name, type_cosignature, witness.key);
            note += `\u2014 ${name} ${to_base64(concat(id(cosigner), stamp, signed))}\n`;
        }
        return utf8(note);
    }

    vkey(name, type, key) {
        const named = note_key(name, type, key);
        return `${name}+${named.id}+${to_base64(Uint8Array.of(type, ...key))}`;
    }

    policy(witnesses = []) {
        const lines = [`log ${this.vkey(this.origin, type_ed25519, this.ledger_key.key)}`,
            ...witnesses.map((name) =>
                `witness ${name} ${this.vkey(name, type_cosignature, this.signer(name).key)}`)];
        const quorum = witnesses.length === 0 ? "none" : "all-of-them";
        if (witnesses.length > 0) {
            lines.push(`group all-of-them all ${witnesses.join(" ")}`);
        }
        return utf8(`${[...lines, `quorum ${quorum}`].join("\n")}\n`);
    }
}

// A plan of one area and one action, which goes well.
export function plan_of_one_action(forge = new Forge()) {
    forge.open();
    forge.enrol("programme-officer", "programmeOffice", "TH");
    forge.enrol("director-of-education", "areaLead", "TH-1");
    forge.enrol("head-of-send", "actionOwner", "TH-1.1");
    const office = { by: "programme-officer", as: "programmeOffice" };
    forge.record("planDrafted", "TH", { ...office, words: { title: "A plan" },
        fields: { kind: "wsoa", partners: ["council", "nhs"] } });
    forge.record("areaAdded", "TH-1", { ...office, words: { title: "Plans of quality" },
        fields: { lead: "director-of-education" } });
    forge.record("outcomeAdded", "TH-O1", { ...office, words: { title: "Plans are on time" },
        fields: { parent: "TH-1" } });
    forge.record("actionAdded", "TH-1.1", { ...office, words: { title: "Audit every term" },
        fields: { parent: "TH-O1", owner: "head-of-send", accountable: "director-of-education",
            organisation: "council", start: first_day, deadline: first_day + 400, measures: [],
            evidenceRequired: 1 } });
    const owner = { by: "head-of-send", as: "actionOwner" };
    forge.record("actionStarted", "TH-1.1", owner);
    forge.record("progressRecorded", "TH-1.1", { ...owner, fields: { percent: 10 },
        words: { text: "First audit booked", nextSteps: "<b>Hold</b> it & \"see\"" } });
    const proposed = forge.record("ratingProposed", "TH-1.1", { ...owner,
        words: { reason: "Drafted on time" },
        fields: { axis: "delivery", scale: 1, from: "UN", to: "G" } });
    forge.record("ratingConfirmed", "TH-1.1", { by: "director-of-education", as: "areaLead",
        answers: proposed, words: { reason: "Health agrees" },
        fields: { axis: "delivery", scale: 1, from: "UN", to: "G" } });
    forge.record("evidenceRegistered", "TH-E01", { ...office, words: { title: "Audit report" },
        fields: { type: "audit", version: 1, personalData: "none",
            document: forge.document(0, Buffer.from("Two of three plans were on time.\n")) } });
    return forge;
}
