#include "ledger/plan/folds.h"

namespace wsoa::folds {
namespace {

using PlanStage = schema::PlanStage;

// Whether a check is an inspection that moves the plan on in its life.
bool is_visit(schema::ReviewType type) {
    return type == schema::ReviewType::REVISIT ||
           type == schema::ReviewType::MONITORING_INSPECTION ||
           type == schema::ReviewType::FULL_INSPECTION;
}

// The review of that reference, made if it is not there: a visit may be held unannounced.
ExternalReview& review_at(Plan& plan, const SubjectRef& ref) {
    return plan.reviews
        .try_emplace(ref, ExternalReview{.ref = ref,
                                         .type = {},
                                         .number = 0,
                                         .bodies = {},
                                         .scheduled = {},
                                         .notified = {},
                                         .held = {},
                                         .next_steps = {}})
        .first->second;
}

bool stands_for_another(const Plan& plan, const SubjectRef& ref) {
    const auto kind = plan.kind_of(ref);
    return kind && *kind != SubjectKind::review;
}

Why review_scheduled(Plan& plan, const Happened& at,
                     schema::ExternalReviewScheduled::Reader fields) {
    if (auto why = taken(plan, at.subject())) {
        return why;
    }
    auto& review = review_at(plan, at.subject());
    review.type = fields.getType();
    review.number = fields.getNumber();
    review.bodies = read::choices<schema::Organisation>(fields.getBodies());
    review.scheduled =
        ExternalReview::Schedule{.entry = at.entry,
                                 .from = read::date(fields.getFrom()),
                                 .until = read::date_if(fields.hasUntil(), fields.getUntil())};
    return {};
}

Why review_notified(Plan& plan, const Happened& at, schema::ExternalReviewNotified::Reader fields) {
    auto* review = part_in(plan.reviews, at.subject());
    if (review == nullptr) {
        return "its review is not there";
    }
    if (review->held) {
        return "the review was held before its notice";
    }
    review->notified = ExternalReview::Notice{.entry = at.entry,
                                              .notice_date = read::date(fields.getNoticeDate()),
                                              .from = read::date(fields.getFrom())};
    if (is_visit(review->type)) {
        plan.stage.set(at.effective(), at.index(), PlanStage::VISIT_NOTIFIED);
    }
    return {};
}

Why review_held(Plan& plan, const Happened& at, schema::ExternalReviewHeld::Reader fields) {
    if (stands_for_another(plan, at.subject())) {
        return taken(plan, at.subject());
    }
    auto& review = review_at(plan, at.subject());
    if (review.held) {
        return "the review was held before";
    }
    review.type = fields.getType();
    review.number = fields.getNumber();
    review.bodies = read::choices<schema::Organisation>(fields.getBodies());
    review.held = ExternalReview::Held{.entry = at.entry,
                                       .date = read::date(fields.getDate()),
                                       .about = read::subjects(fields.getAbout())};
    if (is_visit(review.type)) {
        plan.stage.set(at.effective(), at.index(), PlanStage::VISITED);
    }
    return {};
}

schema::AreaStage stage_by(schema::Judgement judgement) {
    return judgement == schema::Judgement::SUFFICIENT ||
                   judgement == schema::Judgement::EFFECTIVE_ACTION ||
                   judgement == schema::Judgement::TYPICALLY_POSITIVE
               ? schema::AreaStage::JUDGED_SUFFICIENT
               : schema::AreaStage::JUDGED_NOT_SUFFICIENT;
}

Why review_outcome(Plan& plan, const Happened& at,
                   schema::ExternalReviewOutcomeRecorded::Reader fields) {
    Conclusion conclusion{
        .recorded = at.entry,
        .review = read::subject(fields.getReview()),
        .judgement = fields.getJudgement(),
        .letter = read::subject(fields.getLetter()),
        .next_review = read::date_if(fields.hasNextReview(), fields.getNextReview())};
    const auto* review = part_in(plan.reviews, conclusion.review);
    const bool is_of_plan = at.subject() == SubjectRef::of(plan.ref);
    auto* area = part_in(plan.areas, at.subject());
    if (review == nullptr || (area == nullptr && !is_of_plan)) {
        return review == nullptr ? "its review is not there" : "its area is not there";
    }
    if (is_visit(review->type)) {
        plan.stage.set(at.effective(), at.index(), PlanStage::OUTCOME_RECORDED);
    }
    if (is_of_plan) {
        plan.conclusions.push_back(std::move(conclusion));
        return {};
    }
    area->stage.set(at.effective(), at.index(), stage_by(conclusion.judgement));
    area->conclusions.push_back(std::move(conclusion));
    return {};
}

Why monitoring_ceased(Plan& plan, const Happened& at) {
    auto* area = part_in(plan.areas, at.subject());
    if (area == nullptr) {
        return "its area is not there";
    }
    area->stage.set(at.effective(), at.index(), schema::AreaStage::MONITORING_CEASED);
    return {};
}

Why next_steps_recorded(Plan& plan, const Happened& at, schema::NextStepsRecorded::Reader fields) {
    auto* review = part_in(plan.reviews, read::subject(fields.getReview()));
    if (review == nullptr) {
        return "the review is not there";
    }
    review->next_steps.push_back(ExternalReview::NextSteps{
        .entry = at.entry,
        .steps = read::choices<schema::NextStep>(fields.getSteps()),
        .letter = read::subject_if(fields.hasLetter(), fields.getLetter())});
    return {};
}

Why information_requested(Plan& plan, const Happened& at,
                          schema::InformationRequested::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.requests.emplace(
        ref, InformationRequest{.ref = ref,
                                .requested = at.entry,
                                .from = fields.getFrom(),
                                .due = read::date(fields.getDue()),
                                .review = read::subject_if(fields.hasReview(), fields.getReview()),
                                .fulfilled = {},
                                .refused = {}});
    return {};
}

InformationRequest* open_request(Plan& plan, const SubjectRef& ref) {
    auto* request = part_in(plan.requests, ref);
    return request == nullptr || request->fulfilled || request->refused ? nullptr : request;
}

Why information_fulfilled(Plan& plan, const Happened& at,
                          schema::InformationFulfilled::Reader fields) {
    auto* request = open_request(plan, at.subject());
    if (request == nullptr) {
        return "no request of that reference is open";
    }
    request->fulfilled = InformationRequest::Fulfilment{
        .entry = at.entry, .pack = read::subject_if(fields.hasPack(), fields.getPack())};
    return {};
}

Why information_refused(Plan& plan, const Happened& at) {
    auto* request = open_request(plan, at.subject());
    if (request == nullptr) {
        return "no request of that reference is open";
    }
    request->refused = at.entry;
    return {};
}

Why pack_frozen(Plan& plan, const Happened& at, schema::PackFrozen::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.packs.emplace(ref,
                       Pack{.ref = ref,
                            .frozen = at.entry,
                            .as_at = read::date(fields.getAsAt()),
                            .recipient = read::person(fields.getRecipient()),
                            .items = read::subjects(fields.getItems()),
                            .redacted = read::subjects(fields.getRedacted()),
                            .size = read::index_if(fields.hasSize(), fields.getSize()),
                            .digest = read::hash_if(fields.hasDigest(), fields.getDigest()),
                            .disclosed = read::choices<schema::WordField>(fields.getDisclosed()),
                            .closest = read::choice_if(fields.getClosest()),
                            .shares = {},
                            .accesses = {}});
    return {};
}

Why pack_shared(Plan& plan, const Happened& at, schema::PackShared::Reader fields) {
    auto* pack = part_in(plan.packs, at.subject());
    if (pack == nullptr) {
        return "its pack is not there";
    }
    pack->shares.push_back(Pack::Share{.entry = at.entry,
                                       .recipient = read::person(fields.getRecipient()),
                                       .expires = read::date(fields.getExpires())});
    return {};
}

Why pack_accessed(Plan& plan, const Happened& at, schema::PackAccessed::Reader fields) {
    auto* pack = part_in(plan.packs, at.subject());
    if (pack == nullptr) {
        return "its pack is not there";
    }
    pack->accesses.push_back(
        Pack::Access{.entry = at.entry, .reader = read::person(fields.getReader())});
    return {};
}

}  // namespace

std::vector<Row> of_review() {
    return {
        {Kind::EXTERNAL_REVIEW_SCHEDULED,
         with_fields<&Reader::getExternalReviewScheduled, review_scheduled>},
        {Kind::EXTERNAL_REVIEW_NOTIFIED,
         with_fields<&Reader::getExternalReviewNotified, review_notified>},
        {Kind::EXTERNAL_REVIEW_HELD, with_fields<&Reader::getExternalReviewHeld, review_held>},
        {Kind::EXTERNAL_REVIEW_OUTCOME_RECORDED,
         with_fields<&Reader::getExternalReviewOutcomeRecorded, review_outcome>},
        {Kind::MONITORING_CEASED, monitoring_ceased},
        {Kind::NEXT_STEPS_RECORDED,
         with_fields<&Reader::getNextStepsRecorded, next_steps_recorded>},
        {Kind::INFORMATION_REQUESTED,
         with_fields<&Reader::getInformationRequested, information_requested>},
        {Kind::INFORMATION_FULFILLED,
         with_fields<&Reader::getInformationFulfilled, information_fulfilled>},
        {Kind::INFORMATION_REFUSED, information_refused},
        {Kind::PACK_FROZEN, with_fields<&Reader::getPackFrozen, pack_frozen>},
        {Kind::PACK_SHARED, with_fields<&Reader::getPackShared, pack_shared>},
        {Kind::PACK_ACCESSED, with_fields<&Reader::getPackAccessed, pack_accessed>},
    };
}

}  // namespace wsoa::folds
