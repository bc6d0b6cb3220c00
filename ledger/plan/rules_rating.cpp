#include "ledger/event/kinds.h"
#include "ledger/plan/rules.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa::rules {
namespace {

const Ratings* ratings_at_hand(const Case& at_hand, const RatingFields& rating) {
    const auto* plan = at_hand.plan();
    return plan == nullptr ? nullptr : ratings_of(*plan, at_hand.envelope().subject, rating.axis);
}

const Proposal* answered_proposal(const Case& at_hand, const RatingFields& rating) {
    const auto* ratings = ratings_at_hand(at_hand, rating);
    if (ratings == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(ratings->proposals, [&](const Proposal& proposal) {
        return at_hand.envelope().answers == proposal.index;
    });
    return found == ratings->proposals.end() ? nullptr : &*found;
}

// As at the day that the entry is about: a late one goes on from what stood then.
std::string code_on(const Ratings& ratings, schema::Axis axis, Date day) {
    const auto* current = ratings.confirmed.at(day);
    return current == nullptr ? std::string(rating_before_any(axis)) : current->value.code;
}

}  // namespace

const Ratings* ratings_of(const Plan& plan, const SubjectRef& subject, schema::Axis axis) {
    if (axis == schema::Axis::DELIVERY) {
        const auto found = plan.actions.find(subject);
        return found == plan.actions.end() ? nullptr : &found->second.delivery;
    }
    const auto found = plan.areas.find(subject);
    return found == plan.areas.end() ? nullptr : &found->second.impact;
}

Result<void> rating_on_scale(const Case& at_hand, const RatingFields& rating) {
    if (ratings_at_hand(at_hand, rating) == nullptr) {
        return refusal("rate the delivery of an action, or the impact of an area",
                       "{} has no rating on the axis {}", at_hand.envelope().subject.str(),
                       rating.axis == schema::Axis::DELIVERY ? "delivery" : "impact");
    }
    const auto& codes = rating_codes(rating.axis);
    if (rating.scale != rating_scale_first || std::ranges::find(codes, rating.to) == codes.end()) {
        return refusal(
            fmt::format("use one of {}, of scale {}", fmt::join(codes, ", "), rating_scale_first),
            "{} of scale {} is not a rating that can be proposed here", rating.to, rating.scale);
    }
    return done();
}

Result<void> rating_starts_from_current(const Case& at_hand, const RatingFields& rating) {
    const auto* ratings = ratings_at_hand(at_hand, rating);
    if (ratings == nullptr) {
        return done();  // judged by the rule about the scale
    }
    const auto day = at_hand.envelope().effective;
    const auto current = code_on(*ratings, rating.axis, day);
    if (current != rating.from) {
        return error(Fault::conflict, "the rating of {} on {} is {}, not {}",
                     at_hand.envelope().subject.str(), in_words(day), current, rating.from)
            .advise(
                fmt::format("look at what changed it with `wsoa trail {}`, then propose from {}",
                            at_hand.envelope().subject.str(), current));
    }
    return done();
}

Result<void> rating_reason_is_new(const Case& at_hand, const RatingFields& rating) {
    const auto* ratings = ratings_at_hand(at_hand, rating);
    const auto reason = at_hand.word(schema::WordField::REASON);
    if (ratings == nullptr || !reason || ratings->proposals.empty()) {
        return done();
    }
    // A confirmation may repeat the reason of the proposal that it answers, and no other.
    EventIndex last = ratings->proposals.back().index;
    if (at_hand.change.kind() == Kind::RATING_CONFIRMED) {
        const auto* confirmed = ratings->confirmed.latest();
        if (confirmed == nullptr) {
            return done();
        }
        last = confirmed->index;
    }
    if (at_hand.earlier(last, schema::WordField::REASON) == reason) {
        return refusal("say what has changed, or what still holds and why",
                       "the reason is the same as that of event {}", last.value);
    }
    return done();
}

Result<void> confirmation_answers_proposal(const Case& at_hand, const RatingFields& rating) {
    const auto* proposal = answered_proposal(at_hand, rating);
    if (proposal == nullptr || proposal->confirmed_by) {
        return refusal("see `wsoa show` for the proposals that wait",
                       "it answers no proposal for {} that waits to be confirmed",
                       at_hand.envelope().subject.str());
    }
    if (proposal->from != rating.from || proposal->to != rating.to ||
        proposal->scale != rating.scale) {
        return refusal("confirm it as it was proposed, or propose another rating",
                       "the proposal of event {} is from {} to {}", proposal->index.value,
                       proposal->from, proposal->to);
    }
    if (at_hand.envelope().effective < proposal->effective) {
        return refusal("give a day on or after the proposal's", "the proposal is of {}",
                       in_words(proposal->effective));
    }
    return done();
}

Result<void> confirmed_by_another(const Case& at_hand, const RatingFields& rating) {
    const auto* proposal = answered_proposal(at_hand, rating);
    if (proposal == nullptr) {
        return done();  // judged by the rule about what a confirmation answers
    }
    if (at_hand.author() == proposal->by) {
        return refusal("ask another person who may confirm it",
                       "{} proposed the rating and cannot also confirm it", proposal->by.str());
    }
    // The office may have typed the proposal, but the judgement was the other person's.
    if (proposal->on_behalf_of && at_hand.author() == proposal->on_behalf_of) {
        return refusal("ask another person who may confirm it",
                       "the rating was proposed on behalf of {}, who cannot also confirm it",
                       proposal->on_behalf_of->str());
    }
    return done();
}

Result<void> impact_confirmed_by_board(const Case& at_hand, const RatingFields& rating) {
    if (rating.axis == schema::Axis::IMPACT &&
        at_hand.envelope().as_role != schema::Role::BOARD_CHAIR) {
        return refusal("bring it to the board", "the impact of {} is not confirmed as {}",
                       at_hand.envelope().subject.str(), name_of(at_hand.envelope().as_role));
    }
    return done();
}

Result<void> rated_in_progress(const Case& at_hand, const RatingFields& rating) {
    return rating.axis == schema::Axis::DELIVERY ? action_in_progress(at_hand) : done();
}

std::vector<Rule> of_rating() { return {}; }

}  // namespace wsoa::rules
