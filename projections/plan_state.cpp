#include "projections/plan_state.h"

#include "projections/as_at.h"

namespace wsoa {
namespace {

Bytes count_key(const PlanRef& plan) {
    Bytes key{'n'};
    append(key, plan.str());
    return key;
}

}  // namespace

Result<PlanState::Count*> PlanState::count_of(const PlanRef& plan, const ViewWriter& writer) {
    const auto found = counts_.find(plan);
    if (found != counts_.end()) {
        return &found->second;
    }
    Count count;
    if (const auto row = TRY(writer.get(count_key(plan)))) {
        ByteReader reader(*row);
        count.events = TRY(reader.u64());
        TRY(reader.finish());
    }
    return &counts_.emplace(plan, count).first->second;
}

Result<void> PlanState::apply(const Applied& applied, ViewWriter& writer) {
    const auto& ref = applied.event.envelope().plan;
    if (!ref) {
        return done();
    }
    auto* count = TRY(count_of(*ref, writer));
    ++count->events;
    count->is_new = true;
    if (count->events % snapshot_events_ != 0) {
        return done();
    }
    return look_at(
        {.plan = *ref, .size = TreeSize{applied.event.index().value + 1}, .events = count->events},
        applied.history, writer);
}

// Folds the plan's events since its last snapshot, from where they lie together.
Result<void> PlanState::look_at(const SnapshotPlace& place, const History& history,
                                ViewWriter& writer) {
    PlanAt begun;
    if (last_ && last_->first == place.plan) {
        begun = std::move(last_->second);
    } else if (auto found = TRY(snapshot_below(writer.stored(), place.plan, place.size))) {
        begun = std::move(*found);
    }
    last_.reset();
    if (!people_) {
        people_.emplace(history);
    }
    auto state = TRY(fold_plan(history, *people_, place.plan, std::move(begun), place.size));
    const auto found = state.plans.find(place.plan);
    if (found != state.plans.end()) {
        put_snapshot(writer, place, parts_of(found->second));
        last_.emplace(
            place.plan,
            PlanAt{.size = place.size, .events = place.events, .plan = std::move(found->second)});
    }
    return done();
}

Result<void> PlanState::settle(ViewWriter& writer) {
    for (auto& [plan, count] : counts_) {
        if (count.is_new) {
            Bytes events;
            append_u64(events, count.events);
            writer.put(count_key(plan), events);
            count.is_new = false;
        }
    }
    return done();
}

Result<Plan> plan_now(const Snapshot* views, const History& history, const PlanRef& plan) {
    auto begun = TRY(begin_of(views, history, plan, history.size()));
    PeopleFold people(history);
    auto state = TRY(fold_plan(history, people, plan, std::move(begun), history.size()));
    const auto found = state.plans.find(plan);
    if (found == state.plans.end()) {
        return error(Fault::missing, "the ledger holds no plan {}", plan.str());
    }
    return std::move(found->second);
}

}  // namespace wsoa
