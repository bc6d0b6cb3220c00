// Whether whoever signed an event could: with that key, in that role, at that place of the log. The
// ids are those of the rulebook (`wsoa rules`). Each rule gives the sentence of what is wrong, or
// null. Those that check a proof give a promise of one.
import { equal, is_zero, to_hex } from "./bytes.js";
import { check_public_key } from "./group.js";
import { founder_proof_message, key_proof_message, ledger_key_handover_message,
    ledger_key_proof_message } from "./keys.js";
import { grant_in_force_on } from "./keyring.js";
import { attempt } from "./refusal.js";
import { holds_any, holds_for, holds_within } from "./rights.js";
import { by_another_rules } from "./second_person.js";
import { person_of, plan_of } from "./text.js";

// R01
function key_may_sign({ change, state }) {
    const key = state.keyring.author_key(change);
    const id = change.author.slice(0, 16);
    if (key === undefined) {
        return `the key ${id} is not enrolled in this ledger`;
    }
    if (key.claims.length > 0) {
        return `the key ${id} of ${key.person} was reported as compromised at event ` +
            key.claims[0].claimed_at;
    }
    if (key.ended_at !== null) {
        return `the key ${id} of ${key.person} ended at event ${key.ended_at}`;
    }
    return key.in_force_from === null
        ? `the key ${id} of ${key.person} waits to be confirmed by a second person` : null;
}

// R03
function role_allows({ change, state, today, author, schema }) {
    if (author === null) {
        return null;  // R01 judges this
    }
    const rule = schema.kinds[change.kind];
    const role = change.asRole;
    if (rule.roles.length > 0 && !rule.roles.includes(role)) {
        return `the role ${role} may not record ${change.kind}`;
    }
    const plan = plan_of(change.subject);
    const holds = rule.reach === "self" ? holds_any(state, author, role, today)
        : rule.reach === "plan" && plan !== null ? holds_within(state, author, role, plan, today)
            : holds_for(state, author, role, change.subject, today);
    return holds ? null : `${author} does not hold the role ${role} for ${change.subject}`;
}

// R07
function acting_for_another({ change, state, schema }) {
    if (change.onBehalfOf === null) {
        return null;
    }
    const { about } = schema.kinds[change.kind];
    if (about.includes("the ledger") || about.includes("a person")) {
        return "nobody acts for another in what concerns the ledger, people and keys";
    }
    if (change.asRole !== "programmeOffice") {
        return "only the programme office acts for another person";
    }
    return state.keyring.people.has(change.onBehalfOf) ? null
        : `nobody is enrolled as ${change.onBehalfOf}`;
}

const unsound = (key) => attempt(() => check_public_key(key)).refusal?.message ?? null;

function serves_ledger(keyring, key) {
    return (keyring.pending_ledger_key !== null && equal(keyring.pending_ledger_key.key, key)) ||
        keyring.facts.signing_keys.some((used) => equal(used.key, key));
}

// R09
async function new_key_proves_itself({ change, state, verifier }) {
    const person = person_of(change.subject);
    const { key, proof } = change.fields;
    const { keyring } = state;
    if (person === null) {
        return null;
    }
    const wrong = unsound(key);
    if (wrong !== null) {
        return wrong;
    }
    const known = keyring.key(key);
    if (known !== undefined) {
        return `the key is enrolled already, for ${known.person}`;
    }
    if (serves_ledger(keyring, key)) {
        return "the key signs the ledger's checkpoints";
    }
    const message = key_proof_message(keyring.facts.ledger, person, key);
    return await verifier.holds(key, message, proof) ? null
        : `the key does not prove itself for ${person} in this ledger`;
}

// The two people who made an entry and whom it is about may not confirm it.
function second_person(author, first, about) {
    if (author === first) {
        return `${first} made the entry and cannot also confirm it`;
    }
    return author === about ? `${about} cannot confirm an entry about themselves` : null;
}

function about_another(change, person) {
    return change.subject === `@${person}` ? null : `the entry that it answers is about ${person}`;
}

const nothing_waits = (what) => `it answers no ${what} that waits to be confirmed`;

// R10
function enrolment_confirmed({ change, state, author }) {
    const enrolled = state.keyring.enrolment(change.answers);
    if (enrolled === undefined || enrolled.confirmed_at !== null) {
        return nothing_waits("enrolment");
    }
    return about_another(change, enrolled.person) ??
        second_person(author, enrolled.enrolled_by, enrolled.person);
}

// R11
function role_granted({ change, author }) {
    if (author !== null && person_of(change.subject) === author) {
        return "nobody grants a role to themselves";
    }
    if (change.fields.role === "founder" && change.asRole !== "founder") {
        return "only a founder grants the role of founder";
    }
    const { from, until } = change.fields;
    return from !== null && until !== null && until < from
        ? "the grant would end before it begins" : null;
}

