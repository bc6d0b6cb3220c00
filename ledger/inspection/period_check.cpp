#include "ledger/inspection/period_check.h"

#include "ledger/event/fields.h"
#include "ledger/plan/fold.h"
#include "ledger/state/plan_bytes.h"
#include "ledger/tree/heads.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::uint64_t events_at_once = 2'048;

}  // namespace

void PeriodCheck::add(const Event& event) {
    const auto& plan = event.envelope().plan;
    if (event.kind() != Kind::PERIOD_CLOSED || !plan) {
        return;
    }
    const auto fields = event.change().reader().getPeriodClosed();
    if (fields.getSize() > event.index().value) {
        return;  // R140 says so
    }
    closed_.emplace(TreeSize{fields.getSize()}, Closed{.by = event.index(),
                                                       .plan = *plan,
                                                       .state = read::hash(fields.getState()),
                                                       .heads = read::hash(fields.getHeads())});
}

// The second way through the events.
class PeriodCheck::Again {
public:
    explicit Again(const std::multimap<TreeSize, Closed>& closed) {
        for (const auto& [size, each] : closed) {
            auto& last = wanted_[each.plan];
            last = std::max(last, size);
        }
    }

    // Whether the events up to here could all be read.
    bool is_whole() const { return is_whole_; }

    void add(const VerifySource& source, LeafRange range) {
        const auto entries = source.entries(range);
        for (auto i = range.begin; i < range.end && is_whole_; ++i) {
            if (source.leaves_out({i})) {
                continue;  // a period is of its own plan and of the ledger
            }
            if (entries.ok()) {
                add(EventIndex{i}, entries.value()[i - range.begin]);
                continue;
            }
            const auto one = source.entries({.begin = i, .end = i + 1});
            is_whole_ = one.ok();
            if (is_whole_) {
                add(EventIndex{i}, one.value().front());
            }
        }
    }

    // Null where no such plan was there yet.
    std::optional<Hash> state_of(const PlanRef& plan) const {
        const auto* held = state_.plan(plan);
        return held == nullptr ? std::nullopt : std::optional(digest_of(*held));
    }
    Hash heads_of(const PlanRef& plan) const {
        auto heads = of_ledger_;
        const auto found = of_plans_.find(plan);
        if (found != of_plans_.end()) {
            heads.join(found->second);
        }
        return heads.root();
    }
    // What no later period asks for is let go.
    void let_go(const PlanRef& plan, TreeSize size) {
        if (wanted_.at(plan) <= size) {
            state_.plans.erase(plan);
            of_plans_.erase(plan);
        }
    }

private:
    void add(EventIndex index, const std::optional<Bytes>& entry) {
        const auto event = entry ? Event::read(index, *entry)
                                 : Result<Event>(Error{Fault::missing, "it is not there"});
        is_whole_ = event.ok();
        if (!is_whole_) {
            return;
        }
        const auto& envelope = event.value().envelope();
        const auto& plan = envelope.plan;
        if (plan) {
            const auto wanted = wanted_.find(*plan);
            if (wanted == wanted_.end() || !wanted->second.holds(index)) {
                return;
            }
        }
        auto& heads = plan ? of_plans_[*plan] : of_ledger_;
        heads.add(envelope.subject, event.value().leaf());
        fold(state_, event.value());
        state_.anomalies.clear();
    }

    std::map<PlanRef, TreeSize> wanted_;  // up to which size
    State state_;
    Heads of_ledger_;
    std::map<PlanRef, Heads> of_plans_;
    bool is_whole_ = true;
};

void PeriodCheck::run(const VerifySource& source, Findings& findings) {
    Again again(closed_);
    std::uint64_t read = 0;
    for (const auto& [size, closed] : closed_) {
        while (read < size.value && again.is_whole()) {
            const LeafRange next{.begin = read, .end = std::min(read + events_at_once, size.value)};
            again.add(source, next);
            read = next.end;
        }
        if (!again.is_whole()) {
            ++not_compared_;
            continue;
        }
        ++compared_;
        const auto state = again.state_of(closed.plan);
        if (!state) {
            findings.breach(Item(Item::Of::period, closed.by),
                            "it closes {} at {} events, when there was no such plan",
                            closed.plan.str(), size.value);
        } else if (*state != closed.state) {
            findings.breach(Item(Item::Of::period, closed.by),
                            "it says that the state of {} at {} events had the digest {}, but the "
                            "events give {}",
                            closed.plan.str(), size.value, to_hex(closed.state.view()),
                            to_hex(state->view()));
        }
        if (again.heads_of(closed.plan) != closed.heads) {
            findings.breach(Item(Item::Of::heads, closed.by),
                            "the subjects of {} had other events at {} events than it says",
                            closed.plan.str(), size.value);
        }
        again.let_go(closed.plan, size);
    }
}

}  // namespace wsoa
