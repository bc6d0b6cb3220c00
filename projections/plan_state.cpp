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
    if (!people_) {
        people_.emplace(applied.history);
    }
    auto* count = TRY(count_of(*ref, writer));
    ++count->events;
    count->is_new = true;
    count->is_held = count->is_held || count->events == 1;
    if (count->is_held) {
        TRY(follow(applied));
    }
    if (count->events % snapshot_events_ != 0) {
        return done();
    }
    const SnapshotPlace place{
        .plan = *ref, .size = TreeSize{applied.event.index().value + 1}, .events = count->events};
    if (!count->is_held) {
        TRY(take_up(place, applied.history, writer));
        count->is_held = true;
    }
    if (const auto* plan = people_->state().plan(*ref)) {
        put_snapshot(writer, place, *plan);
    }
    return done();
}

// Folds one more event of a plan that is held.
Result<void> PlanState::follow(const Applied& applied) {
    if (held_events_ >= held_events_max_) {
        let_go();
        return done();
    }
    TRY(people_->fold_through(applied.event.index()));
    fold(people_->state(), applied.event);
    people_->state().anomalies.clear();
    ++held_events_;
    return done();
}

// Folds the plan's events since its last snapshot, from where they lie together.
Result<void> PlanState::take_up(const SnapshotPlace& place, const History& history,
                                const ViewWriter& writer) {
    PlanAt begun;
    if (auto found = TRY(snapshot_below(writer.stored(), place.plan, place.size))) {
        begun = std::move(*found);
    }
    if (held_events_ + place.events > held_events_max_) {
        let_go();
    }
    PeopleFold people(history);
    auto state = TRY(fold_plan(history, people, place.plan, std::move(begun), place.size));
    TRY(people_->fold_through(EventIndex{place.size.value - 1}));
    if (auto plan = state.plans.extract(place.plan)) {
        people_->state().plans.insert(std::move(plan));
    }
    held_events_ += place.events;
    return done();
}

void PlanState::let_go() {
    people_->state().plans.clear();
    held_events_ = 0;
    for (auto& [plan, count] : counts_) {
        count.is_held = false;
    }
}

Result<void> PlanState::settle(ViewWriter& writer) {
    for (auto& [plan, count] : counts_) {
        if (count.is_new) {
            Bytes events;
            append_u64(events, count.events);
            writer.put(count_key(plan), std::move(events));
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