// R12
function role_confirmed({ change, state, author }) {
    const grant = state.keyring.grants.find((each) => each.index === change.answers);
    if (grant === undefined || grant.in_force_from !== null || grant.revoked_at !== null) {
        return nothing_waits("grant");
    }
    const wrong = about_another(change, grant.person);
    if (wrong !== null) {
        return wrong;
    }
    return grant.role === "founder" && change.asRole !== "founder"
        ? "only a founder confirms the role of founder"
        : second_person(author, grant.granted_by, grant.person);
}

function founders_in_force(keyring, today) {
    return keyring.grants.filter((grant) =>
        grant.role === "founder" && grant_in_force_on(grant, today));
}

// R13
function role_revoked({ change, state, today }) {
    const grant = state.keyring.grants.find((each) => each.index === change.answers &&
        each.person === person_of(change.subject) && each.revoked_at === null);
    if (grant === undefined) {
        return "it answers no grant of this person that stands";
    }
    if (grant.role !== "founder") {
        return null;
    }
    if (change.asRole !== "founder") {
        return "only a founder ends the role of founder";
    }
    // With fewer than two, no founder could ever be made again, nor a ledger key confirmed.
    const left = new Set(founders_in_force(state.keyring, today)
        .filter((each) => each !== grant).map((each) => each.person));
    return grant_in_force_on(grant, today) && left.size < 2
        ? "fewer than two founders would be left" : null;
}

// R14
function key_confirmed({ change, state, author, today }) {
    const { keyring } = state;
    const key = keyring.key_entry(change.answers);
    if (key === undefined) {
        return nothing_waits("key entry");
    }
    const wrong = about_another(change, key.person);
    if (wrong !== null) {
        return wrong;
    }
    const claim = key.claims.find((each) => each.claimed_at === change.answers);
    if (claim !== undefined) {
        return claim.confirmed_at !== null ? nothing_waits("key entry")
            : second_person(author, claim.claimed_by, key.person);
    }
    // A first key is confirmed with its person, by personConfirmed.
    if (key.in_force_from !== null || key.ended_at !== null ||
        keyring.enrolment(change.answers) !== undefined) {
        return nothing_waits("key entry");
    }
    if ((keyring.people.get(key.person)?.confirmed_at ?? null) === null) {
        return `the enrolment of ${key.person} waits to be confirmed itself`;
    }
    // Whoever brings a founder's key into force could otherwise become a founder by it.
    const is_founders = founders_in_force(keyring, today)
        .some((grant) => grant.person === key.person);
    return is_founders && change.asRole !== "founder" ? "only a founder confirms a founder's key"
        : second_person(author, key.enrolled_by, key.person);
}

// R15
function key_rotated({ change, author }) {
    return author !== null && change.subject !== `@${author}`
        ? `a key is replaced by its own holder, ${author}` : null;
}

// R16
function key_revoked({ change, state, author, today }) {
    const id = change.fields.key;
    const key = state.keyring.key(id);
    if (key === undefined || key.ended_at !== null) {
        return `no key ${to_hex(id).slice(0, 16)} is in force`;
    }
    const wrong = about_another(change, key.person);
    if (wrong !== null || author === null || author === key.person) {
        return wrong;
    }
    const may_end_others = ["founder", "programmeOffice"].includes(change.asRole) &&
        holds_for(state, author, change.asRole, change.subject, today);
    return may_end_others ? null : `${change.asRole} may not end the key of ${key.person}`;
}

// R17
function key_compromised({ change, state, index }) {
    const { key: id, since } = change.fields;
    const key = state.keyring.key(id);
    if (key === undefined) {
        return `the key ${to_hex(id).slice(0, 16)} is not enrolled in this ledger`;
    }
    const wrong = about_another(change, key.person);
    if (wrong !== null) {
        return wrong;
    }
    // A claim under which this one would say nothing new.
    const claim = key.claims.find((each) => each.confirmed_at !== null
        ? each.since <= since : each.since === since);
    if (claim !== undefined) {
        return `the key was reported at event ${claim.claimed_at} already`;
    }
    return since > index ? `event ${since} does not exist yet` : null;
}

// R18
async function ledger_key_rotated({ change, state, index, verifier }) {
    const { newKey: key, proof, handover } = change.fields;
    const { keyring } = state;
    const wrong = unsound(key);
    if (wrong !== null) {
        return wrong;
    }
    if (keyring.key(key) !== undefined || serves_ledger(keyring, key)) {
        return "the key was used in this ledger before";
    }
    const { ledger } = keyring.facts;
    if (!await verifier.holds(key, ledger_key_proof_message(ledger, key), proof)) {
        return "the new key does not prove itself";
    }
    const old = keyring.signing_key_at(index + 1);
    return await verifier.holds(old, ledger_key_handover_message(ledger, key), handover) ? null
        : "the ledger's present key does not hand over to the new one";
}

