#pragma once

#include "ledger/event/event.h"
#include "ledger/inspection/findings.h"
#include "ledger/tree/hash_tree.h"

namespace wsoa {

// Whether each event may stand where it does: after those before it, of this ledger, by an author
// who had seen this history and no other.
class OrderCheck {
public:
    // In the order of the events. The tree holds this one already; `ledger` is the leaf of event 0.
    void add(const Event& event, const HashTree& tree, const Hash& ledger, Findings& findings);

private:
    const Hash& root_at(TreeSize size, const HashTree& tree);

    Instant last_recorded_;
    Seen last_asked_;  // neighbours have often seen the same
};

}  // namespace wsoa
