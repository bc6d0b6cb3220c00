#include "projections/as_at.h"

#include "projections/plan_state.h"

namespace wsoa {

Result<PlanAt> begin_of(const Snapshot* views, const History& history, const PlanRef& plan,
                        TreeSize size) {
    if (views == nullptr) {
        return PlanAt{};
    }
    const ViewReader view(*views, PlanState::view);
    const auto covered = TRY(view.size_within(history));
    auto found = TRY(snapshot_below(view, plan, std::min(size, covered)));
    return found ? std::move(*found) : PlanAt{};
}

Result<State> fold_plan(const History& history, PeopleFold& people, const PlanRef& plan,
                        PlanAt begun, TreeSize to) {
    people.restart();
    if (begun.plan) {
        people.state().plans.emplace(plan, std::move(*begun.plan));
    }
    TRY(history.each_entry_of(plan, {.size = begun.size, .events = begun.events},
                              [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
                                  if (!to.holds(index)) {
                                      return Snapshot::Step::stop;
                                  }
                                  TRY(people.fold_through(index));
                                  const auto event = TRY(Event::read(index, entry));
                                  fold(people.state(), event);
                                  return Snapshot::Step::next;
                              }));
    if (to.value > 0) {
        TRY(people.fold_through(EventIndex{to.value - 1}));
    }
    return std::move(people.state());
}

Result<AsAt> plan_as_at(const Snapshot* views, const History& history, const PlanRef& plan,
                        TreeSize size, Date day) {
    const auto root = TRY(history.root_at(size));
    auto begun = TRY(begin_of(views, history, plan, size));
    PeopleFold people(history);
    auto state = TRY(fold_plan(history, people, plan, std::move(begun), size));
    if (state.plan(plan) == nullptr) {
        return error(Fault::missing, "the ledger's first {} events hold no plan {}", size.value,
                     plan.str());
    }
    state.anomalies.clear();
    // Of the vault only the ledger's own state knows, which folds every plan or reads a row.
    state.vault.reset();
    return AsAt{.size = size, .root = root, .day = day, .ref = plan, .state = std::move(state)};
}

Result<TreeSize> size_known_on(const History& history, const Zone& zone, Date day) {
    return history.size_before(zone.end_of(day));
}

}  // namespace wsoa
