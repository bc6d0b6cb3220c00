#pragma once

#include "ledger/base/numbers.h"
#include "ledger/plan/plan.h"
#include "ledger/state/plan_bytes.h"
#include "projections/view.h"

#include <optional>

namespace wsoa {

// Snapshots of a plan among the rows of a view, so that to ask for the plan at any size costs no
// more in a long ledger than in a short one.
//
// Rows: 's' || plan || 0x00 || u64 size -> u64 events || u32 pieces || 32 bytes of digest;
// 'b' || plan || 0x00 || u64 size || u32 number -> a piece of the plan's canonical bytes, each but
// the last of snapshot_piece_bytes.
inline constexpr std::uint64_t snapshot_events_usual = 1'000;  // of the plan, from one to the next
// No row is longer than what a keeper and its clients hand each other.
inline constexpr std::size_t snapshot_piece_bytes = std::size_t{256} << 10;

// Where in the ledger a plan was looked at.
struct SnapshotPlace {
    PlanRef plan;
    TreeSize size;
    std::uint64_t events = 0;
};
void put_snapshot(ViewWriter& writer, const SnapshotPlace& place, const Plan& plan);

// The one at the size or nearest below it; null if there is none. `corrupt`, with what to do, if
// its pieces do not give its own digest or are another plan's.
Result<std::optional<PlanAt>> snapshot_below(const ViewReader& view, const PlanRef& plan,
                                             TreeSize size);

}  // namespace wsoa
