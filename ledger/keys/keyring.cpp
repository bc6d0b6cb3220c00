#include "ledger/keys/keyring.h"

#include "ledger/event/fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsoa {
namespace {

// Stands for the author of an event whose key nobody holds: such an event is an anomaly already.
PersonId nobody() { return read::certain(PersonId::parse("nobody")); }

}  // namespace

Predecessor Predecessor::of(schema::Predecessor::Reader fields) {
    return {.origin = std::string(read::text(fields.getOrigin())),
            .size = TreeSize{fields.getSize()},
            .root = read::hash(fields.getRoot()),
            .ledger =
                fields.hasLedger() ? std::optional(read::hash(fields.getLedger())) : std::nullopt};
}

const KeyId& LedgerFacts::signing_key_at(TreeSize size) const {
    CHECK(!signing_keys.empty());
    const SigningKey* found = &signing_keys.front();
    for (const auto& candidate : signing_keys) {
        // The key that an event brings signs the checkpoints that cover this event.
        if (candidate.from.value < size.value) {
            found = &candidate;
        }
    }
    return found->key;
}

const KeyRecord::Compromise* KeyRecord::claim_at(EventIndex index) const {
    if (compromise && compromise->claimed_at == index) {
        return &*compromise;
    }
    const auto found = std::ranges::find(further_claims, index, &Compromise::claimed_at);
    return found == further_claims.end() ? nullptr : &*found;
}

const KeyRecord::Compromise* KeyRecord::claim_covering(EventIndex since) const {
    const auto covers = [&](const Compromise& claim) {
        return claim.confirmed_at ? claim.since <= since : claim.since == since;
    };
    if (compromise && covers(*compromise)) {
        return &*compromise;
    }
    const auto found = std::ranges::find_if(further_claims, covers);
    return found == further_claims.end() ? nullptr : &*found;
}

bool KeyRecord::in_doubt(EventIndex index) const {
    const auto doubts = [&](const Compromise& claim) {
        return claim.confirmed_at && index >= claim.since && index <= claim.claimed_at;
    };
    return (compromise && doubts(*compromise)) || std::ranges::any_of(further_claims, doubts);
}

bool GrantRecord::in_force_on(Date day) const {
    return in_force_from && !revoked_at && (!from || *from <= day) && (!until || day <= *until);
}

bool decides(schema::Role role) {
    switch (role) {
        case schema::Role::FOUNDER:
        case schema::Role::PROGRAMME_OFFICE:
        case schema::Role::AREA_LEAD:
        case schema::Role::ACCOUNTABLE_OFFICER:
        case schema::Role::BOARD_CHAIR:
        case schema::Role::RECORDS_MANAGER:
        case schema::Role::DPO:
        case schema::Role::LEAD_MEMBER: return true;
        case schema::Role::UNSET:
        case schema::Role::ACTION_OWNER:
        case schema::Role::BOARD_MEMBER:
        case schema::Role::DATA_LEAD:
        case schema::Role::ADVISER:
        case schema::Role::INSPECTOR:
        case schema::Role::AUDITOR: return false;
    }
    CHECK(false);
    return true;
}

PersonId Keyring::author_of(const Event& event) const {
    return holder_of(event.envelope().author_key).value_or(nobody());
}

Keyring::Anomaly Keyring::add_key(const Event& event, const PersonId& person, const KeyId& id,
                                  std::optional<EventIndex> in_force_from) {
    if (keys_.contains(id)) {
        return fmt::format("the key {} was enrolled before", id.hex());
    }
    keys_.emplace(id, KeyRecord{.key = id,
                                .person = person,
                                .enrolled_by = author_of(event),
                                .enrolled_at = event.index(),
                                .in_force_from = in_force_from,
                                .ended_at = {},
                                .compromise = {},
                                .further_claims = {},
                                .handed_over_by = {}});
    key_entries_.emplace(event.index(), id);
    return {};
}

Keyring::Anomaly Keyring::ledger_opened(const Event& event, schema::LedgerOpened::Reader fields) {
    if (event.index().value != 0 || !people_.empty()) {
        return "the ledger was opened before";
    }
    facts_.ledger = event.leaf();
    facts_.origin = read::text(fields.getOrigin());
    facts_.zone = read::text(fields.getZone());
    facts_.rulebook = fields.getRulebook();
    facts_.is_rehearsal = fields.getRehearsal();
    facts_.signing_keys = {{.key = read::key(fields.getLedgerKey()), .from = event.index()}};
    if (fields.hasPredecessor()) {
        facts_.predecessor = Predecessor::of(fields.getPredecessor());
    }
    for (const auto founder : fields.getFounders()) {
        const auto person = read::person(founder.getPerson());
        people_.emplace(person, PersonRecord{.person = person,
                                             .organisation = schema::Organisation::PARTNERSHIP,
                                             .enrolled_by = person,
                                             .enrolled_at = event.index(),
                                             .confirmed_at = event.index()});
        if (auto anomaly = add_key(event, person, read::key(founder.getKey()), event.index())) {
            return anomaly;
        }
        grants_.push_back(GrantRecord{.index = event.index(),
                                      .person = person,
                                      .role = schema::Role::FOUNDER,
                                      .scope = {},
                                      .from = {},
                                      .until = {},
                                      .granted_by = person,
                                      .in_force_from = event.index(),
                                      .revoked_at = {}});
    }
    return {};
}

