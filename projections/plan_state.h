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
// many events.
//
// A plan is held and folded along from its first event, or from the first snapshot that comes due:
// then nothing is read a second time. Plans of more than held_events_max events together are let
// go, to be read again when their next snapshot is due.
class PlanState final : public Projection {
public:
    static constexpr ViewId view{.name = "plan-state", .version = 4};
    // Some 130 bytes each.
    static constexpr std::uint64_t held_events_usual = 1'000'000;

    PlanState() : PlanState(snapshot_events_usual, held_events_usual) {}
    // The first number decides what the rows are, the second nothing but the memory; others than
    // the usual are for tests.
    explicit PlanState(std::uint64_t snapshot_events,
                       std::uint64_t held_events_max = held_events_usual)
        : snapshot_events_(snapshot_events), held_events_max_(held_events_max) {}

    ViewId id() const override { return view; }
    Result<void> apply(const Applied& applied, ViewWriter& writer) override;
    Result<void> settle(ViewWriter& writer) override;

private:
    struct Count {
        std::uint64_t events = 0;
        bool is_new = false;   // since the last batch
        bool is_held = false;  // the state holds what they add up to
    };
    Result<Count*> count_of(const PlanRef& plan, const ViewWriter& writer);
    Result<void> follow(const Applied& applied);
    Result<void> take_up(const SnapshotPlace& place, const History& history,
                         const ViewWriter& writer);
    void let_go();

    std::uint64_t snapshot_events_;
    std::uint64_t held_events_max_;
    std::map<PlanRef, Count> counts_;
    std::optional<PeopleFold> people_;  // and in their state the plans that are held
    std::uint64_t held_events_ = 0;
};

// A plan as the history's last event left it: from the newest snapshot of the view, with the later
// events folded. Null for no view at all: the answer is the same. `missing` if there is no such
// plan; `corrupt` if the snapshot is not what was written.
Result<Plan> plan_now(const Snapshot* views, const History& history, const PlanRef& plan);

}  // namespace wsoa
