#pragma once

#include "cli/render/json.h"
#include "ledger/base/numbers.h"
#include "ledger/evidence/vault_token.h"
#include "ledger/history.h"
#include "ledger/store/spares.h"

#include <optional>

#include <string>
#include <vector>

namespace wsoa {

// What there is to say of an erasure or a disposal that was carried out: what went and never what
// it said, on whose decision, which copies still have it, and what had shown it. All of it is from
// the ledger, but for the token, which only the vault's file knows.
struct ErasureCertificate {
    enum class Of : std::uint8_t { words, document, disposal };
    Of of = Of::words;
    SubjectRef name;  // of the request; of the item that was disposed of
    LedgerFacts facts;
    Event erased;                            // whose words are gone, or that registered the item
    std::optional<DocumentNumber> document;  // that is gone
    Event asked;                             // erasureRequested, or retentionApplied
    Event decided;                           // erasureDecided, or disposalApproved
    Event done;                              // contentErased, or disposed
    PersonId asked_by;
    PersonId decided_by;
    PersonId done_by;
    // Of the plan, those that named the subject once the event was there.
    std::vector<SubjectRef> packs;
    std::vector<SubjectRef> publications;
    // Older than the erasure, as the ledger's folder knows of them; null where that is not at hand.
    std::optional<std::vector<KnownSpare>> spares = {};
    TreeSize size;
    Hash root;
    // The token that seals the ledger's vault now; null for none.
    std::optional<TokenSeal> token = {};

    std::string text() const;
    Json json() const;
};

// `missing` if there is no such request, or it was not carried out by the vault. The state has the
// request's plan.
Result<ErasureCertificate> certificate_of(const History& history, const State& state,
                                          const SubjectRef& request);
// The same of the disposal of an item, whose plan the state has.
Result<ErasureCertificate> disposal_certificate_of(const History& history, const State& state,
                                                   const SubjectRef& item);

}  // namespace wsoa
