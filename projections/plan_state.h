#pragma once

#include "ledger/plan/fold.h"
#include "projections/people.h"
#include "projections/plan_snapshots.h"
#include "projections/projection.h"

#include <map>
#include <optional>

namespace wsoa {

// Snapshots of each plan as it stood after every so many of its events, so that to know a plan, now
// or as at any size, is to fold no more than so many events (plan_snapshots.h, as_at.h).
//
// Rows: 'n' || plan -> u64: how many events are the plan's; and those of plan_snapshots.h. Between
// two snapshots an event changes nothing but the number: a plan's own size is paid for once in so
// many events, and no plan but the last is held in memory.
class PlanState final : public Projection {
public:
    static constexpr ViewId view{.name = "plan-state", .version = 4};

    PlanState() : PlanState(snapshot_events_usual) {}
    // The number decides what the rows are: another one than the usual is for tests.
    explicit PlanState(std::uint64_t snapshot_events) : snapshot_events_(snapshot_events) {}

    ViewId id() const override { return view; }
    Result<void> apply(const Applied& applied, ViewWriter& writer) override;
    Result<void> settle(ViewWriter& writer) override;

private:
    struct Count {
        std::uint64_t events = 0;
        bool is_new = false;  // since the last batch
    };
    Result<Count*> count_of(const PlanRef& plan, const ViewWriter& writer);
    Result<void> look_at(const SnapshotPlace& place, const History& history, ViewWriter& writer);

    std::uint64_t snapshot_events_;
    std::map<PlanRef, Count> counts_;
    std::optional<PeopleFold> people_;
    // The snapshot that was made last: where the next one of the same plan begins.
    std::optional<std::pair<PlanRef, PlanAt>> last_;
};

// A plan as the history's last event left it: from the newest snapshot of the view, with the later
// events folded. Null for no view at all: the answer is the same. `missing` if there is no such
// plan; `corrupt` if the snapshot is not what was written.
Result<Plan> plan_now(const Snapshot* views, const History& history, const PlanRef& plan);

}  // namespace wsoa
