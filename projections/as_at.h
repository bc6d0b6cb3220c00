#pragma once

#include "ledger/history.h"
#include "ledger/plan/fold.h"

namespace wsoa {

// A plan as it stood: what the ledger held at a size (what was known), asked about a day (what was
// true). Its registers answer for that day, and plan/calendar for what the day alone changes.
struct AsAt {
    TreeSize size;
    Hash root;  // at that size: with it, what two auditors compare
    Date day;
    PlanRef ref;
    State state;  // the ledger and its people at that size, and this plan

    const Plan& plan() const { return state.plans.at(ref); }
    // What a register showed on the day; null before its first setting.
    template <typename T>
    const typename Register<T>::Setting* shown(const Register<T>& values) const {
        return values.at(day);
    }
};

// Folds the plan's events below the size, with those about the ledger and its people, in the order
// of the log; stores nothing. A setting that was struck by an event at or past the size still
// stands. `missing` if the ledger held no such plan; `invalid` for a size beyond the history's.
Result<AsAt> plan_as_at(const History& history, const PlanRef& plan, TreeSize size, Date day);

// How many events were known on a day: those recorded by its end, as the ledger's zone counts days.
Result<TreeSize> size_known_on(const History& history, const Zone& zone, Date day);

// Folds the plan's events from one size up to another into a state that holds the plan as it stood
// at the first, with the people of each moment.
struct SizeRange {
    TreeSize from;
    TreeSize to;
};
Result<State> fold_plan(const History& history, const PlanRef& plan, SizeRange sizes,
                        std::optional<Plan> begun);

}  // namespace wsoa
