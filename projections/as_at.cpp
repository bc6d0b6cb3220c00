#include "projections/as_at.h"

#include "projections/people.h"

namespace wsoa {

Result<State> fold_plan(const History& history, const PlanRef& plan, SizeRange sizes,
                        std::optional<Plan> begun) {
    PeopleFold people(history);
    if (begun) {
        people.state().plans.emplace(plan, std::move(*begun));
    }
    TRY(history.each_entry_of(plan,
                              [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
                                  if (!sizes.to.holds(index)) {
                                      return Snapshot::Step::stop;
                                  }
                                  if (!sizes.from.holds(index)) {
                                      TRY(people.fold_through(index));
                                      const auto event = TRY(Event::read(index, entry));
                                      fold(people.state(), event);
                                  }
                                  return Snapshot::Step::next;
                              }));
    if (sizes.to.value > 0) {
        TRY(people.fold_through(EventIndex{sizes.to.value - 1}));
    }
    return std::move(people.state());
}

Result<AsAt> plan_as_at(const History& history, const PlanRef& plan, TreeSize size, Date day) {
    const auto root = TRY(history.root_at(size));
    auto state =
        TRY(fold_plan(history, plan, {.from = TreeSize{0}, .to = size}, std::optional<Plan>{}));
    if (state.plan(plan) == nullptr) {
        return error(Fault::missing, "the ledger's first {} events hold no plan {}", size.value,
                     plan.str());
    }
    return AsAt{.size = size, .root = root, .day = day, .ref = plan, .state = std::move(state)};
}

Result<TreeSize> size_known_on(const History& history, const Zone& zone, Date day) {
    return history.size_before(zone.end_of(day));
}

}  // namespace wsoa
