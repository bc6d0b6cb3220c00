#include "ledger/event/kinds.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rules_evidence.h"

#include <algorithm>

namespace wsoa::rules {
namespace {

// What a reviewer says, alike in acceptance, rejection and question.
struct Review {
    SubjectRef target;
    std::vector<schema::EvidenceCheck> checks;
};

std::optional<Review> review_in(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const auto of = [](auto fields) {
        return Review{.target = read::subject(fields.getTarget()),
                      .checks = read::choices<schema::EvidenceCheck>(fields.getChecks())};
    };
    if (change.isEvidenceAccepted()) {
        return of(change.getEvidenceAccepted());
    }
    if (change.isEvidenceRejected()) {
        return of(change.getEvidenceRejected());
    }
    return change.isEvidenceMoreAsked() ? std::optional(of(change.getEvidenceMoreAsked()))
                                        : std::nullopt;
}

// The actions that the target is about: itself, the one of a milestone, those that a measure is of.
std::vector<const Action*> actions_behind(const Plan& plan, const SubjectRef& target) {
    const auto milestone = plan.milestones.find(target);
    std::vector<const Action*> actions;
    for (const auto& [ref, action] : plan.actions) {
        if (ref == target ||
            (milestone != plan.milestones.end() && milestone->second.action == ref) ||
            std::ranges::find(action.measures, target) != action.measures.end()) {
            actions.push_back(&action);
        }
    }
    return actions;
}

// Whoever owns the action now, or did on the day that the review is about.
bool owns(const PersonId& person, const Action& action, Date day) {
    const auto* now = action.owner.latest();
    const auto* then = action.owner.at(day);
    return (now != nullptr && now->value == person) || (then != nullptr && then->value == person);
}

}  // namespace

Result<void> review_answers_submission(const Case& at_hand) {
    const auto review = review_in(at_hand);
    const auto* item = evidence_of(at_hand);
    if (!review || item == nullptr) {
        return done();
    }
    const auto* last = newest_submission(*item, review->target);
    if (last == nullptr) {
        return refusal("have it submitted first: evidenceSubmitted", "{} was not submitted for {}",
                       item->ref.str(), review->target.str());
    }
    const auto index = last->submitted.index;
    if (at_hand.envelope().answers != index) {
        return refusal(fmt::format("answer event {}", index.value),
                       "the submission of {} for {} that counts is event {}", item->ref.str(),
                       review->target.str(), index.value);
    }
    if (const auto* verdict = last->verdict()) {
        return error(Fault::conflict, "{} reviewed that submission by event {}",
                     verdict->entry.by.str(), verdict->entry.index.value)
            .advise("have it submitted again, if something has changed since");
    }
    return done();
}

Result<void> reviewed_by_another(const Case& at_hand) {
    const auto review = review_in(at_hand);
    const auto* item = evidence_of(at_hand);
    const auto author = at_hand.author();
    if (!review || item == nullptr || !author) {
        return done();
    }
    if (const auto* last = newest_submission(*item, review->target)) {
        if (last->submitted.by == author || last->submitted.on_behalf_of == author) {
            return refusal("ask another reviewer: an area lead or accountable officer",
                           "{} submitted {} and cannot also review it", author->str(),
                           item->ref.str());
        }
    }
    for (const auto* action : actions_behind(*at_hand.plan(), review->target)) {
        if (owns(*author, *action, at_hand.envelope().effective)) {
            return refusal("ask another reviewer: an area lead or accountable officer",
                           "{} owns {} and cannot review the evidence for it", author->str(),
                           action->ref.str());
        }
    }
    return done();
}

Result<void> reviewer_reaches_target(const Case& at_hand) {
    const auto review = review_in(at_hand);
    const auto author = at_hand.author();
    if (!review || !author || at_hand.plan() == nullptr || evidence_of(at_hand) == nullptr) {
        return done();
    }
    const auto role = at_hand.envelope().as_role;
    const auto reaches = [&](const SubjectRef& subject) {
        return grant_for(at_hand.state, *author, role, subject, at_hand.today) != nullptr;
    };
    const auto actions = actions_behind(*at_hand.plan(), review->target);
    if (reaches(review->target) ||
        std::ranges::any_of(actions, [&](const Action* action) { return reaches(action->ref); })) {
        return done();
    }
    return refusal("ask the lead of its area, or an accountable officer whose role reaches it",
                   "the role {} of {} does not reach {}", name_of(role), author->str(),
                   review->target.str());
}

Result<void> checks_can_hold(const Case& at_hand) {
    const auto review = review_in(at_hand);
    const auto* item = evidence_of(at_hand);
    if (!review || item == nullptr) {
        return done();
    }
    const auto was_seen = [&](schema::EvidenceCheck check) {
        return std::ranges::find(review->checks, check) != review->checks.end();
    };
    if (was_seen(schema::EvidenceCheck::DATED) && !item->date_of_document) {
        return refusal("leave out the check `dated`, or ask for a version that bears a date",
                       "{} is registered without a date", item->ref.str());
    }
    if (was_seen(schema::EvidenceCheck::COVERS_PERIOD) && !item->period_start &&
        !item->period_end) {
        return refusal(
            "leave out the check `coversPeriod`, or ask for a version that says which "
            "period it covers",
            "{} is registered without a period", item->ref.str());
    }
    if (at_hand.change.kind() == Kind::EVIDENCE_ACCEPTED &&
        !was_seen(schema::EvidenceCheck::DATED) && !was_seen(schema::EvidenceCheck::SOURCED)) {
        return refusal("name at least one of --checks dated and --checks sourced, or ask for more",
                       "{} was not seen to be dated or sourced", item->ref.str());
    }
    return done();
}

}  // namespace wsoa::rules