// R19
function ledger_key_confirmed({ change, state, author }) {
    const pending = state.keyring.pending_ledger_key;
    if (pending === null || change.answers !== pending.index) {
        return nothing_waits("ledger key");
    }
    return author === pending.by
        ? `${pending.by} handed the key over and cannot also confirm it` : null;
}

async function founders_prove_themselves({ origin, founders }, verifier) {
    for (const { person, key, proof } of founders) {
        const wrong = unsound(key);
        if (wrong !== null) {
            return wrong;
        }
        if (!await verifier.holds(key, founder_proof_message(origin, person, key), proof)) {
            return `the key of ${person} does not prove itself for this ledger`;
        }
    }
    return null;
}

// R20
async function ledger_opened({ change, index, verifier }) {
    if (index !== 0) {
        return "a ledger is opened once, by event 0";
    }
    const { origin, rehearsal, ledgerKey, founders } = change.fields;
    if (origin.endsWith("/rehearsal") !== rehearsal) {
        return "the ledger's name does not say whether it is a rehearsal";
    }
    const wrong = unsound(ledgerKey) ?? await founders_prove_themselves(change.fields, verifier);
    if (wrong !== null) {
        return wrong;
    }
    const people = new Set(founders.map(({ person }) => person));
    const keys = new Set(founders.map(({ key }) => to_hex(key)));
    if (people.size < 2 || people.size !== founders.length || keys.size !== people.size) {
        return "a ledger has at least two founders, each with their own key";
    }
    if (keys.has(to_hex(ledgerKey))) {
        return "the ledger's key is also a founder's";
    }
    if (!is_zero(change.ledger) || change.seen.size !== 0) {
        return "event 0 has no ledger before it";
    }
    return equal(founders[0].key, change.authorKey) ? null
        : "event 0 is signed by its first founder";
}

// R21
function rulebook_adopted({ change, state }) {
    const in_force = state.keyring.facts.rulebook;
    return change.fields.rulebook <= in_force ? `rulebook ${in_force} is in force already` : null;
}

const rules_of_every_kind = [["R01", key_may_sign], ["R03", role_allows],
    ["R07", acting_for_another]];
const new_key = ["R09", new_key_proves_itself];
const rules_of_kind = {
    personEnrolled: [new_key],
    keyEnrolled: [new_key],
    keyRotated: [new_key, ["R15", key_rotated]],
    personConfirmed: [["R10", enrolment_confirmed]],
    roleGranted: [["R11", role_granted]],
    roleConfirmed: [["R12", role_confirmed]],
    roleRevoked: [["R13", role_revoked]],
    keyConfirmed: [["R14", key_confirmed]],
    keyRevoked: [["R16", key_revoked]],
    keyCompromised: [["R17", key_compromised]],
    ledgerKeyRotated: [["R18", ledger_key_rotated]],
    ledgerKeyConfirmed: [["R19", ledger_key_confirmed]],
    rulebookAdopted: [["R21", rulebook_adopted]],
    ...by_another_rules,
};

// The rulebook by which an event is judged: that of event 0 for itself, the one in force for all
// others; and whether this page knows it.
function rulebook_of({ change, state, index, schema }) {
    const number = change.kind === "ledgerOpened" && index === 0 ? change.fields.rulebook
        : state.keyring.facts?.rulebook ?? 0;
    const adopted = change.kind === "rulebookAdopted" ? change.fields.rulebook : 0;
    const newest = Math.max(number, adopted);
    return { number, too_new: newest > schema.rulebook ? newest : null };
}

// What is wrong with who recorded the event, each as {rule, what}; `unknown` where a rulebook is
// newer than this page. The case holds: change, index, state before it, today (the civil day of its
// record), author (who holds its key), schema, verifier.
export async function judge_authority(at_hand) {
    const { number, too_new } = rulebook_of(at_hand);
    if (number === 0) {
        return [{ rule: "R20",
            what: "a ledger begins with event 0, which states its rulebook" }];
    }
    if (too_new !== null) {
        return [{ rule: "", is_unknown: true, what: `rulebook ${too_new} is newer than this ` +
            `page, which knows ${at_hand.schema.rulebook}` }];
    }
    // Event 0 brings the keys and the roles by which all others are judged.
    const rules = at_hand.change.kind === "ledgerOpened" ? [["R20", ledger_opened]]
        : [...rules_of_every_kind, ...rules_of_kind[at_hand.change.kind] ?? []];
    const broken = [];
    for (const [rule, judge] of rules) {
        const judged = judge(at_hand);
        const what = judged instanceof Promise ? await judged : judged;
        if (what !== null) {
            broken.push({ rule, what });
        }
    }
    return broken;
}
