#pragma once

#include "ledger/base/bytes.h"
#include "ledger/plan/entry.h"
#include "schemas/types.capnp.h"

#include <optional>
#include <vector>

namespace wsoa {

// What a dated letter concluded about an area or a plan.
struct Conclusion {
    Entry recorded;
    SubjectRef review;
    schema::Judgement judgement = schema::Judgement::UNSET;
    SubjectRef letter;
    std::optional<Date> next_review;

    bool operator==(const Conclusion&) const = default;
};

// A check from outside: a visit, a re-visit, an inspection.
struct ExternalReview {
    SubjectRef ref;
    schema::ReviewType type = schema::ReviewType::UNSET;
    std::uint16_t number = 0;
    std::vector<schema::Organisation> bodies;
    struct Schedule {
        Entry entry;
        Date from;
        std::optional<Date> until;
        bool operator==(const Schedule&) const = default;
    };
    std::optional<Schedule> scheduled;
    struct Notice {
        Entry entry;
        Date notice_date;
        Date from;
        bool operator==(const Notice&) const = default;
    };
    std::optional<Notice> notified;
    struct Held {
        Entry entry;
        Date date;
        std::vector<SubjectRef> about;
        bool operator==(const Held&) const = default;
    };
    std::optional<Held> held;
    struct NextSteps {
        Entry entry;
        std::vector<schema::NextStep> steps;
        std::optional<SubjectRef> letter;
        bool operator==(const NextSteps&) const = default;
    };
    std::vector<NextSteps> next_steps;

    bool operator==(const ExternalReview&) const = default;
};

// What was asked for from outside, by when, and what became of it.
struct InformationRequest {
    SubjectRef ref;
    Entry requested;
    schema::Organisation from = schema::Organisation::UNSET;
    Date due;
    std::optional<SubjectRef> review;
    struct Fulfilment {
        Entry entry;
        std::optional<SubjectRef> pack;
        bool operator==(const Fulfilment&) const = default;
    };
    std::optional<Fulfilment> fulfilled;
    std::optional<Entry> refused;

    bool operator==(const InformationRequest&) const = default;
};

// A set of evidence frozen for a reader.
struct Pack {
    SubjectRef ref;
    Entry frozen;
    Date as_at;
    PersonId recipient;
    std::vector<SubjectRef> items;
    std::vector<SubjectRef> redacted;
    std::optional<EventIndex> size;
    std::optional<Hash> digest;
    std::vector<schema::WordField> disclosed = {};
    std::optional<schema::Classification> closest = {};  // of what is in it
    struct Share {
        Entry entry;
        PersonId recipient;
        Date expires;
        bool operator==(const Share&) const = default;
    };
    std::vector<Share> shares;
    struct Access {
        Entry entry;
        PersonId reader;
        bool operator==(const Access&) const = default;
    };
    std::vector<Access> accesses;

    bool operator==(const Pack&) const = default;
};

}  // namespace wsoa
