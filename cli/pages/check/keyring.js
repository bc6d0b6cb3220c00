// Which key was whose, with which grants, from which event to which: a fold over the events about
// the ledger and its people, in the order of the log. What an event may do is judged by what stood
// before it; what does not fit changes nothing and is told by a sentence.
import { to_hex } from "./bytes.js";
import { person_of } from "./text.js";

// Roles that confirm, accept, approve or enrol: their grants count only once a second person has
// confirmed them.
const deciding_roles = new Set(["founder", "programmeOffice", "areaLead", "accountableOfficer",
    "boardChair", "recordsManager", "dpo", "leadMember"]);

export function is_in_doubt(key, index) {
    return key.claims.some((claim) => claim.confirmed_at !== null && index >= claim.since &&
        index <= claim.claimed_at);
}

export function grant_in_force_on(grant, day) {
    return grant.in_force_from !== null && grant.revoked_at === null &&
        (grant.from === null || grant.from <= day) && (grant.until === null || day <= grant.until);
}

export class Keyring {
    constructor() {
        this.facts = null;  // of event 0
        this.people = new Map();
        this.keys = new Map();  // by hex
        this.grants = [];
        this.key_entries = new Map();  // the key that an event entered or spoke of, by index
        this.enrolments = new Map();
        this.pending_ledger_key = null;
    }

    key(bytes) {
        return this.keys.get(to_hex(bytes));
    }
    // The key that signed a change, and whose it is; null where nobody holds it.
    author_key(change) {
        return this.keys.get(change.author);
    }
    author_of(change) {
        return this.keys.get(change.author)?.person ?? null;
    }
    enrolment(index) {
        return this.people.get(this.enrolments.get(index));
    }
    // Event 0 brings several keys, none of which waits for anything.
    key_entry(index) {
        return index === 0 ? undefined : this.keys.get(this.key_entries.get(index));
    }
    grants_of(person) {
        return this.grants.filter((grant) => grant.person === person);
    }

    // The key that signs a checkpoint over so many events: the one that an event brings signs the
    // checkpoints that cover this event.
    signing_key_at(size) {
        let found = this.facts.signing_keys[0];
        for (const candidate of this.facts.signing_keys) {
            found = candidate.from < size ? candidate : found;
        }
        return found.key;
    }

    // Null where the event fitted; undefined where its kind is none of these.
    fold(event) {
        const fold = folds[event.change.kind];
        return fold === undefined ? undefined : fold.call(this, event, event.change.fields) ?? null;
    }

    author_of_(event) {
        return this.author_of(event.change) ?? "nobody";
    }

    add_key_(event, person, key, in_force_from) {
        const hex = to_hex(key);
        if (this.keys.has(hex)) {
            return `the key ${hex} was enrolled before`;
        }
        this.keys.set(hex, { key, hex, person, enrolled_by: this.author_of_(event),
            enrolled_at: event.index, in_force_from, ended_at: null, claims: [],
            handed_over_by: null });
        this.key_entries.set(event.index, hex);
        return null;
    }

    open_ledger_(event, fields) {
        if (event.index !== 0 || this.facts !== null) {
            return "the ledger was opened before";
        }
        this.facts = { ledger: event.leaf, origin: fields.origin, zone: fields.zone,
            rulebook: fields.rulebook, is_rehearsal: fields.rehearsal,
            predecessor: fields.predecessor,
            signing_keys: [{ key: fields.ledgerKey, from: 0 }] };
        for (const { person, key } of fields.founders) {
            this.people.set(person, { person, organisation: "partnership", enrolled_by: person,
                enrolled_at: 0, confirmed_at: 0 });
            const anomaly = this.add_key_(event, person, key, 0);
            if (anomaly !== null) {
                return anomaly;
            }
            this.grants.push({ index: 0, person, role: "founder", scope: null, from: null,
                until: null, granted_by: person, in_force_from: 0, revoked_at: null });
        }
        return null;
    }

    enrol_person_(event, fields) {
        const person = person_of(event.change.subject);
        if (person === null) {
            return "its subject is not a person";
        }
        if (this.people.has(person)) {
            return `${person} was enrolled before`;
        }
        this.people.set(person, { person, organisation: fields.organisation,
            enrolled_by: this.author_of_(event), enrolled_at: event.index, confirmed_at: null });
        this.enrolments.set(event.index, person);
        return this.add_key_(event, person, fields.key, null);
    }

    confirm_person_(event) {
        const enrolled = this.enrolment(event.change.answers);
        if (enrolled === undefined || enrolled.confirmed_at !== null) {
            return "it answers no enrolment that waits to be confirmed";
        }
        enrolled.confirmed_at = event.index;
        const entry = this.keys.get(this.key_entries.get(enrolled.enrolled_at));
        if (entry !== undefined) {
            entry.in_force_from = event.index;
        }
        return null;
    }

    grant_role_(event, fields) {
        const person = person_of(event.change.subject);
        if (person === null || !this.people.has(person)) {
            return "it grants a role to nobody who is enrolled";
        }
        this.grants.push({ index: event.index, person, role: fields.role, scope: fields.scope,
            from: fields.from, until: fields.until, granted_by: this.author_of_(event),
            in_force_from: deciding_roles.has(fields.role) ? null : event.index,
            revoked_at: null });
        return null;
    }

