#pragma once

#include "ledger/event/event.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// A ledger that another one succeeds, and how far its history was known to go.
struct Predecessor {
    std::string origin;
    TreeSize size;
    Hash root;
    std::optional<Hash> ledger = {};  // its id, where it was known

    static Predecessor of(schema::Predecessor::Reader fields);
    bool operator==(const Predecessor&) const = default;
};

// What event 0 says of the ledger, and what later events changed of it.
struct LedgerFacts {
    Hash ledger;  // leaf hash of event 0
    std::string origin;
    std::string zone;
    std::uint16_t rulebook = 0;
    bool is_rehearsal = false;
    // Each key that signs checkpoints, with the index of the event from which it does.
    struct SigningKey {
        KeyId key;
        EventIndex from;

        bool operator==(const SigningKey&) const = default;
    };
    std::vector<SigningKey> signing_keys;
    std::optional<Predecessor> predecessor = {};

    // The key that signs a checkpoint over so many events.
    const KeyId& signing_key_at(TreeSize size) const;
    bool operator==(const LedgerFacts&) const = default;
};

// A key, whose it is, and from which event to which it may sign.
struct KeyRecord {
    KeyId key;
    PersonId person;
    PersonId enrolled_by;
    EventIndex enrolled_at;
    std::optional<EventIndex> in_force_from;  // may sign what comes after this event
    std::optional<EventIndex> ended_at;       // may not sign what comes after this event
    // What was claimed of the key, and what became certain by a second officer.
    struct Compromise {
        EventIndex claimed_at;
        PersonId claimed_by;
        EventIndex since;
        std::optional<EventIndex> confirmed_at;

        bool operator==(const Compromise&) const = default;
    };
    std::optional<Compromise> compromise;  // the first claim
    // Later claims, each with another first event in doubt: the first one to speak must not have
    // the last word on how far back the doubt reaches.
    std::vector<Compromise> further_claims = {};
    std::optional<KeyId> handed_over_by = {};  // the key that rotated into this one

    bool in_force() const { return in_force_from.has_value() && !ended_at.has_value(); }
    // The claim that an event made of this key; null if it made none.
    const Compromise* claim_at(EventIndex index) const;
    // A claim under which a new one from this event on would say nothing new: a confirmed one that
    // reaches as far back, or one of the same event that waits. Null if there is none.
    const Compromise* claim_covering(EventIndex since) const;
    // Whether an event of this key hangs on a key that was in other hands.
    bool in_doubt(EventIndex index) const;
    bool operator==(const KeyRecord&) const = default;
};

// A person, by whom they were enrolled, and since when it counts.
struct PersonRecord {
    PersonId person;
    schema::Organisation organisation = schema::Organisation::UNSET;
    PersonId enrolled_by;
    EventIndex enrolled_at;
    std::optional<EventIndex> confirmed_at;

    bool operator==(const PersonRecord&) const = default;
};

// A role that a person was given, where and for how long.
struct GrantRecord {
    EventIndex index;  // of the event that granted it; the founders' stand in event 0
    PersonId person;
    schema::Role role = schema::Role::UNSET;
    std::optional<SubjectRef> scope;  // null: the whole ledger
    std::optional<Date> from;
    std::optional<Date> until;
    PersonId granted_by;
    std::optional<EventIndex> in_force_from;
    std::optional<EventIndex> revoked_at;

    bool in_force_on(Date day) const;
    bool operator==(const GrantRecord&) const = default;
};

// Whether a role confirms, accepts, approves or enrols: then its grant counts only once a second
// person has confirmed it.
bool decides(schema::Role role);

// Which key was whose, with which grants, from which event to which: a fold over the events about
// the ledger and its people, in the order of the log.
//
// Like every fold it refuses nothing; an event that does not fit is told by a sentence and
// otherwise left out. What may be recorded is for the rules to say.
class Keyring {
public:
    using Anomaly = std::optional<std::string>;

    Anomaly ledger_opened(const Event& event, schema::LedgerOpened::Reader fields);
    Anomaly ledger_key_rotated(const Event& event, schema::LedgerKeyRotated::Reader fields);
    Anomaly ledger_key_confirmed(const Event& event);
    Anomaly rulebook_adopted(const Event& event, schema::RulebookAdopted::Reader fields);
    Anomaly person_enrolled(const Event& event, schema::PersonEnrolled::Reader fields);
    Anomaly person_confirmed(const Event& event);
    Anomaly role_granted(const Event& event, schema::RoleGranted::Reader fields);
    Anomaly role_confirmed(const Event& event);
    Anomaly role_revoked(const Event& event);
    Anomaly key_enrolled(const Event& event, schema::KeyEnrolled::Reader fields);
    Anomaly key_confirmed(const Event& event);
    Anomaly key_rotated(const Event& event, schema::KeyRotated::Reader fields);
    Anomaly key_revoked(const Event& event, schema::KeyRevoked::Reader fields);
    Anomaly key_compromised(const Event& event, schema::KeyCompromised::Reader fields);

    const LedgerFacts& facts() const { return facts_; }
    // Null where there is none.
    const KeyRecord* key(const KeyId& key) const;
    const PersonRecord* person(const PersonId& person) const;
    const GrantRecord* grant(EventIndex index) const;
    // The key's holder, whether or not the key may sign now.
    std::optional<PersonId> holder_of(const KeyId& key) const;
    // In the order of the log, ended ones too.
    std::vector<const GrantRecord*> grants_of(const PersonId& person) const;
    const std::map<PersonId, PersonRecord>& people() const { return people_; }
    const std::map<KeyId, KeyRecord>& keys() const { return keys_; }
    const std::vector<GrantRecord>& grants() const { return grants_; }

    // A new ledger key that waits for another founder.
    struct PendingLedgerKey {
        EventIndex index;
        KeyId key;
        PersonId by;

        bool operator==(const PendingLedgerKey&) const = default;
    };
    const std::optional<PendingLedgerKey>& pending_ledger_key() const {
        return pending_ledger_key_;
    }
    // The key entry (a further key, or a compromise) that an event made; null if it made none.
    const KeyRecord* key_entry(EventIndex index) const;
    const PersonRecord* enrolment(EventIndex index) const;
    bool operator==(const Keyring&) const = default;

private:
    PersonId author_of(const Event& event) const;
    bool stems_from(const KeyRecord& key, const KeyId& stolen, EventIndex since) const;
    void confirm_claims(EventIndex claimed_at, EventIndex confirmed_at);
    Anomaly add_key(const Event& event, const PersonId& person, const KeyId& id,
                    std::optional<EventIndex> in_force_from);

    LedgerFacts facts_;
    std::map<PersonId, PersonRecord> people_;
    std::map<KeyId, KeyRecord> keys_;
    std::vector<GrantRecord> grants_;
    std::map<EventIndex, KeyId> key_entries_;
    std::map<EventIndex, PersonId> enrolments_;
    std::optional<PendingLedgerKey> pending_ledger_key_;
};

}  // namespace wsoa
