#pragma once

#include "ledger/event/event.h"
#include "ledger/store/store.h"
#include "ledger/tree/tree.h"

#include <vector>

namespace wsoa {

// The rows that an event adds to a store, but for its words and the checkpoint.
struct EventRows {
    const Event& event;
    std::uint32_t version;     // of its subject
    std::uint64_t plan_count;  // of its plan, this event counted
    const std::vector<Node>& nodes;
};
void put_event(Batch& batch, const EventRows& rows);

}  // namespace wsoa
