#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/keys/signature.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rules.h"

#include <algorithm>
#include <set>

namespace wsoa::rules {
namespace {

// The two people who made an entry and whom it is about may not confirm it.
Result<void> second_person(const Case& at_hand, const PersonId& first, const PersonId& about) {
    const auto author = at_hand.author();
    if (author == first) {
        return refusal("ask another entitled person to confirm it",
                       "{} made the entry and cannot also confirm it", first.str());
    }
    if (author == about) {
        return refusal("ask another entitled person to confirm it",
                       "{} cannot confirm an entry about themselves", about.str());
    }
    return done();
}

// The answered entry must be about the same person as the change that answers it: otherwise the
// trail of the one would show a decision about the other.
Result<void> about_the_same(const Case& at_hand, const PersonId& person) {
    if (at_hand.envelope().subject != SubjectRef::of(person)) {
        return refusal(fmt::format("use the subject @{}", person.str()),
                       "the entry that it answers is about {}", person.str());
    }
    return done();
}

// A key that many messages at once could be signed for must not come in, whatever it proves.
Result<void> sound_key(const KeyId& key) {
    auto checked = check_public_key(key);
    if (!checked.ok()) {
        return std::move(checked).error().advise("make a key with `wsoa keys new`");
    }
    return done();
}

// Whether the key serves the ledger itself, now, earlier, or as soon as a founder confirms.
bool serves_ledger(const Keyring& keyring, const KeyId& key) {
    const auto& pending = keyring.pending_ledger_key();
    return (pending && pending->key == key) ||
           std::ranges::any_of(keyring.facts().signing_keys,
                               [&](const auto& used) { return used.key == key; });
}

bool is_founder(const Case& at_hand, const PersonId& person) {
    return std::ranges::any_of(at_hand.state.keyring.grants(), [&](const GrantRecord& grant) {
        return grant.person == person && grant.role == schema::Role::FOUNDER &&
               grant.in_force_on(at_hand.today);
    });
}

Error nothing_waits(std::string_view what) {
    return refusal("see `wsoa log` for the index of the entry that waits",
                   "it answers no {} that waits to be confirmed", what);
}

}  // namespace

Result<void> ledger_opened(const Case& at_hand, schema::LedgerOpened::Reader fields) {
    if (at_hand.index.value != 0) {
        return refusal("make a new ledger with `wsoa init`", "a ledger is opened once, by event 0");
    }
    const auto origin = read::certain(Origin::parse(read::text(fields.getOrigin())));
    if (origin.is_rehearsal() != fields.getRehearsal()) {
        return refusal("end the name of a rehearsal, and of nothing else, in /rehearsal",
                       "the ledger's name does not say whether it is a rehearsal");
    }
    const auto ledger_key = read::key(fields.getLedgerKey());
    TRY(sound_key(ledger_key));
    std::set<PersonId> people;
    std::set<KeyId> keys;
    for (const auto founder : fields.getFounders()) {
        const auto person = read::person(founder.getPerson());
        const auto key = read::key(founder.getKey());
        people.insert(person);
        keys.insert(key);
        TRY(sound_key(key));
        if (!verify(key, founder_proof_message(origin, person, key),
                    read::signature(founder.getProof()))) {
            return refusal("make the request anew with `wsoa keys request --origin`",
                           "the key of {} does not prove itself for this ledger", person.str());
        }
    }
    if (people.size() < 2 || people.size() != fields.getFounders().size() ||
        keys.size() != people.size()) {
        return refusal("give --founder twice or more, each with a person and a key of their own",
                       "a ledger has at least two founders, each with their own key");
    }
    if (keys.contains(ledger_key)) {
        return refusal("make a key for the ledger that serves nobody else",
                       "the ledger's key is also a founder's");
    }
    const auto& envelope = at_hand.envelope();
    if (!envelope.ledger.is_zero() || envelope.seen.size.value != 0) {
        return refusal("leave ledger and seen at zero", "event 0 has no ledger before it");
    }
    if (read::key(fields.getFounders()[0].getKey()) != at_hand.envelope().author_key) {
        return refusal("sign with the key of the founder named first",
                       "event 0 is signed by its first founder");
    }
    return done();
}

Result<void> ledger_key_rotated(const Case& at_hand, schema::LedgerKeyRotated::Reader fields) {
    const auto& facts = at_hand.state.keyring.facts();
    const auto key = read::key(fields.getNewKey());
    TRY(sound_key(key));
    if (at_hand.state.keyring.key(key) != nullptr || serves_ledger(at_hand.state.keyring, key)) {
        return refusal("make a new key for the ledger", "the key was used in this ledger before");
    }
    const auto message = ledger_key_proof_message(facts.ledger, key);
    if (!verify(key, message, read::signature(fields.getProof()))) {
        return refusal("make the proof with the new key", "the new key does not prove itself");
    }
    const auto& old = facts.signing_key_at(TreeSize{at_hand.index.value + 1});
    const auto handover = ledger_key_handover_message(facts.ledger, key);
    if (!verify(old, handover, read::signature(fields.getHandover()))) {
        return refusal("sign the handover with the ledger's present key",
                       "the ledger's present key does not hand over to the new one");
    }
    return done();
}

Result<void> ledger_key_confirmed(const Case& at_hand) {
    const auto& pending = at_hand.state.keyring.pending_ledger_key();
    if (!pending || at_hand.envelope().answers != pending->index) {
        return nothing_waits("ledger key");
    }
    if (at_hand.author() == pending->by) {
        return refusal("ask another founder to confirm it",
                       "{} handed the key over and cannot also confirm it", pending->by.str());
    }
    return done();
}

Result<void> rulebook_adopted(const Case& at_hand, schema::RulebookAdopted::Reader fields) {
    const auto in_force = at_hand.state.keyring.facts().rulebook;
    if (fields.getRulebook() <= in_force) {
        return refusal(fmt::format("name a rulebook above {}", in_force),
                       "rulebook {} is in force already", in_force);
    }
    return done();
}

Result<void> new_key_proves_itself(const Case& at_hand, const PersonId& person, const KeyId& key,
                                   const Signature& proof) {
    TRY(sound_key(key));
    const auto& keyring = at_hand.state.keyring;
    if (const auto* known = keyring.key(key)) {
        return refusal("make a key that serves this person alone, with `wsoa keys new`",
                       "the key is enrolled already, for {}", known->person.str());
    }
    if (serves_ledger(keyring, key)) {
        return refusal("make a key that serves this person alone, with `wsoa keys new`",
                       "the key signs the ledger's checkpoints");
    }
    const auto message = key_proof_message(keyring.facts().ledger, person, key);
    if (!verify(key, message, proof)) {
        return refusal(
            "make the request anew with `wsoa keys request`, for this ledger and this person",
            "the key does not prove itself for {} in this ledger", person.str());
    }
    return done();
}

Result<void> enrolment_confirmed(const Case& at_hand) {
    const auto answers = at_hand.envelope().answers;
    const auto* enrolled = answers ? at_hand.state.keyring.enrolment(*answers) : nullptr;
    if (enrolled == nullptr || enrolled->confirmed_at) {
        return nothing_waits("enrolment");
    }
    TRY(about_the_same(at_hand, enrolled->person));
    return second_person(at_hand, enrolled->enrolled_by, enrolled->person);
}

Result<void> role_granted(const Case& at_hand, schema::RoleGranted::Reader fields) {
    const auto author = at_hand.author();
    const auto person = at_hand.envelope().subject.person();
    if (author && person == author) {
        return refusal("ask another entitled person to grant it",
                       "nobody grants a role to themselves");
    }
    if (fields.getRole() == schema::Role::FOUNDER &&
        at_hand.envelope().as_role != schema::Role::FOUNDER) {
        return refusal("have a founder grant it", "only a founder grants the role of founder");
    }
    const auto from =
        (fields.hasFrom() ? std::optional(read::date(fields.getFrom())) : std::nullopt);
    const auto until =
        (fields.hasUntil() ? std::optional(read::date(fields.getUntil())) : std::nullopt);
    if (from && until && *until < *from) {
        return refusal("give dates in order", "the grant would end before it begins");
    }
    return done();
}

Result<void> role_confirmed(const Case& at_hand) {
    const auto answers = at_hand.envelope().answers;
    const auto* grant = answers ? at_hand.state.keyring.grant(*answers) : nullptr;
    if (grant == nullptr || grant->in_force_from || grant->revoked_at) {
        return nothing_waits("grant");
    }
    TRY(about_the_same(at_hand, grant->person));
    if (grant->role == schema::Role::FOUNDER &&
        at_hand.envelope().as_role != schema::Role::FOUNDER) {
        return refusal("have another founder confirm it",
                       "only a founder confirms the role of founder");
    }
    return second_person(at_hand, grant->granted_by, grant->person);
}

Result<void> role_revoked(const Case& at_hand) {
    const auto answers = at_hand.envelope().answers;
    const auto person = at_hand.envelope().subject.person();
    const auto& grants = at_hand.state.keyring.grants();
    const auto grant = std::ranges::find_if(grants, [&](const GrantRecord& each) {
        return each.index == answers && each.person == person && !each.revoked_at;
    });
    if (grant == grants.end()) {
        return refusal("name the grant's event with --answers; `wsoa trail @PERSON` lists them",
                       "it answers no grant of this person that stands");
    }
    if (grant->role != schema::Role::FOUNDER) {
        return done();
    }
    if (at_hand.envelope().as_role != schema::Role::FOUNDER) {
        return refusal("have a founder end it", "only a founder ends the role of founder");
    }
    // With fewer than two, no founder could ever be made again, nor a ledger key confirmed.
    std::set<PersonId> left;
    for (const auto& each : grants) {
        if (each.role == schema::Role::FOUNDER && each.in_force_on(at_hand.today) &&
            (each.index != grant->index || each.person != grant->person)) {
            left.insert(each.person);
        }
    }
    if (grant->in_force_on(at_hand.today) && left.size() < 2) {
        return refusal("make another founder first", "fewer than two founders would be left");
    }
    return done();
}

Result<void> key_confirmed(const Case& at_hand) {
    const auto answers = at_hand.envelope().answers;
    const auto* key = answers ? at_hand.state.keyring.key_entry(*answers) : nullptr;
    if (key == nullptr) {
        return nothing_waits("key entry");
    }
    TRY(about_the_same(at_hand, key->person));
    if (const auto* claim = key->claim_at(*answers)) {
        if (claim->confirmed_at) {
            return nothing_waits("key entry");
        }
        return second_person(at_hand, claim->claimed_by, key->person);
    }
    // A first key is confirmed with its person, by personConfirmed.
    if (key->in_force_from || key->ended_at ||
        at_hand.state.keyring.enrolment(*answers) != nullptr) {
        return nothing_waits("key entry");
    }
    const auto* holder = at_hand.state.keyring.person(key->person);
    if (holder == nullptr || !holder->confirmed_at) {
        return refusal("have the enrolment confirmed first",
                       "the enrolment of {} waits to be confirmed itself", key->person.str());
    }
    // Whoever brings a founder's key into force could otherwise become a founder by it.
    if (is_founder(at_hand, key->person) && at_hand.envelope().as_role != schema::Role::FOUNDER) {
        return refusal("have another founder confirm it",
                       "only a founder confirms a founder's key");
    }
    return second_person(at_hand, key->enrolled_by, key->person);
}

Result<void> key_rotated(const Case& at_hand) {
    const auto author = at_hand.author();
    if (author && at_hand.envelope().subject != SubjectRef::of(*author)) {
        return refusal("have the holder hand over themselves",
                       "a key is replaced by its own holder, {}", author->str());
    }
    return done();
}

Result<void> key_revoked(const Case& at_hand, schema::KeyRevoked::Reader fields) {
    const auto id = read::key(fields.getKey());
    const auto* key = at_hand.state.keyring.key(id);
    if (key == nullptr || key->ended_at) {
        return refusal("see `wsoa show people` for the keys that are in force",
                       "no key {} is in force", id.hex().substr(0, 16));
    }
    TRY(about_the_same(at_hand, key->person));
    const auto author = at_hand.author();
    const auto role = at_hand.envelope().as_role;
    const bool may_end_others =
        role == schema::Role::FOUNDER || role == schema::Role::PROGRAMME_OFFICE;
    if (author && author != key->person &&
        !(may_end_others && grant_for(at_hand.state, *author, role, at_hand.envelope().subject,
                                      at_hand.today) != nullptr)) {
        return refusal("have its holder, a founder or the programme office end it",
                       "{} may not end the key of {}", name_of(role), key->person.str());
    }
    return done();
}

Result<void> key_compromised(const Case& at_hand, schema::KeyCompromised::Reader fields) {
    const auto id = read::key(fields.getKey());
    const auto* key = at_hand.state.keyring.key(id);
    if (key == nullptr) {
        return refusal("see `wsoa show people` for the keys",
                       "the key {} is not enrolled in this ledger", id.hex().substr(0, 16));
    }
    TRY(about_the_same(at_hand, key->person));
    if (const auto* claim = key->claim_covering(EventIndex{fields.getSince()})) {
        return refusal(
            fmt::format("see event {}; confirm it with `wsoa confirm {}` if it waits, or name an "
                        "earlier first event",
                        claim->claimed_at.value, claim->claimed_at.value),
            "the key was reported at event {} already", claim->claimed_at.value);
    }
    if (fields.getSince() > at_hand.index.value) {
        return refusal("give the index of the first event in doubt", "event {} does not exist yet",
                       fields.getSince());
    }
    return done();
}

}  // namespace wsoa::rules
