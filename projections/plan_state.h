#pragma once

#include "ledger/plan/fold.h"
#include "projections/plan_bytes.h"
#include "projections/plan_snapshots.h"
#include "projections/projection.h"

#include <map>
#include <optional>

namespace wsoa {

// Each plan as it stands now, in its canonical parts, with the digest of the whole; and snapshots
// of it as it stood after every so many of its events.
//
// Rows: 'p' || plan || 0x00 -> the first part; 'p' || plan || 0x00 || reference -> every other;
// 'd' || plan -> 32 bytes of digest; 'n' || plan -> u64: how many events are the plan's; and those
// of plan_snapshots.h. A plan that was not drafted has only the number. What a plan once holds it
// keeps, so that no part's row is ever erased.
class PlanState final : public Projection {
public:
    static constexpr ViewId view{.name = "plan-state", .version = 4};
    struct Sizes {
        // So many bytes of plans, as their rows count them, are kept in memory from batch to batch.
        std::size_t held_bytes_max = std::size_t{64} << 20;
        std::uint64_t snapshot_events = snapshot_events_usual;
    };

    PlanState() : PlanState(Sizes{}) {}
    explicit PlanState(const Sizes& sizes) : sizes_(sizes) {}

    ViewId id() const override { return view; }
    Result<void> apply(const Applied& applied, ViewWriter& writer) override;
    Result<void> settle(ViewWriter& writer) override;

private:
    // What is known of a plan besides what it is, in memory.
    struct Held {
        std::size_t bytes = 0;
        std::uint64_t events = 0;
        bool is_touched = false;  // since the last batch
    };
    Result<Held*> hold(const PlanRef& plan, const ViewWriter& writer);
    Result<void> settle_plan(const PlanRef& plan, Held& held, ViewWriter& writer);

    Sizes sizes_;
    State state_;  // the people, and those plans that are held
    bool knows_people_ = false;
    std::map<PlanRef, Held> held_;  // looked up in the rows, there or not
};

// A plan as the history's last event left it.
struct PlanNow {
    Plan plan;
    Hash digest;  // digest_of(plan)
};

// Takes from the view what it holds and folds the rest; null for no view at all. `missing` if there
// is no such plan; `corrupt` if the view's parts do not give its own digest.
Result<PlanNow> plan_now(const Snapshot* views, const History& history, const PlanRef& plan);

}  // namespace wsoa
