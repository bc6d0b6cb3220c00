#pragma once

#include "cli/render/json.h"
#include "ledger/history.h"

#include <string>
#include <vector>

namespace wsoa {

// What there is to say of an erasure that was carried out, all of it from the ledger: what went and
// never what it said, on whose decision, which copies still have it, and what had shown it.
struct ErasureCertificate {
    SubjectRef request;
    LedgerFacts facts;
    Event erased;   // whose words are gone
    Event asked;    // erasureRequested
    Event decided;  // erasureDecided
    Event done;     // contentErased
    PersonId asked_by;
    PersonId decided_by;
    PersonId done_by;
    // Of the plan, those that named the subject once the event was there.
    std::vector<SubjectRef> packs;
    std::vector<SubjectRef> publications;
    TreeSize size;
    Hash root;

    std::string text() const;
    Json json() const;
};

// `missing` if there is no such request, or its erasure of words was not carried out. The state has
// the request's plan.
Result<ErasureCertificate> certificate_of(const History& history, const State& state,
                                          const SubjectRef& request);

}  // namespace wsoa
