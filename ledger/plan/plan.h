#pragma once

#include "ledger/base/names.h"
#include "ledger/plan/register.h"
#include "schemas/types.capnp.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What events add up to, as plain values. Nobody's words are in it: it holds the indexes of the
// events whose words say the rest.

// A rating that somebody proposed and that may still wait for its confirmation.
struct Proposal {
    EventIndex index;
    Date effective;
    PersonId by;
    std::uint16_t scale = 0;
    std::string from;
    std::string to;
    std::optional<EventIndex> confirmed_by;
    std::optional<PersonId> on_behalf_of = {};  // whose judgement it is, if not the author's

    bool operator==(const Proposal&) const = default;
};

// A rating that a second person confirmed.
struct Rating {
    std::string code;
    std::uint16_t scale = 0;
    EventIndex proposal;
    PersonId confirmed_by;
    std::optional<SubjectRef> meeting;

    bool operator==(const Rating&) const = default;
};

// What was proposed and confirmed on one axis of one subject.
struct Ratings {
    std::vector<Proposal> proposals;  // in the order of the log
    Register<Rating> confirmed;

    bool operator==(const Ratings&) const = default;
};

// An area of weakness, with its one overall lead and the ratings of its impact.
struct Area {
    SubjectRef ref;
    EventIndex added_at;
    Register<PersonId> lead;
    Ratings impact;

    bool operator==(const Area&) const = default;
};

// What is to be better for families, within an area.
struct Outcome {
    SubjectRef ref;
    EventIndex added_at;
    SubjectRef area;

    bool operator==(const Outcome&) const = default;
};

// What an owner reported of an action at one time.
struct ProgressReport {
    EventIndex index;
    PersonId by;
    std::optional<Month> period;
    std::optional<std::uint32_t> percent;

    bool operator==(const ProgressReport&) const = default;
};

// What is to be done, by whom and by when, and how it went.
struct Action {
    SubjectRef ref;
    EventIndex added_at;
    SubjectRef outcome;
    SubjectRef area;
    Register<PersonId> owner;
    Register<PersonId> accountable;
    schema::Organisation organisation = schema::Organisation::UNSET;
    Date start;
    Date original_deadline;  // never changes
    Register<Date> deadline;
    std::vector<SubjectRef> measures;
    std::uint16_t evidence_required = 0;
    struct Started {
        EventIndex index;
        Date effective;
        bool operator==(const Started&) const = default;
    };
    std::optional<Started> started;
    Register<ProgressReport> progress;
    Ratings delivery;

    bool operator==(const Action&) const = default;
};

// An item of evidence as it was registered.
struct Evidence {
    SubjectRef ref;
    EventIndex added_at;
    PersonId by;
    schema::EvidenceKind type = schema::EvidenceKind::UNSET;
    std::uint16_t version = 0;
    std::optional<Date> date_of_document;
    std::optional<Date> period_start;
    std::optional<Date> period_end;
    schema::Organisation source = schema::Organisation::UNSET;
    schema::PersonalData personal_data = schema::PersonalData::UNSET;
    std::optional<Date> review_by;

    bool operator==(const Evidence&) const = default;
};

// A plan with all of its parts.
struct Plan {
    PlanRef ref;
    EventIndex drafted_at;
    schema::PlanKind kind = schema::PlanKind::UNSET;
    std::optional<Date> inspected_from;
    std::optional<Date> inspected_to;
    std::optional<Date> report_date;
    std::optional<Date> due;
    std::vector<schema::Organisation> partners;
    std::optional<PlanRef> predecessor;
    // By reference; the same reference never stands for two things.
    std::map<SubjectRef, Area> areas;
    std::map<SubjectRef, Outcome> outcomes;
    std::map<SubjectRef, Action> actions;
    std::map<SubjectRef, Evidence> evidence;

    bool holds(const SubjectRef& subject) const {
        return areas.contains(subject) || outcomes.contains(subject) || actions.contains(subject) ||
               evidence.contains(subject) || subject == SubjectRef::of(ref);
    }
    bool operator==(const Plan&) const = default;
};

}  // namespace wsoa
