#include "projections/slips.h"

#include <algorithm>

namespace wsoa {
namespace {

// The item's earlier versions, newest first.
std::vector<const Evidence*> versions_before(const Plan& plan, const Evidence& item) {
    std::vector<const Evidence*> earlier;
    for (const auto* at = &item; at->prior;) {
        const auto found = plan.evidence.find(*at->prior);
        if (found == plan.evidence.end()) {
            break;
        }
        at = &found->second;
        earlier.push_back(at);
    }
    return earlier;
}

// The last review of the item with that outcome by the end of the day; null if there is none.
const EvidenceSubmission::Review* last_review(const Evidence& item, schema::EvidenceStage outcome,
                                              Date day) {
    const EvidenceSubmission::Review* last = nullptr;
    for (const auto& submission : item.submissions) {
        for (const auto& review : submission.reviews) {
            if (review.outcome == outcome && review.entry.effective <= day) {
                last = &review;
            }
        }
    }
    return last;
}

void find_sent_back(const Plan& plan, const SubjectRef& evidence, Date day,
                    CompletedAction& completed) {
    const auto item = plan.evidence.find(evidence);
    if (item == plan.evidence.end()) {
        return;
    }
    const auto* accepted = last_review(item->second, schema::EvidenceStage::ACCEPTED, day);
    if (accepted == nullptr) {
        return;
    }
    auto tried = versions_before(plan, item->second);
    tried.insert(tried.begin(), &item->second);
    for (const auto* version : tried) {
        const auto* rejected = last_review(*version, schema::EvidenceStage::REJECTED, day);
        if (rejected != nullptr && rejected->entry.index < accepted->entry.index) {
            completed.sent_back.push_back({.rejected = version->ref,
                                           .rejected_on = rejected->entry.effective,
                                           .accepted = evidence,
                                           .accepted_on = accepted->entry.effective});
        }
    }
}

// The last completion that stood at the end of the day.
const Completion* completion_on(const Action& action, Date day) {
    const Completion* last = nullptr;
    for (const auto& completion : action.completions) {
        if (completion.completed.effective <= day) {
            last = &completion;
        }
    }
    return last;
}

}  // namespace

std::vector<Slip> slips_by(const Plan& plan, Date day) {
    std::vector<Slip> slips;
    for (const auto& change : plan.changes) {
        if (change.field == schema::ChangeField::DEADLINE &&
            change.stage == schema::ChangeStage::APPLIED && change.from && change.to &&
            change.approved && change.ended && change.ended->effective <= day) {
            slips.push_back(Slip{.ref = change.subject,
                                 .from = *change.from,
                                 .to = *change.to,
                                 .on = change.ended->effective,
                                 .approved = change.approved->entry.effective,
                                 .request = change.requested.index,
                                 .applied_at = change.ended->index});
        }
    }
    std::ranges::stable_sort(slips, {}, &Slip::on);
    return slips;
}

std::optional<schema::ChangeStage> stage_on(const ChangeRequest& change, Date day) {
    if (change.requested.effective > day) {
        return std::nullopt;
    }
    if (change.ended && change.ended->effective <= day) {
        return change.stage;
    }
    return change.approved && change.approved->entry.effective <= day
               ? schema::ChangeStage::APPROVED
               : schema::ChangeStage::REQUESTED;
}

std::vector<CompletedAction> completed_on(const Plan& plan, Date day) {
    std::vector<CompletedAction> all;
    for (const auto& [ref, action] : plan.actions) {
        const auto* completion = completion_on(action, day);
        if (!is_complete(action.stage_on(day)) || completion == nullptr) {
            continue;
        }
        CompletedAction completed{.ref = ref,
                                  .on = completion->completed.effective,
                                  .original_deadline = action.original_deadline,
                                  .sent_back = {}};
        for (const auto& evidence : completion->evidence) {
            find_sent_back(plan, evidence, day, completed);
        }
        all.push_back(std::move(completed));
    }
    return all;
}

std::vector<UndoneCompletion> undone_by(const Plan& plan, Date day) {
    std::vector<UndoneCompletion> undone;
    for (const auto& [ref, action] : plan.actions) {
        for (std::size_t i = 0; i < action.completions.size(); ++i) {
            const auto& completion = action.completions[i];
            if (!completion.reopened || completion.reopened->effective > day) {
                continue;
            }
            UndoneCompletion found{.ref = ref,
                                   .completed = completion.completed.effective,
                                   .reopened = completion.reopened->effective,
                                   .reopened_at = completion.reopened->index,
                                   .complete_again = {}};
            if (i + 1 < action.completions.size() &&
                action.completions[i + 1].completed.effective <= day) {
                found.complete_again = action.completions[i + 1].completed.effective;
            }
            undone.push_back(std::move(found));
        }
    }
    std::ranges::stable_sort(undone, {}, &UndoneCompletion::reopened);
    return undone;
}

}  // namespace wsoa
