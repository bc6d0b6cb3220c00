#pragma once

#include "ledger/plan/entry.h"
#include "ledger/plan/register.h"
#include "schemas/types.capnp.h"

#include <optional>
#include <vector>

namespace wsoa {

// What a body that governs the plan is to be: the line of accountability goes from it to another.
struct BodyFacts {
    std::optional<schema::Body> reports_to;
    std::optional<std::uint32_t> quorum;

    bool operator==(const BodyFacts&) const = default;
};

// A meeting that was held, and who attended: what a decision may be dated back to.
struct Meeting {
    SubjectRef ref;
    Entry recorded;
    schema::Body body = schema::Body::UNSET;
    Date date;
    bool quorate = false;
    std::vector<PersonId> attended;
    std::optional<SubjectRef> minutes;

    bool operator==(const Meeting&) const = default;
};

// What a meeting decided.
struct Resolution {
    SubjectRef ref;
    Entry recorded;
    SubjectRef meeting;
    std::vector<SubjectRef> about;

    bool operator==(const Resolution&) const = default;
};

// A question that was put, open until it is answered.
struct Challenge {
    SubjectRef ref;
    Entry recorded;
    schema::Role asked_as = schema::Role::UNSET;
    std::optional<SubjectRef> meeting;
    std::vector<SubjectRef> about;
    std::optional<Date> due;
    std::optional<Entry> answered;

    bool operator==(const Challenge&) const = default;
};

// An action that is off track, brought to the board.
struct Exception {
    SubjectRef ref;
    SubjectRef action;
    Entry opened;
    struct Answer {
        Entry entry;
        std::optional<SubjectRef> meeting;
        bool operator==(const Answer&) const = default;
    };
    std::optional<Answer> answered;
    std::optional<Entry> closed;

    bool operator==(const Exception&) const = default;
};

// How likely and how bad it is thought to be.
struct RiskScore {
    schema::RiskType type = schema::RiskType::UNSET;
    std::uint16_t likelihood = 0;  // 1 to 5
    std::uint16_t impact = 0;      // 1 to 5
    PersonId by;                   // who scored it

    bool operator==(const RiskScore&) const = default;
};

// What may happen, or has happened, and stands in the way.
struct Risk {
    SubjectRef ref;
    Entry raised;
    std::vector<SubjectRef> about;
    PersonId owner;
    Register<RiskScore> score;
    std::optional<Entry> closed;

    bool operator==(const Risk&) const = default;
};

// A report of progress that a body was given.
struct Report {
    Entry recorded;
    schema::Body body = schema::Body::UNSET;
    Date as_at;
    std::optional<SubjectRef> meeting;
    std::optional<SubjectRef> report;

    bool operator==(const Report&) const = default;
};

// How families were told or asked.
struct Engagement {
    Entry recorded;
    schema::Channel channel = schema::Channel::UNSET;
    Date date;
    std::optional<std::uint32_t> reached;
    std::vector<SubjectRef> about;

    bool operator==(const Engagement&) const = default;
};

// What the partnership says of itself, citing the plan.
struct SelfEvaluation {
    Entry recorded;
    Date as_at;
    std::vector<SubjectRef> cites;
    std::optional<SubjectRef> report;

    bool operator==(const SelfEvaluation&) const = default;
};

// A strategy that the plan serves; its name is in the event's words.
struct Strategy {
    Entry linked;
    std::optional<Date> from;
    std::optional<Date> until;

    bool operator==(const Strategy&) const = default;
};

}  // namespace wsoa
