#include "projections/plan_state.h"

#include "projections/as_at.h"

#include <functional>

namespace wsoa {
namespace {

Bytes part_key(const PlanRef& plan, const std::optional<SubjectRef>& part) {
    Bytes key{'p'};
    append(key, plan.str());
    key.push_back(0);
    if (part) {
        append(key, part->str());
    }
    return key;
}

Bytes digest_key(const PlanRef& plan) {
    Bytes key{'d'};
    append(key, plan.str());
    return key;
}

Bytes count_key(const PlanRef& plan) {
    Bytes key{'n'};
    append(key, plan.str());
    return key;
}

using GetRow = std::function<Result<std::optional<Bytes>>(ByteView key)>;

// How many events are the plan's, as the rows say.
Result<std::uint64_t> count_of(const PlanRef& plan, const GetRow& get_row) {
    const auto row = TRY(get_row(count_key(plan)));
    if (!row) {
        return std::uint64_t{0};
    }
    ByteReader reader(*row);
    const auto count = TRY(reader.u64());
    TRY(reader.finish());
    return count;
}

// Null if the plan has no rows.
Result<std::optional<Plan>> load_plan(const PlanRef& ref, const GetRow& get_row) {
    const auto first = TRY(get_row(part_key(ref, std::nullopt)));
    if (!first) {
        return std::optional<Plan>{};
    }
    auto plan = TRY(plan_from_parts(*first, [&](const SubjectRef& part) -> Result<Bytes> {
        auto row = TRY(get_row(part_key(ref, part)));
        if (!row) {
            return error(Fault::corrupt, "the view {} lacks {}", PlanState::view.name, part.str());
        }
        return std::move(*row);
    }));
    return std::optional<Plan>(std::move(plan));
}

Result<void> put_if_new(ViewWriter& writer, const Bytes& key, ByteView value) {
    const auto stored = TRY(writer.get(key));
    if (!stored || !equal(*stored, value)) {
        writer.put(key, value);
    }
    return done();
}

// Every row of a plan, read in one go.
Result<std::map<Bytes, Bytes>> rows_of(const ViewReader& view, const PlanRef& ref) {
    std::map<Bytes, Bytes> rows;
    TRY(view.scan(part_key(ref, std::nullopt),
                  [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                      rows.emplace(copy_of(key), copy_of(value));
                      return Snapshot::Step::next;
                  }));
    return rows;
}

// A plan as the view has it.
struct StoredPlan {
    PlanNow now;
    std::uint64_t events = 0;
};

// The plan from the view alone, where no later event concerns it; null where the view does not say.
Result<std::optional<StoredPlan>> plan_in(const ViewReader& view, const PlanRef& ref) {
    const auto rows = TRY(rows_of(view, ref));
    auto plan = TRY(load_plan(ref, [&](ByteView key) -> Result<std::optional<Bytes>> {
        const auto row = rows.find(copy_of(key));
        return row != rows.end() ? std::optional(row->second) : std::nullopt;
    }));
    if (!plan) {
        return std::optional<StoredPlan>{};
    }
    const auto digest = digest_of(*plan);
    const auto stored = TRY(view.get(digest_key(ref)));
    if (!stored || !equal(*stored, digest.view())) {
        return error(Fault::corrupt, "the view {} of {} does not give its own digest",
                     PlanState::view.name, ref.str())
            .advise("delete the folder of views; they are made anew");
    }
    const auto events = TRY(count_of(ref, [&](ByteView key) { return view.get(key); }));
    return std::optional(
        StoredPlan{.now = {.plan = std::move(*plan), .digest = digest}, .events = events});
}

// Whether any of the plan's events lies at or past the size.
Result<bool> has_events_from(TreeSize size, const History& history, const PlanRef& plan) {
    const auto range = layout::plan_events(plan);
    const auto newest = TRY(history.snapshot().last(range.from, range.to));
    if (!newest) {
        return false;
    }
    const auto index = TRY(layout::number_at_end(newest->first));
    return index >= size.value;
}

}  // namespace

Result<PlanState::Held*> PlanState::hold(const PlanRef& plan, const ViewWriter& writer) {
    const auto found = held_.find(plan);
    if (found != held_.end()) {
        return &found->second;
    }
    const GetRow get_row = [&](ByteView key) { return writer.get(key); };
    auto loaded = TRY(load_plan(plan, get_row));
    if (loaded) {
        state_.plans.emplace(plan, std::move(*loaded));
    }
    const auto events = TRY(count_of(plan, get_row));
    return &held_.emplace(plan, Held{.bytes = 0, .events = events}).first->second;
}

Result<void> PlanState::apply(const Applied& applied, ViewWriter& writer) {
    const bool is_first = !knows_people_;
    if (is_first) {
        state_.keyring = applied.keyring;
        knows_people_ = true;
    }
    const auto& ref = applied.event.envelope().plan;
    if (!ref) {
        // The keyring that was taken over above has this event in it.
        if (!is_first) {
            fold(state_, applied.event);
        }
        return done();
    }
    auto* held = TRY(hold(*ref, writer));
    fold(state_, applied.event);
    state_.anomalies.clear();
    held->is_touched = true;
    ++held->events;
    const auto* plan = state_.plan(*ref);
    if (plan != nullptr && held->events % sizes_.snapshot_events == 0) {
        put_snapshot(writer,
                     {.plan = *ref,
                      .size = TreeSize{applied.event.index().value + 1},
                      .events = held->events},
                     parts_of(*plan));
    }
    return done();
}

Result<void> PlanState::settle_plan(const PlanRef& ref, Held& held, ViewWriter& writer) {
    Bytes events;
    append_u64(events, held.events);
    writer.put(count_key(ref), events);
    const auto* plan = state_.plan(ref);
    if (plan == nullptr) {
        return done();
    }
    const auto parts = parts_of(*plan);
    held.bytes = 0;
    for (const auto& part : parts) {
        TRY(put_if_new(writer, part_key(ref, part.ref), part.bytes));
        held.bytes += part.bytes.size();
    }
    return put_if_new(writer, digest_key(ref), digest_of(parts).view());
}

Result<void> PlanState::settle(ViewWriter& writer) {
    std::size_t held_bytes = 0;
    for (auto& [ref, held] : held_) {
        if (held.is_touched) {
            TRY(settle_plan(ref, held, writer));
            held.is_touched = false;
        }
        held_bytes += held.bytes;
    }
    if (held_bytes > sizes_.held_bytes_max) {
        held_.clear();
        state_.plans.clear();
    }
    return done();
}

Result<PlanNow> plan_now(const Snapshot* views, const History& history, const PlanRef& plan) {
    std::optional<StoredPlan> stored;
    TreeSize covered;
    if (views != nullptr) {
        const ViewReader view(*views, PlanState::view);
        covered = TRY(view.size_within(history));
        if (covered.value > 0) {
            stored = TRY(plan_in(view, plan));
        }
    }
    const bool is_behind = TRY(has_events_from(covered, history, plan));
    if (stored && !is_behind) {
        return std::move(stored->now);
    }
    PlanAt begun;
    if (stored) {
        begun =
            PlanAt{.size = covered, .events = stored->events, .plan = std::move(stored->now.plan)};
    }
    auto state = TRY(fold_plan(history, plan, std::move(begun), history.size()));
    const auto found = state.plans.find(plan);
    if (found == state.plans.end()) {
        return error(Fault::missing, "the ledger holds no plan {}", plan.str());
    }
    const auto digest = digest_of(found->second);
    return PlanNow{.plan = std::move(found->second), .digest = digest};
}

}  // namespace wsoa
