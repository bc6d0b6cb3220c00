#include "cli/commands/plans.h"

#include <vector>

namespace wsoa {

Result<std::map<PlanRef, EventIndex>> drafted_plans(const History& history) {
    std::vector<PlanRef> counted;
    const auto range = layout::plan_counts();
    TRY(history.snapshot().scan(range.from, range.to,
                                [&](ByteView key, ByteView) -> Result<Snapshot::Step> {
                                    const auto plan = TRY(layout::plan_counted_in(key));
                                    if (plan) {
                                        counted.push_back(*plan);
                                    }
                                    return Snapshot::Step::next;
                                }));
    std::map<PlanRef, EventIndex> plans;
    for (const auto& plan : counted) {
        // Empty where its events lie past the moment at hand.
        const auto trail = TRY(history.trail_of(SubjectRef::of(plan)));
        if (!trail.empty()) {
            plans.emplace(plan, trail.front());
        }
    }
    return plans;
}

Result<void> expect_plan(const History& history, const PlanRef& plan) {
    const auto events = TRY(history.version_of(SubjectRef::of(plan)));
    if (events == 0) {
        return error(Fault::missing, "there is no plan {}", plan.str())
            .advise("`wsoa show` lists the plans");
    }
    return done();
}

}  // namespace wsoa
