#pragma once

#include "ledger/history.h"
#include "ledger/plan/fold.h"
#include "projections/people.h"
#include "projections/plan_snapshots.h"

namespace wsoa {

// A plan as it stood: what the ledger held at a size (what was known), asked about a day (what was
// true). Its registers answer for that day, and plan/calendar for what the day alone changes.
struct AsAt {
    TreeSize size;
    Hash root;  // at that size: with it, what two auditors compare
    Date day;
    PlanRef ref;
    // The ledger and its people at that size, and this plan. Which events could not apply it does
    // not say: verification does.
    State state;

    const Plan& plan() const { return state.plans.at(ref); }
    // What a register showed on the day; null before its first setting.
    template <typename T>
    const typename Register<T>::Setting* shown(const Register<T>& values) const {
        return values.at(day);
    }
};

// Takes the plan from the nearest snapshot at or below the size and folds the rest, with the events
// about the ledger and its people, in the order of the log; stores nothing. Null for no view at
// all: the answer is the same. A setting that was struck by an event at or past the size still
// stands. `missing` if the ledger held no such plan; `invalid` for a size beyond the history's;
// `corrupt` if the snapshot is not what was written.
Result<AsAt> plan_as_at(const Snapshot* views, const History& history, const PlanRef& plan,
                        TreeSize size, Date day);

// How many events were known on a day: those recorded by its end, as the ledger's zone counts days.
Result<TreeSize> size_known_on(const History& history, const Zone& zone, Date day);

// Where to begin so as to know the plan at a size: at the newest snapshot of the view at or below
// it, or at nothing. Null for no view at all. `corrupt` as snapshot_below.
Result<PlanAt> begin_of(const Snapshot* views, const History& history, const PlanRef& plan,
                        TreeSize size);

// Folds the plan's events from where it begins up to a size, with the people of each moment, who
// are folded from their beginning for it.
Result<State> fold_plan(const History& history, PeopleFold& people, const PlanRef& plan,
                        PlanAt begun, TreeSize to);

}  // namespace wsoa
