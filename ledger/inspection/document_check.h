#pragma once

#include "ledger/event/event.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/source.h"
#include "ledger/plan/fold.h"

#include <map>
#include <optional>

namespace wsoa {

// Compares each document that an event names with its manifest: that it is there, opens, and is the
// one that the event commits to. The pieces are not read.
//
// Compares too what the vault has forgotten with what is on record, in both directions: no document
// is gone that two people did not decide on, and none opens that is said to be gone.
class DocumentCheck {
public:
    // `keys` is the vault's tree of documents, null where it is not open: then it is only seen that
    // the manifests are there.
    DocumentCheck(const VerifySource& source, const KeyTree* keys) : source_(source), keys_(keys) {}

    // Every event, in the order of the log.
    void add(const Event& event, Findings& findings);
    // Once every event was met and folded. `skipped` events could not be read, and may have been
    // the record of an erasure.
    void finish(const State& state, std::uint64_t skipped, Findings& findings) const;

    std::uint64_t named() const { return named_; }
    // How many were opened and hold.
    std::uint64_t checked() const { return checked_; }

private:
    void check_manifest(const Event& event, DocumentNumber number, const Hash& commitment,
                        Findings& findings);

    const VerifySource& source_;
    const KeyTree* keys_;
    std::uint64_t named_ = 0;
    std::uint64_t checked_ = 0;
    std::map<DocumentNumber, EventIndex> gone_;    // by what no key opens, the event that names it
    std::map<DocumentNumber, EventIndex> erased_;  // the event that says so
};

}  // namespace wsoa
