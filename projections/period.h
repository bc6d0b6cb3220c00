#pragma once

#include "ledger/history.h"

namespace wsoa {

// What a closed period commits of a plan: as the ledger's first `size` events left it.
struct PeriodCommitment {
    TreeSize size;
    Hash state;  // digest_of(plan)
    Hash heads;  // over the subjects of the plan, the ledger and its people: ledger/tree/heads.h
    std::uint64_t subjects = 0;

    bool operator==(const PeriodCommitment&) const = default;
};

// Takes the plan from the nearest snapshot of the views, and reads every event of the plan and of
// the ledger and its people for the heads. Null for no view at all: the answer is the same. The
// errors are those of plan_as_at.
Result<PeriodCommitment> commit_period(const Snapshot* views, const History& history,
                                       const PlanRef& plan, TreeSize size);

}  // namespace wsoa
