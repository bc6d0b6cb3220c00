#pragma once

#include "ledger/plan/plan.h"

#include <optional>
#include <vector>

namespace wsoa {

// An item of evidence as it stood at the end of a day. Borrows the plan.
struct EvidenceOn {
    const Evidence* item = nullptr;
    schema::EvidenceStage stage = schema::EvidenceStage::UNSET;
    std::vector<const EvidenceLink*> links;                // that stood then
    const EvidenceSubmission* submitted = nullptr;         // the last one by then
    const EvidenceSubmission::Review* reviewed = nullptr;  // the last review of any, by then
    std::optional<Date> review_by;
    std::optional<SubjectRef> superseded_by;
    std::vector<const RedactedCopy*> redacted_copies;
    const Erasure* erasure = nullptr;  // that was asked for by then, of the document
    std::optional<Date> erasure_decided;
    std::optional<Date> erased_on;  // the content

    // Whether it waits: it is linked to something and nobody has accepted or rejected it.
    bool is_undecided() const {
        return stage != schema::EvidenceStage::ACCEPTED && stage != schema::EvidenceStage::REJECTED;
    }
    bool is_stale(Date day) const;
};

// Null for an item that was registered later.
std::optional<EvidenceOn> evidence_on(const Plan& plan, const Evidence& item, Date day);

// All of the plan, by reference.
std::vector<EvidenceOn> evidence_on(const Plan& plan, Date day);

// An acceptance: of what, for what, who handed it in, and who decided.
struct Acceptance {
    SubjectRef item;
    SubjectRef target;
    PersonId submitted_by;
    std::optional<PersonId> owner;  // of the action that it is for, on that day
    Entry accepted;
    schema::Role as_role = schema::Role::UNSET;

    bool operator==(const Acceptance&) const = default;
};

// Each by the end of the day, in the order of the log.
std::vector<Acceptance> acceptances_by(const Plan& plan, Date day);

// The versions of an item, the first one first, to which this reference belongs. Empty where there
// is no such item.
std::vector<SubjectRef> versions_of(const Plan& plan, const SubjectRef& item);

}  // namespace wsoa
