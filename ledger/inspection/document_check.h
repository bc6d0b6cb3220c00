#pragma once

#include "ledger/event/event.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/source.h"

namespace wsoa {

// Compares each document that an event names with its manifest: that it is there, opens, and is the
// one that the event commits to. The pieces are not read.
class DocumentCheck {
public:
    // `keys` is the vault's tree of documents, null where it is not open: then it is only seen that
    // the manifests are there.
    DocumentCheck(const VerifySource& source, const KeyTree* keys) : source_(source), keys_(keys) {}

    void add(const Event& event, Findings& findings);

    std::uint64_t named() const { return named_; }
    // How many were opened and hold.
    std::uint64_t checked() const { return checked_; }

private:
    const VerifySource& source_;
    const KeyTree* keys_;
    std::uint64_t named_ = 0;
    std::uint64_t checked_ = 0;
};

}  // namespace wsoa