Keyring::Anomaly Keyring::ledger_key_rotated(const Event& event,
                                             schema::LedgerKeyRotated::Reader fields) {
    pending_ledger_key_ = PendingLedgerKey{
        .index = event.index(), .key = read::key(fields.getNewKey()), .by = author_of(event)};
    return {};
}

Keyring::Anomaly Keyring::ledger_key_confirmed(const Event& event) {
    // Where the event that opened the ledger cannot be read, no later one makes up for its key.
    if (!pending_ledger_key_ || event.envelope().answers != pending_ledger_key_->index ||
        facts_.signing_keys.empty()) {
        return "it answers no ledger key that waits to be confirmed";
    }
    facts_.signing_keys.push_back({.key = pending_ledger_key_->key, .from = event.index()});
    pending_ledger_key_.reset();
    return {};
}

Keyring::Anomaly Keyring::rulebook_adopted(const Event& /*event*/,
                                           schema::RulebookAdopted::Reader fields) {
    if (facts_.signing_keys.empty() || fields.getRulebook() <= facts_.rulebook) {
        return fmt::format("rulebook {} is in force already", facts_.rulebook);
    }
    facts_.rulebook = fields.getRulebook();
    return {};
}

Keyring::Anomaly Keyring::person_enrolled(const Event& event,
                                          schema::PersonEnrolled::Reader fields) {
    const auto person = event.envelope().subject.person();
    if (!person) {
        return "its subject is not a person";
    }
    if (people_.contains(*person)) {
        return fmt::format("{} was enrolled before", person->str());
    }
    people_.emplace(*person, PersonRecord{.person = *person,
                                          .organisation = fields.getOrganisation(),
                                          .enrolled_by = author_of(event),
                                          .enrolled_at = event.index(),
                                          .confirmed_at = {}});
    enrolments_.emplace(event.index(), *person);
    return add_key(event, *person, read::key(fields.getKey()), {});
}

Keyring::Anomaly Keyring::person_confirmed(const Event& event) {
    const auto* enrolled =
        event.envelope().answers ? enrolment(*event.envelope().answers) : nullptr;
    if (enrolled == nullptr || enrolled->confirmed_at) {
        return "it answers no enrolment that waits to be confirmed";
    }
    people_.at(enrolled->person).confirmed_at = event.index();
    const auto entry = key_entries_.find(enrolled->enrolled_at);
    if (entry != key_entries_.end()) {
        keys_.at(entry->second).in_force_from = event.index();
    }
    return {};
}

Keyring::Anomaly Keyring::role_granted(const Event& event, schema::RoleGranted::Reader fields) {
    const auto person = event.envelope().subject.person();
    if (!person || !people_.contains(*person)) {
        return "it grants a role to nobody who is enrolled";
    }
    std::optional<SubjectRef> scope;
    if (fields.hasScope()) {
        scope = read::subject(fields.getScope());
    }
    const auto role = fields.getRole();
    grants_.push_back(GrantRecord{
        .index = event.index(),
        .person = *person,
        .role = role,
        .scope = scope,
        .from = (fields.hasFrom() ? std::optional(read::date(fields.getFrom())) : std::nullopt),
        .until = (fields.hasUntil() ? std::optional(read::date(fields.getUntil())) : std::nullopt),
        .granted_by = author_of(event),
        .in_force_from = decides(role) ? std::nullopt : std::optional(event.index()),
        .revoked_at = {}});
    return {};
}

Keyring::Anomaly Keyring::role_confirmed(const Event& event) {
    const auto answers = event.envelope().answers;
    for (auto& granted : grants_) {
        if (granted.index == answers && granted.index.value != 0 && !granted.in_force_from) {
            granted.in_force_from = event.index();
            return {};
        }
    }
    return "it answers no grant that waits to be confirmed";
}

Keyring::Anomaly Keyring::role_revoked(const Event& event) {
    const auto answers = event.envelope().answers;
    const auto person = event.envelope().subject.person();
    for (auto& granted : grants_) {
        // The founders' grants share event 0, so the subject says whose is meant.
        if (granted.index == answers && granted.person == person && !granted.revoked_at) {
            granted.revoked_at = event.index();
            return {};
        }
    }
    return "it answers no grant of this person that stands";
}

Keyring::Anomaly Keyring::key_enrolled(const Event& event, schema::KeyEnrolled::Reader fields) {
    const auto person = event.envelope().subject.person();
    if (!person || !people_.contains(*person)) {
        return "it gives a key to nobody who is enrolled";
    }
    return add_key(event, *person, read::key(fields.getKey()), {});
}

