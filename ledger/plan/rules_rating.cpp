#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/calendar.h"
#include "ledger/plan/rules_scale.h"
#include "ledger/plan/rules_stages.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa::rules {
namespace {

const Ratings* ratings_at_hand(const Case& at_hand, const RatingFields& rating) {
    const auto* plan = at_hand.plan();
    return plan == nullptr ? nullptr : ratings_of(*plan, at_hand.envelope().subject, rating.axis);
}

// As at the day that the entry is about: a late one goes on from what stood then.
std::string code_on(const Ratings& ratings, schema::Axis axis, Date day) {
    const auto* current = ratings.confirmed.at(day);
    return current == nullptr ? std::string(rating_before_any(axis)) : current->value.code;
}

}  // namespace

std::optional<RatingFields> rating_fields(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const auto fields_of = [](auto fields) {
        return RatingFields{.axis = fields.getAxis(),
                            .scale = fields.getScale(),
                            .from = read::text(fields.getFrom()),
                            .to = read::text(fields.getTo())};
    };
    if (change.isRatingProposed()) {
        return fields_of(change.getRatingProposed());
    }
    if (change.isRatingConfirmed()) {
        return fields_of(change.getRatingConfirmed());
    }
    return change.isRatingOverridden() ? std::optional(fields_of(change.getRatingOverridden()))
                                       : std::nullopt;
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
    const auto& plan = *at_hand.plan();
    const auto in_force = scale_on(plan, rating.axis, at_hand.envelope().effective);
    // A decision may go by the scale of the proposal that it answers, though another came between.
    const auto* proposal = answered_proposal(at_hand, rating);
    const bool by_proposal = at_hand.change.kind() != Kind::RATING_PROPOSED &&
                             proposal != nullptr && proposal->scale == rating.scale;
    const auto scale = by_proposal ? proposal->scale : in_force;
    const auto codes = codes_to_propose(plan, rating.axis, scale);
    if (rating.scale != scale || std::ranges::find(codes, rating.to) == codes.end()) {
        return refusal(fmt::format("use one of {}, of scale {}", fmt::join(codes, ", "), scale),
                       "{} of scale {} is not a rating that can be proposed here", rating.to,
                       rating.scale);
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

namespace {

bool was_struck(const Plan& plan, EventIndex index) {
    return std::ranges::any_of(plan.marks, [&](const Mark& mark) {
        return mark.how == Mark::How::struck && mark.target == index;
    });
}

// Every earlier proposal and decision of the subject on the axis, but for those that were struck.
// What was only set back, by a reopening, gave no reason for a rating.
std::vector<EventIndex> earlier_ratings(const Plan& plan, const Ratings& ratings) {
    std::vector<EventIndex> all;
    for (const auto& proposal : ratings.proposals) {
        all.push_back(proposal.index);
    }
    for (const auto& setting : ratings.confirmed.settings()) {
        if (setting.value.proposal != setting.index) {
            all.push_back(setting.index);
        }
    }
    std::erase_if(all, [&](EventIndex index) { return was_struck(plan, index); });
    return all;
}

}  // namespace

Result<void> rating_reason_is_new(const Case& at_hand, const RatingFields& rating) {
    const auto* ratings = ratings_at_hand(at_hand, rating);
    const auto reason = at_hand.word(schema::WordField::REASON);
    if (ratings == nullptr || !reason) {
        return done();
    }
    const bool confirms = at_hand.change.kind() == Kind::RATING_CONFIRMED;
    if (confirms && answered_proposal(at_hand, rating) == nullptr) {
        return done();  // R33 judges this
    }
    for (const auto index : earlier_ratings(*at_hand.plan(), *ratings)) {
        // A confirmation may repeat the reason of the proposal that it answers, and no other.
        const bool is_answered = confirms && at_hand.envelope().answers == index;
        if (!is_answered && at_hand.earlier(index, schema::WordField::REASON) == reason) {
            return refusal("say what has changed, or what still holds and why",
                           "the reason is the same as that of event {}", index.value);
        }
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
        return refusal("bring it to the board", "the impact of {} is not decided as {}",
                       at_hand.envelope().subject.str(), name_of(at_hand.envelope().as_role));
    }
    return done();
}

Result<void> rated_in_progress(const Case& at_hand, const RatingFields& rating) {
    return rating.axis == schema::Axis::DELIVERY ? action_in_progress(at_hand) : done();
}

namespace {

Result<void> rated_while_delivered(const Case& at_hand, const RatingFields& rating) {
    const auto* action = action_of(at_hand);
    if (action == nullptr || rating.axis != schema::Axis::DELIVERY) {
        return done();
    }
    using Stage = schema::ActionStage;
    const auto stage = action->stage_on(at_hand.envelope().effective);
    if (stage == Stage::IN_PROGRESS || stage == Stage::COMPLETION_CLAIMED ||
        stage == Stage::NOT_STARTED) {  // R28 judges what was not started
        return done();
    }
    return refusal(std::string(advice_at(stage)), "{} was {} on {}, and is not rated",
                   action->ref.str(), words_for(stage), in_words(at_hand.envelope().effective));
}

Result<void> red_once_overdue(const Case& at_hand, const RatingFields& rating) {
    const auto* action = action_of(at_hand);
    if (action == nullptr || rating.axis != schema::Axis::DELIVERY || rating.to == code_overdue) {
        return done();
    }
    const auto day = at_hand.envelope().effective;
    const auto deadline = deadline_on(*action, day);
    if (deadline < day && is_open(action->stage_on(day))) {
        return refusal("propose R, or ask for another deadline first with changeRequested",
                       "{} was due on {} and is not complete on {}", action->ref.str(),
                       in_words(deadline), in_words(day));
    }
    return done();
}

Result<void> override_answers_proposal(const Case& at_hand, const RatingFields& rating) {
    const auto* proposal = answered_proposal(at_hand, rating);
    if (proposal == nullptr || proposal->confirmed_by) {
        return refusal("see `wsoa show` for the proposals that wait",
                       "it answers no proposal for {} that waits",
                       at_hand.envelope().subject.str());
    }
    if (proposal->to == rating.to) {
        return refusal("record ratingConfirmed instead",
                       "event {} proposed {} already, and nothing would be overridden",
                       proposal->index.value, proposal->to);
    }
    if (at_hand.envelope().effective < proposal->effective) {
        return refusal("give a day on or after the proposal's", "the proposal is of {}",
                       in_words(proposal->effective));
    }
    return done();
}

}  // namespace

std::vector<Rule> of_rating() {
    return {
        {"R68",
         "The delivery of an action is rated while it is in progress or claimed to be complete.", 1,
         0, of_ratings<rated_while_delivered>},
        {"R69",
         "From the day after its deadline the delivery of an action that is not complete is rated "
         "Red only.",
         1, 0, of_ratings<red_once_overdue>},
        {"R70",
         "A new version of a rating scale is one more than the last one and no older, and has R "
         "among its codes, each of which stands once.",
         1, 0, of_kind<Kind::RATING_SCALE_DEFINED, &Reader::getRatingScaleDefined, scale_follows>},
        {"R71", "A rating is overridden by another person than the one who proposed it.", 1, 0,
         of_overrides<confirmed_by_another>, Rule::Needs::authors},
        {"R72", "An override answers a proposal that waits, and sets another rating than proposed.",
         1, 0, of_overrides<override_answers_proposal>},
    };
}

}  // namespace wsoa::rules
