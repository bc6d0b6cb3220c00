#include "ledger/plan/plan.h"

#include "ledger/base/check.h"

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

std::string_view example_of(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::ledger: return "ledger";
        case SubjectKind::person: return "@head-of-send";
        case SubjectKind::plan: return "TH";
        case SubjectKind::area: return "TH-1";
        case SubjectKind::outcome: return "TH-O1";
        case SubjectKind::action: return "TH-1.2";
        case SubjectKind::milestone: return "TH-1.2-M1";
        case SubjectKind::measure: return "TH-M1";
        case SubjectKind::evidence: return "TH-E03";
        case SubjectKind::meeting: return "TH-B-2022-03-10";
        case SubjectKind::decision: return "TH-D1";
        case SubjectKind::challenge: return "TH-C1";
        case SubjectKind::exception: return "TH-X1";
        case SubjectKind::risk: return "TH-RK1";
        case SubjectKind::review: return "TH-R1";
        case SubjectKind::request: return "TH-I1";
        case SubjectKind::pack: return "TH-K1";
        case SubjectKind::publication: return "TH-P1";
        case SubjectKind::hold: return "TH-H1";
        case SubjectKind::erasure: return "TH-ER1";
    }
    CHECK(false);
    return {};
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
