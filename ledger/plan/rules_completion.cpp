#include "ledger/event/fields.h"
#include "ledger/plan/rules_action.h"
#include "ledger/plan/rules_stages.h"

#include <set>

namespace wsoa::rules {
namespace {

// How many readings running must be at target before an action counts as embedded.
constexpr std::size_t readings_at_target = 2;

// The last word of the reviewers, by the day, on the item's submissions for the action.
bool is_accepted_for(const Evidence& item, const SubjectRef& action, Date day) {
    const EvidenceSubmission::Review* last = nullptr;
    for (const auto& submission : item.submissions) {
        for (const auto& review : submission.reviews) {
            if (submission.target == action && review.entry.effective <= day &&
                (last == nullptr || last->entry.index < review.entry.index)) {
                last = &review;
            }
        }
    }
    return last != nullptr && last->outcome == schema::EvidenceStage::ACCEPTED;
}

bool is_stale(const Evidence& item, Date day) {
    const auto* review_by = item.review_by.at(day);
    return (item.stale && item.stale->effective <= day) ||
           (review_by != nullptr && review_by->value < day);
}

// Whether the item can carry a completion of the action; one that another item replaced only if
// that one can.
Result<void> carries(const Case& at_hand, const SubjectRef& reference, Date day) {
    const auto& action = at_hand.envelope().subject;
    TRY(refers_to(at_hand, reference, SubjectKind::evidence));
    std::set<SubjectRef> seen;
    const auto* item = &at_hand.plan()->evidence.at(reference);
    while (seen.insert(item->ref).second) {
        if (!is_accepted_for(*item, action, day)) {
            return refusal(
                fmt::format("have evidenceAccepted recorded for {} and {} by somebody who is "
                            "neither its submitter nor the action's owner",
                            item->ref.str(), action.str()),
                "{} was not accepted for {} by {}", item->ref.str(), action.str(), in_words(day));
        }
        if (is_stale(*item, day)) {
            return refusal(
                fmt::format("look at {} again and record evidenceRenewed, or name newer evidence",
                            item->ref.str()),
                "{} was due to be looked at again by {}", item->ref.str(), in_words(day));
        }
        if (!item->superseded || item->superseded->entry.effective > day) {
            return done();
        }
        const auto next = at_hand.plan()->evidence.find(item->superseded->by);
        if (next == at_hand.plan()->evidence.end()) {
            return done();
        }
        item = &next->second;
    }
    return done();
}

// Definitions whose readings can be compared are one series, called by its first definition.
std::uint16_t series_of(const Measure& measure, std::uint16_t number) {
    for (auto each = measure.definitions.rbegin(); each != measure.definitions.rend(); ++each) {
        if (each->number == number && each->is_comparable) {
            --number;
        }
    }
    return number;
}

bool is_at_target(const Decimal& value, const Decimal& target, schema::Polarity polarity) {
    return polarity == schema::Polarity::LOWER_IS_BETTER ? value <= target : value >= target;
}

Result<void> measure_at_target(const Measure& measure, Date day) {
    const auto* target = measure.target.at(day);
    if (target == nullptr) {
        return done();
    }
    const auto series = series_of(measure, target->value.definition);
    const auto definition = std::ranges::find(measure.definitions, target->value.definition,
                                              &MeasureDefinition::number);
    std::size_t seen = 0;
    for (auto reading = measure.readings.rbegin();
         reading != measure.readings.rend() && seen < readings_at_target; ++reading) {
        const auto* value = reading->value.at(day);
        if (value == nullptr || reading->period_end > day ||
            series_of(measure, reading->definition) != series) {
            continue;
        }
        ++seen;
        if (definition == measure.definitions.end() ||
            !is_at_target(value->value.value, target->value.value, definition->polarity)) {
            return refusal(fmt::format("wait until {} is at its target in {} readings running",
                                       measure.ref.str(), readings_at_target),
                           "{} read {} on {}, and its target is {}", measure.ref.str(),
                           to_string(value->value.value), in_words(reading->period_end),
                           to_string(target->value.value));
        }
    }
    if (seen < readings_at_target) {
        return refusal(fmt::format("record the readings of {} first", measure.ref.str()),
                       "{} has {} readings by {}, and {} are needed", measure.ref.str(), seen,
                       in_words(day), readings_at_target);
    }
    return done();
}

}  // namespace

const Claim* claim_at(const Action& action, std::optional<EventIndex> index) {
    for (const auto& claim : action.claims) {
        if (claim.claimed.index == index) {
            return &claim;
        }
    }
    return nullptr;
}

Result<void> claimed_by_owner(const Case& at_hand) {
    const auto* action = action_of(at_hand);
    const auto owner =
        action == nullptr ? std::nullopt : owner_on(*action, at_hand.envelope().effective);
    if (!owner) {
        return done();  // R08 and R48 judge these
    }
    // R07 lets only the office act for another.
    const auto& other = at_hand.envelope().on_behalf_of;
    if ((other ? other : at_hand.author()) == owner) {
        return done();
    }
    return refusal(fmt::format("have {} claim it, or the programme office with --on-behalf-of {}",
                               owner->str(), owner->str()),
                   "{} was owned by {} on {}", action->ref.str(), owner->str(),
                   in_words(at_hand.envelope().effective));
}

Result<void> claim_answered(const Case& at_hand) {
    const auto kind = at_hand.change.kind();
    const auto* action = action_of(at_hand);
    if (action == nullptr) {
        return done();
    }
    if (kind == Kind::COMPLETION_CLAIMED) {
        for (const auto& item :
             read::subjects(at_hand.change.reader().getCompletionClaimed().getEvidence())) {
            TRY(refers_to(at_hand, item, SubjectKind::evidence));
        }
        return done();
    }
    if (kind != Kind::COMPLETION_REJECTED && kind != Kind::ACTION_COMPLETED) {
        return done();
    }
    const auto* claim = claim_at(*action, at_hand.envelope().answers);
    if (claim == nullptr || !claim->is_open()) {
        return refusal(
            fmt::format("see `wsoa trail {}` for the claim that waits", action->ref.str()),
            "it answers no claim that waits for {}", action->ref.str());
    }
    if (at_hand.envelope().effective < claim->claimed.effective) {
        return refusal("give a day on or after the claim's", "{} was claimed complete on {}",
                       action->ref.str(), in_words(claim->claimed.effective));
    }
    return done();
}

Result<void> enough_evidence(const Case& at_hand, schema::ActionCompleted::Reader fields) {
    const auto* action = action_of(at_hand);
    if (action == nullptr) {
        return done();
    }
    const auto named = read::subjects(fields.getEvidence());
    for (const auto& item : named) {
        TRY(carries(at_hand, item, at_hand.envelope().effective));
    }
    if (named.size() < action->evidence_required) {
        return refusal("name more with --evidence, once they are accepted",
                       "{} needs {} accepted items of evidence, and {} are named",
                       action->ref.str(), action->evidence_required, named.size());
    }
    return done();
}

Result<void> reopened_from_current(const Case& at_hand, schema::ActionReopened::Reader fields) {
    const auto* action = action_of(at_hand);
    if (action == nullptr) {
        return done();
    }
    const auto day = at_hand.envelope().effective;
    const auto stage = action->stage_on(day);
    if (fields.getFrom() != stage) {
        return error(Fault::conflict, "{} was {} on {}, not {}", action->ref.str(),
                     words_for(stage), in_words(day), words_for(fields.getFrom()))
            .advise(fmt::format("look at what changed it with `wsoa trail {}`, then reopen it from "
                                "that",
                                action->ref.str()));
    }
    if (fields.getTo() != schema::ActionStage::IN_PROGRESS) {
        return refusal("use --to inProgress", "a reopened action is in progress, not {}",
                       words_for(fields.getTo()));
    }
    return done();
}

Result<void> embedded_at_target(const Case& at_hand) {
    const auto* action = action_of(at_hand);
    if (action == nullptr) {
        return done();
    }
    for (const auto& reference : action->measures) {
        const auto measure = at_hand.plan()->measures.find(reference);
        if (measure != at_hand.plan()->measures.end()) {
            TRY(measure_at_target(measure->second, at_hand.envelope().effective));
        }
    }
    return done();
}

}  // namespace wsoa::rules
