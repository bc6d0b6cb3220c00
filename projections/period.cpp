#include "projections/period.h"

#include "ledger/state/plan_bytes.h"
#include "ledger/tree/heads.h"
#include "projections/as_at.h"

namespace wsoa {
namespace {

Result<void> add_heads(Heads& heads, const History& history, const std::optional<PlanRef>& plan,
                       TreeSize size) {
    return history.each_event_of(plan, [&](const Event& event) -> Result<Snapshot::Step> {
        if (!size.holds(event.index())) {
            return Snapshot::Step::stop;
        }
        heads.add(event.envelope().subject, event.leaf());
        return Snapshot::Step::next;
    });
}

}  // namespace

Result<PeriodCommitment> commit_period(const Snapshot* views, const History& history,
                                       const PlanRef& plan, TreeSize size) {
    // No register is asked for its value, so that any day does.
    const auto as_at = TRY(plan_as_at(views, history, plan, size, Date{}));
    Heads heads;
    TRY(add_heads(heads, history, std::nullopt, size));
    TRY(add_heads(heads, history, plan, size));
    return PeriodCommitment{.size = size,
                            .state = digest_of(as_at.plan()),
                            .heads = heads.root(),
                            .subjects = heads.count()};
}

}  // namespace wsoa
