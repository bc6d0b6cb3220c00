#include "ledger/plan/folds.h"

namespace wsoa::folds {
namespace {

// The ratings that an entry about a rating concerns; null if its subject has none on that axis.
Ratings* ratings_of(Plan& plan, const SubjectRef& subject, schema::Axis axis) {
    if (axis == schema::Axis::DELIVERY) {
        auto* action = part_in(plan.actions, subject);
        return action == nullptr ? nullptr : &action->delivery;
    }
    auto* area = part_in(plan.areas, subject);
    return area == nullptr ? nullptr : &area->impact;
}

Why rating_scale_defined(Plan& plan, const Happened& at,
                         schema::RatingScaleDefined::Reader fields) {
    plan.scales.push_back(RatingScale{.defined = at.entry,
                                      .axis = fields.getAxis(),
                                      .version = fields.getVersion(),
                                      .codes = read::texts(fields.getCodes())});
    return {};
}

Why rating_proposed(Plan& plan, const Happened& at, schema::RatingProposed::Reader fields) {
    auto* ratings = ratings_of(plan, at.subject(), fields.getAxis());
    if (ratings == nullptr) {
        return "nothing of that reference is rated on this axis";
    }
    ratings->proposals.push_back(Proposal{.index = at.index(),
                                          .effective = at.effective(),
                                          .by = at.entry.by,
                                          .scale = fields.getScale(),
                                          .from = std::string(read::text(fields.getFrom())),
                                          .to = std::string(read::text(fields.getTo())),
                                          .confirmed_by = {},
                                          .on_behalf_of = at.event.envelope().on_behalf_of});
    return {};
}

// Confirms the proposal that the event answers, with the code given.
template <typename Fields>
Why decide_rating(Plan& plan, const Happened& at, Fields fields) {
    auto* ratings = ratings_of(plan, at.subject(), fields.getAxis());
    if (ratings == nullptr) {
        return "nothing of that reference is rated on this axis";
    }
    auto* proposal = last_of(ratings->proposals, [&](const Proposal& proposed) {
        return proposed.index == at.event.envelope().answers && !proposed.confirmed_by;
    });
    if (proposal == nullptr) {
        return "it answers no proposal that waits to be confirmed";
    }
    proposal->confirmed_by = at.index();
    Rating rating{.code = std::string(read::text(fields.getTo())),
                  .scale = fields.getScale(),
                  .proposal = proposal->index,
                  .confirmed_by = at.entry.by,
                  .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting())};
    if (at.event.kind() == Kind::RATING_OVERRIDDEN) {
        rating.instead_of = proposal->to;
    }
    ratings->confirmed.set(at.effective(), at.index(), std::move(rating));
    return {};
}

}  // namespace

std::vector<Row> of_rating() {
    return {
        {Kind::RATING_SCALE_DEFINED,
         with_fields<&Reader::getRatingScaleDefined, rating_scale_defined>},
        {Kind::RATING_PROPOSED, with_fields<&Reader::getRatingProposed, rating_proposed>},
        {Kind::RATING_CONFIRMED,
         with_fields<&Reader::getRatingConfirmed, decide_rating<schema::RatingConfirmed::Reader>>},
        {Kind::RATING_OVERRIDDEN, with_fields<&Reader::getRatingOverridden,
                                              decide_rating<schema::RatingOverridden::Reader>>},
    };
}

}  // namespace wsoa::folds