Keyring::Anomaly Keyring::key_confirmed(const Event& event) {
    const auto* entry = event.envelope().answers ? key_entry(*event.envelope().answers) : nullptr;
    if (entry == nullptr) {
        return "it answers no entry about a key";
    }
    const auto answers = *event.envelope().answers;
    if (entry->claim_at(answers) != nullptr) {
        confirm_claims(answers, event.index());
        return {};
    }
    auto& record = keys_.at(entry->key);
    if (record.in_force_from) {
        return "the key that it answers is in force already";
    }
    record.in_force_from = event.index();
    return {};
}

Keyring::Anomaly Keyring::key_rotated(const Event& event, schema::KeyRotated::Reader fields) {
    const auto old = keys_.find(event.envelope().author_key);
    if (old == keys_.end()) {
        return "the key that hands over is unknown";
    }
    const auto person = old->second.person;
    if (auto anomaly = add_key(event, person, read::key(fields.getKey()), event.index())) {
        return anomaly;
    }
    keys_.at(read::key(fields.getKey())).handed_over_by = old->first;
    old->second.ended_at = event.index();
    return {};
}

Keyring::Anomaly Keyring::key_revoked(const Event& event, schema::KeyRevoked::Reader fields) {
    const auto found = keys_.find(read::key(fields.getKey()));
    if (found == keys_.end()) {
        return "the key that it ends is unknown";
    }
    if (!found->second.ended_at) {
        found->second.ended_at = event.index();
    }
    return {};
}

Keyring::Anomaly Keyring::key_compromised(const Event& event,
                                          schema::KeyCompromised::Reader fields) {
    const auto found = keys_.find(read::key(fields.getKey()));
    if (found == keys_.end()) {
        return "the key that it names is unknown";
    }
    const KeyRecord::Compromise claim{.claimed_at = event.index(),
                                      .claimed_by = author_of(event),
                                      .since = EventIndex{fields.getSince()},
                                      .confirmed_at = {}};
    for (auto& [id, record] : keys_) {
        if (id != found->first && !stems_from(record, found->first, claim.since)) {
            continue;
        }
        // The word of one officer stops the key at once; only a second makes the past doubtful.
        if (!record.ended_at) {
            record.ended_at = event.index();
        }
        if (record.compromise) {
            record.further_claims.push_back(claim);
        } else {
            record.compromise = claim;
        }
    }
    key_entries_.emplace(event.index(), found->first);
    return {};
}

void Keyring::confirm_claims(EventIndex claimed_at, EventIndex confirmed_at) {
    for (auto& [id, record] : keys_) {
        if (record.compromise && record.compromise->claimed_at == claimed_at) {
            record.compromise->confirmed_at = confirmed_at;
        }
        for (auto& claim : record.further_claims) {
            if (claim.claimed_at == claimed_at) {
                claim.confirmed_at = confirmed_at;
            }
        }
    }
}

// Whether a key came from a stolen one while it was in other hands. A thief who could save himself
// into a new key would always be one rotation ahead of those who stop him.
bool Keyring::stems_from(const KeyRecord& key, const KeyId& stolen, EventIndex since) const {
    const auto* later = &key;
    while (later->handed_over_by) {
        if (*later->handed_over_by == stolen) {
            return later->enrolled_at >= since;
        }
        later = &keys_.at(*later->handed_over_by);
    }
    return false;
}

const KeyRecord* Keyring::key(const KeyId& key) const {
    const auto found = keys_.find(key);
    return found == keys_.end() ? nullptr : &found->second;
}

const PersonRecord* Keyring::person(const PersonId& person) const {
    const auto found = people_.find(person);
    return found == people_.end() ? nullptr : &found->second;
}

const GrantRecord* Keyring::grant(EventIndex index) const {
    const auto found = std::ranges::find(grants_, index, &GrantRecord::index);
    return found == grants_.end() ? nullptr : &*found;
}

std::optional<PersonId> Keyring::holder_of(const KeyId& id) const {
    const auto* record = key(id);
    return record == nullptr ? std::nullopt : std::optional(record->person);
}

std::vector<const GrantRecord*> Keyring::grants_of(const PersonId& person) const {
    std::vector<const GrantRecord*> found;
    for (const auto& granted : grants_) {
        if (granted.person == person) {
            found.push_back(&granted);
        }
    }
    return found;
}

const KeyRecord* Keyring::key_entry(EventIndex index) const {
    const auto found = key_entries_.find(index);
    // Event 0 brings several keys, none of which waits for anything.
    return found == key_entries_.end() || index.value == 0 ? nullptr : &keys_.at(found->second);
}

const PersonRecord* Keyring::enrolment(EventIndex index) const {
    const auto found = enrolments_.find(index);
    return found == enrolments_.end() ? nullptr : &people_.at(found->second);
}

}  // namespace wsoa
