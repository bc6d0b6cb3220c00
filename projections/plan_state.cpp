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

using GetRow = std::function<Result<std::optional<Bytes>>(ByteView key)>;

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

// The plan from the view alone, where no later event concerns it; null where the view does not say.
Result<std::optional<PlanNow>> plan_in(const ViewReader& view, const PlanRef& ref) {
    const auto rows = TRY(rows_of(view, ref));
    auto plan = TRY(load_plan(ref, [&](ByteView key) -> Result<std::optional<Bytes>> {
        const auto row = rows.find(copy_of(key));
        return row != rows.end() ? std::optional(row->second) : std::nullopt;
    }));
    if (!plan) {
        return std::optional<PlanNow>{};
    }
    const auto digest = digest_of(*plan);
    const auto stored = TRY(view.get(digest_key(ref)));
    if (!stored || !equal(*stored, digest.view())) {
        return error(Fault::corrupt, "the view {} of {} does not give its own digest",
                     PlanState::view.name, ref.str())
            .advise("delete the folder of views; they are made anew");
    }
    return std::optional(PlanNow{.plan = std::move(*plan), .digest = digest});
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

Result<void> PlanState::apply(const Applied& applied, ViewWriter& writer) {
    const bool is_first = !knows_people_;
    if (is_first) {
        state_.keyring = applied.keyring;
        knows_people_ = true;
    }
    const auto plan = applied.event.envelope().plan;
    if (!plan) {
        // The keyring that was taken over above has this event in it.
        if (!is_first) {
            fold(state_, applied.event);
        }
        return done();
    }
    if (!held_.contains(*plan)) {
        auto loaded = TRY(load_plan(*plan, [&](ByteView key) { return writer.get(key); }));
        if (loaded) {
            state_.plans.emplace(*plan, std::move(*loaded));
        }
        held_.emplace(*plan, 0);
    }
    fold(state_, applied.event);
    state_.anomalies.clear();
    touched_.insert(*plan);
    return done();
}

Result<void> PlanState::settle(ViewWriter& writer) {
    for (const auto& ref : touched_) {
        const auto* plan = state_.plan(ref);
        if (plan == nullptr) {
            continue;
        }
        const auto parts = parts_of(*plan);
        std::size_t bytes = 0;
        for (const auto& part : parts) {
            TRY(put_if_new(writer, part_key(ref, part.ref), part.bytes));
            bytes += part.bytes.size();
        }
        TRY(put_if_new(writer, digest_key(ref), digest_of(parts).view()));
        held_[ref] = bytes;
    }
    touched_.clear();
    std::size_t held_bytes = 0;
    for (const auto& [ref, bytes] : held_) {
        held_bytes += bytes;
    }
    if (held_bytes > held_bytes_max_) {
        held_.clear();
        state_.plans.clear();
    }
    return done();
}

Result<PlanNow> plan_now(const Snapshot* views, const History& history, const PlanRef& plan) {
    std::optional<PlanNow> stored;
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
        return std::move(*stored);
    }
    std::optional<Plan> begun;
    if (stored) {
        begun = std::move(stored->plan);
    } else {
        covered = TreeSize{0};
    }
    auto state =
        TRY(fold_plan(history, plan, {.from = covered, .to = history.size()}, std::move(begun)));
    const auto found = state.plans.find(plan);
    if (found == state.plans.end()) {
        return error(Fault::missing, "the ledger holds no plan {}", plan.str());
    }
    const auto digest = digest_of(found->second);
    return PlanNow{.plan = std::move(found->second), .digest = digest};
}

}  // namespace wsoa
