#include "ledger/plan/plan.h"

#include <utility>

namespace wsoa {
namespace {

// Calls `take(kind, parts)` for each map of parts that a reference may stand in.
template <typename Take>
void each_part(const Plan& plan, Take take) {
    take(SubjectKind::area, plan.areas);
    take(SubjectKind::outcome, plan.outcomes);
    take(SubjectKind::action, plan.actions);
    take(SubjectKind::milestone, plan.milestones);
    take(SubjectKind::measure, plan.measures);
    take(SubjectKind::evidence, plan.evidence);
    take(SubjectKind::meeting, plan.meetings);
    take(SubjectKind::decision, plan.decisions);
    take(SubjectKind::challenge, plan.challenges);
    take(SubjectKind::exception, plan.exceptions);
    take(SubjectKind::risk, plan.risks);
    take(SubjectKind::review, plan.reviews);
    take(SubjectKind::request, plan.requests);
    take(SubjectKind::pack, plan.packs);
    take(SubjectKind::publication, plan.publications);
    take(SubjectKind::hold, plan.holds);
    take(SubjectKind::erasure, plan.erasures);
}

}  // namespace

std::optional<SubjectKind> Plan::kind_of(const SubjectRef& subject) const {
    if (subject == SubjectRef::of(ref)) {
        return SubjectKind::plan;
    }
    std::optional<SubjectKind> found;
    each_part(*this, [&](SubjectKind part_kind, const auto& parts) {
        if (!found && parts.contains(subject)) {
            found = part_kind;
        }
    });
    return found;
}

std::vector<SubjectRef> Plan::references() const {
    std::vector<SubjectRef> all{SubjectRef::of(ref)};
    each_part(*this, [&](SubjectKind, const auto& parts) {
        for (const auto& [reference, part] : parts) {
            all.push_back(reference);
        }
    });
    return all;
}

}  // namespace wsoa
