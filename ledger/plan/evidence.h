#pragma once

#include "ledger/event/named_document.h"
#include "ledger/plan/entry.h"
#include "ledger/plan/register.h"
#include "schemas/evidence.capnp.h"

#include <optional>
#include <vector>

namespace wsoa {

// What an item of evidence is said to show. An ended link stays readable.
struct EvidenceLink {
    SubjectRef target;
    Entry linked;
    std::optional<Entry> unlinked;

    bool operator==(const EvidenceLink&) const = default;
};

// An item handed in for review, and what a second person made of it.
struct EvidenceSubmission {
    Entry submitted;
    SubjectRef target;
    struct Review {
        Entry entry;
        schema::Role as_role = schema::Role::UNSET;
        schema::EvidenceStage outcome = schema::EvidenceStage::UNSET;
        std::vector<schema::EvidenceCheck> checks;
        bool operator==(const Review&) const = default;
    };
    std::vector<Review> reviews;  // a question may come before the verdict

    // The verdict; null while there is none.
    const Review* verdict() const {
        const bool is_decided =
            !reviews.empty() && reviews.back().outcome != schema::EvidenceStage::MORE_ASKED;
        return is_decided ? &reviews.back() : nullptr;
    }

    bool operator==(const EvidenceSubmission&) const = default;
};

// A copy without what may not be shown.
struct RedactedCopy {
    Entry issued;
    SubjectRef derivative;
    PersonId redactor;
    PersonId second_checker;
    std::vector<schema::RedactionCategory> categories;
    schema::RedactionMethod method = schema::RedactionMethod::UNSET;

    bool operator==(const RedactedCopy&) const = default;
};

// An item of evidence, or a version of one, and its life.
struct Evidence {
    SubjectRef ref;
    EventIndex added_at;
    Date added_on;
    PersonId by;
    schema::EvidenceKind type = schema::EvidenceKind::UNSET;
    std::uint16_t version = 0;
    std::optional<Date> date_of_document;
    std::optional<Date> period_start;
    std::optional<Date> period_end;
    std::optional<schema::Organisation> source;
    schema::PersonalData personal_data = schema::PersonalData::UNSET;
    Register<Date> review_by;
    std::optional<schema::LawfulBasis> lawful_basis;
    std::optional<SubjectRef> prior;  // the version before it
    Register<schema::EvidenceStage> stage;
    std::vector<EvidenceLink> links;
    std::vector<EvidenceSubmission> submissions;
    struct Superseded {
        Entry entry;
        SubjectRef by;
        bool operator==(const Superseded&) const = default;
    };
    std::optional<Superseded> superseded;
    std::optional<Entry> stale;  // marked by hand; renewed evidence is stale no more
    std::vector<RedactedCopy> redacted_copies;
    std::optional<Entry> erased;  // its content
    std::optional<NamedDocument> document = {};

    bool operator==(const Evidence&) const = default;
};

}  // namespace wsoa
