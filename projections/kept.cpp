#include "projections/kept.h"

#include "ledger/plan/rights.h"

#include <algorithm>
#include <tuple>

namespace wsoa {
namespace {

const Entry* by_then(const std::optional<Entry>& entry, Date day) {
    return entry && entry->effective <= day ? &*entry : nullptr;
}

Kept kept_of(const Plan& plan, const Retention& retention,
             const Register<Retention::Rule>::Setting& rule, Date day) {
    using Stands = Kept::Stands;
    Kept kept{.ref = retention.subject, .by = rule.value.by, .due = rule.value.due};
    if (const auto* const gone = by_then(retention.disposed, day)) {
        kept.stands = Stands::gone;
        kept.ended = gone;
        return kept;
    }
    if (day < kept.due) {
        return kept;
    }
    kept.hold = hold_over(plan, retention.subject);
    kept.ended = by_then(retention.approved, day);
    kept.stands = kept.hold != nullptr    ? Stands::held
                  : kept.ended != nullptr ? Stands::approved
                                          : Stands::due;
    return kept;
}

// What somebody must act on stands before what waits, and what is gone stands last.
int urgency(const Kept& kept) {
    switch (kept.stands) {
        case Kept::Stands::due: return 0;
        case Kept::Stands::approved: return 1;
        case Kept::Stands::held: return 2;
        case Kept::Stands::kept: return 3;
        case Kept::Stands::gone: return 4;
    }
    return 0;
}

}  // namespace

std::string_view name_of(Kept::Stands stands) {
    switch (stands) {
        case Kept::Stands::kept: return "kept";
        case Kept::Stands::due: return "due";
        case Kept::Stands::held: return "held";
        case Kept::Stands::approved: return "approved";
        case Kept::Stands::gone: return "gone";
    }
    return {};
}

std::vector<Kept> kept_on(const Plan& plan, Date day) {
    std::vector<Kept> all;
    for (const auto& [ref, retention] : plan.retentions) {
        if (const auto* const rule = retention.rule.at(day)) {
            all.push_back(kept_of(plan, retention, *rule, day));
        }
    }
    std::ranges::sort(
        all, {}, [](const Kept& kept) { return std::tuple(urgency(kept), kept.due, kept.ref); });
    return all;
}

std::vector<SubjectRef> kept_by_no_rule(const Plan& plan) {
    std::vector<SubjectRef> refs;
    for (const auto& [ref, item] : plan.evidence) {
        if (item.document && !item.erased && part_in(plan.retentions, ref) == nullptr) {
            refs.push_back(ref);
        }
    }
    return refs;
}

}  // namespace wsoa