    confirm_role_(event) {
        const granted = this.grants.find((grant) => grant.index === event.change.answers &&
            grant.index !== 0 && grant.in_force_from === null);
        if (granted === undefined) {
            return "it answers no grant that waits to be confirmed";
        }
        granted.in_force_from = event.index;
        return null;
    }

    revoke_role_(event) {
        // The founders' grants share event 0, so the subject says whose is meant.
        const granted = this.grants.find((grant) => grant.index === event.change.answers &&
            grant.person === person_of(event.change.subject) && grant.revoked_at === null);
        if (granted === undefined) {
            return "it answers no grant of this person that stands";
        }
        granted.revoked_at = event.index;
        return null;
    }

    enrol_key_(event, fields) {
        const person = person_of(event.change.subject);
        return person === null || !this.people.has(person)
            ? "it gives a key to nobody who is enrolled"
            : this.add_key_(event, person, fields.key, null);
    }

    confirm_key_(event) {
        const entry = this.key_entry(event.change.answers);
        if (entry === undefined) {
            return "it answers no entry about a key";
        }
        const claimed_at = event.change.answers;
        if (entry.claims.some((claim) => claim.claimed_at === claimed_at)) {
            this.confirm_claims_(claimed_at, event.index);
            return null;
        }
        if (entry.in_force_from !== null) {
            return "the key that it answers is in force already";
        }
        entry.in_force_from = event.index;
        return null;
    }

    rotate_key_(event, fields) {
        const old = this.author_key(event.change);
        if (old === undefined) {
            return "the key that hands over is unknown";
        }
        const anomaly = this.add_key_(event, old.person, fields.key, event.index);
        if (anomaly !== null) {
            return anomaly;
        }
        this.key(fields.key).handed_over_by = old.hex;
        old.ended_at = event.index;
        return null;
    }

    revoke_key_(event, fields) {
        const key = this.key(fields.key);
        if (key === undefined) {
            return "the key that it ends is unknown";
        }
        key.ended_at ??= event.index;
        return null;
    }

    // The word of one officer stops the key at once; only a second makes the past doubtful.
    compromise_key_(event, fields) {
        const named = this.key(fields.key);
        if (named === undefined) {
            return "the key that it names is unknown";
        }
        for (const key of this.keys.values()) {
            if (key === named || this.stems_from_(key, named.hex, fields.since)) {
                key.ended_at ??= event.index;
                key.claims.push({ claimed_at: event.index, claimed_by: this.author_of_(event),
                    since: fields.since, confirmed_at: null });
            }
        }
        this.key_entries.set(event.index, named.hex);
        return null;
    }

    confirm_claims_(claimed_at, confirmed_at) {
        for (const key of this.keys.values()) {
            for (const claim of key.claims) {
                if (claim.claimed_at === claimed_at) {
                    claim.confirmed_at = confirmed_at;
                }
            }
        }
    }

    // Whether a key came from a stolen one while it was in other hands. A thief who could save
    // himself into a new key would always be one rotation ahead of those who stop him.
    stems_from_(key, stolen, since) {
        for (let later = key; later.handed_over_by !== null;
            later = this.keys.get(later.handed_over_by)) {
            if (later.handed_over_by === stolen) {
                return later.enrolled_at >= since;
            }
        }
        return false;
    }

    rotate_ledger_key_(event, fields) {
        this.pending_ledger_key = { index: event.index, key: fields.newKey,
            by: this.author_of_(event) };
    }

    confirm_ledger_key_(event) {
        const pending = this.pending_ledger_key;
        if (pending === null || event.change.answers !== pending.index || this.facts === null) {
            return "it answers no ledger key that waits to be confirmed";
        }
        this.facts.signing_keys.push({ key: pending.key, from: event.index });
        this.pending_ledger_key = null;
        return null;
    }

    adopt_rulebook_(event, fields) {
        if (this.facts === null || fields.rulebook <= this.facts.rulebook) {
            return `rulebook ${this.facts?.rulebook ?? 0} is in force already`;
        }
        this.facts.rulebook = fields.rulebook;
        return null;
    }
}

const folds = {
    ledgerOpened: Keyring.prototype.open_ledger_,
    ledgerKeyRotated: Keyring.prototype.rotate_ledger_key_,
    ledgerKeyConfirmed: Keyring.prototype.confirm_ledger_key_,
    rulebookAdopted: Keyring.prototype.adopt_rulebook_,
    personEnrolled: Keyring.prototype.enrol_person_,
    personConfirmed: Keyring.prototype.confirm_person_,
    roleGranted: Keyring.prototype.grant_role_,
    roleConfirmed: Keyring.prototype.confirm_role_,
    roleRevoked: Keyring.prototype.revoke_role_,
    keyEnrolled: Keyring.prototype.enrol_key_,
    keyConfirmed: Keyring.prototype.confirm_key_,
    keyRotated: Keyring.prototype.rotate_key_,
    keyRevoked: Keyring.prototype.revoke_key_,
    keyCompromised: Keyring.prototype.compromise_key_,
};

export function is_about_keys(kind) {
    return Object.hasOwn(folds, kind);
}
