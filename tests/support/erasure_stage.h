#pragma once

#include "ledger/ledger_vault.h"
#include "tests/support/ledger_builder.h"

#include <string>

namespace wsoa::test {

// A ledger in which the words of an event may be erased: its people, and what they record on the
// way there, through the door and by the rules. The plan TH has the areas TH-1 and TH-2, whose
// titles and texts are the words in question.
class ErasureStage {
public:
    // The people alone: founders and programme office, records-manager, data-protection-officer.
    ErasureStage();

    LedgerBuilder& people() { return people_; }
    // Drafts the plan and adds its areas.
    Result<void> draft(Ledger& ledger);
    // The event that added the area.
    Result<EventIndex> added(Ledger& ledger, const std::string& area) const;
    // The change that asks for the erasure of an event's words.
    Result<Submission> request(Ledger& ledger, const std::string& subject,
                               const std::string& request, EventIndex meant);
    // Asks for the erasure of the words that added the area; and grants it.
    Result<void> ask(Ledger& ledger, const std::string& area, const std::string& request);
    Result<void> grant(Ledger& ledger, const std::string& area, const std::string& request);
    // The change that records it.
    Result<Submission> erasure(Ledger& ledger, const std::string& request, const Forgotten& vault);
    // All that `wsoa erase` does.
    Result<Committed> carry_out(Ledger& ledger, Vault& vault, const std::string& request);
    Result<Erasure> erasure_named(Ledger& ledger, const std::string& request) const;

    // Any change by these people, as it would be recorded next.
    Result<Submission> made(Ledger& ledger, const NewEvent& event);

private:
    Result<void> record(Ledger& ledger, const NewEvent& event);

    LedgerBuilder people_;
    std::uint16_t ids_ = 0;
};

}  // namespace wsoa::test
