#include "projections/evidence_register.h"

#include <algorithm>

namespace wsoa {
namespace {

void add_submissions(const Evidence& item, Date day, EvidenceOn& shown) {
    for (const auto& submission : item.submissions) {
        if (submission.submitted.effective > day) {
            continue;
        }
        shown.submitted = &submission;
        for (const auto& review : submission.reviews) {
            if (review.entry.effective <= day) {
                shown.reviewed = &review;
            }
        }
    }
}

void add_erasure(const Plan& plan, const Evidence& item, Date day, EvidenceOn& shown) {
    for (const auto& [ref, erasure] : plan.erasures) {
        if (erasure.subject != item.ref || erasure.scope != schema::ErasureScope::CONTENT ||
            erasure.requested.effective > day) {
            continue;
        }
        shown.erasure = &erasure;
        shown.erasure_decided = erasure.decided && erasure.decided->entry.effective <= day
                                    ? std::optional(erasure.decided->entry.effective)
                                    : std::nullopt;
    }
    if (item.erased && item.erased->effective <= day) {
        shown.erased_on = item.erased->effective;
    }
}

}  // namespace

bool EvidenceOn::is_stale(Date day) const {
    const bool is_marked = item->stale && item->stale->effective <= day;
    return is_marked || (review_by && *review_by < day);
}

std::optional<EvidenceOn> evidence_on(const Plan& plan, const Evidence& item, Date day) {
    if (item.added_on > day) {
        return std::nullopt;
    }
    EvidenceOn shown;
    shown.item = &item;
    const auto* stage = item.stage.at(day);
    shown.stage = stage == nullptr ? schema::EvidenceStage::REGISTERED : stage->value;
    for (const auto& link : item.links) {
        if (link.linked.effective <= day && !(link.unlinked && link.unlinked->effective <= day)) {
            shown.links.push_back(&link);
        }
    }
    add_submissions(item, day, shown);
    if (const auto* review_by = item.review_by.at(day)) {
        shown.review_by = review_by->value;
    }
    if (item.superseded && item.superseded->entry.effective <= day) {
        shown.superseded_by = item.superseded->by;
    }
    for (const auto& copy : item.redacted_copies) {
        if (copy.issued.effective <= day) {
            shown.redacted_copies.push_back(&copy);
        }
    }
    add_erasure(plan, item, day, shown);
    return shown;
}

std::vector<EvidenceOn> evidence_on(const Plan& plan, Date day) {
    std::vector<EvidenceOn> all;
    for (const auto& [ref, item] : plan.evidence) {
        if (auto shown = evidence_on(plan, item, day)) {
            all.push_back(std::move(*shown));
        }
    }
    return all;
}

std::vector<Acceptance> acceptances_by(const Plan& plan, Date day) {
    std::vector<Acceptance> all;
    for (const auto& [ref, item] : plan.evidence) {
        for (const auto& submission : item.submissions) {
            for (const auto& review : submission.reviews) {
                if (review.outcome != schema::EvidenceStage::ACCEPTED ||
                    review.entry.effective > day) {
                    continue;
                }
                Acceptance found{.item = ref,
                                 .target = submission.target,
                                 .submitted_by = submission.submitted.by,
                                 .owner = {},
                                 .accepted = review.entry,
                                 .as_role = review.as_role};
                const auto action = plan.actions.find(submission.target);
                if (action != plan.actions.end()) {
                    const auto* owner = action->second.owner.at(review.entry.effective);
                    found.owner = owner == nullptr ? std::nullopt : std::optional(owner->value);
                }
                all.push_back(std::move(found));
            }
        }
    }
    std::ranges::sort(all, {}, [](const Acceptance& each) { return each.accepted.index; });
    return all;
}

std::vector<SubjectRef> versions_of(const Plan& plan, const SubjectRef& item) {
    const auto found = plan.evidence.find(item);
    if (found == plan.evidence.end()) {
        return {};
    }
    const auto* first = &found->second;
    while (first->prior && plan.evidence.contains(*first->prior)) {
        first = &plan.evidence.at(*first->prior);
    }
    // A version may have several after it, each with its own.
    std::vector<SubjectRef> versions{first->ref};
    for (std::size_t i = 0; i < versions.size(); ++i) {
        for (const auto& [ref, later] : plan.evidence) {
            if (later.prior == versions[i]) {
                versions.push_back(ref);
            }
        }
    }
    return versions;
}

}  // namespace wsoa
