#pragma once

#include "ledger/event/event.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/source.h"

#include <map>
#include <vector>

namespace wsoa {

// Compares what each closed period says of its plan, the digest of its state and the root over
// heads, with what the events below its size add up to.
//
// A period names a size that lies before it, so that the events are folded a second time: only the
// plans that were closed, with the ledger and its people, and no further than the last such size.
class PeriodCheck {
public:
    // An event that was met on the way; those of other kinds are passed over.
    void add(const Event& event);
    // Reads the source once more, if any period was closed.
    void run(const VerifySource& source, Findings& findings);

    std::uint64_t compared() const { return compared_; }
    // Periods over events that could not be read.
    std::uint64_t not_compared() const { return not_compared_; }

private:
    struct Closed {
        EventIndex by;
        PlanRef plan;
        Hash state;
        Hash heads;
    };
    class Again;

    std::multimap<TreeSize, Closed> closed_;
    std::uint64_t compared_ = 0;
    std::uint64_t not_compared_ = 0;
};

}  // namespace wsoa
