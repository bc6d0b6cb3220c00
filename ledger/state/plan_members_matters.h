#pragma once

#include "ledger/plan/plan.h"
#include "ledger/state/records.h"

// The members of what governs a plan and what is kept of it: governance, checks from outside,
// records and publications. See plan_members.h.
namespace wsoa::record {

template <>
struct Last<Mark::How> {
    static constexpr auto member = Mark::How::rectified;
};

template <>
struct Members<BodyFacts> {
    static constexpr auto list = std::tuple(&BodyFacts::reports_to, &BodyFacts::quorum);
};

template <>
struct Members<Meeting> {
    static constexpr auto list =
        std::tuple(&Meeting::ref, &Meeting::recorded, &Meeting::body, &Meeting::date,
                   &Meeting::quorate, &Meeting::attended, &Meeting::minutes);
};

template <>
struct Members<Resolution> {
    static constexpr auto list = std::tuple(&Resolution::ref, &Resolution::recorded,
                                            &Resolution::meeting, &Resolution::about);
};

template <>
struct Members<Challenge> {
    static constexpr auto list =
        std::tuple(&Challenge::ref, &Challenge::recorded, &Challenge::asked_as, &Challenge::meeting,
                   &Challenge::about, &Challenge::due, &Challenge::answered);
};

template <>
struct Members<Exception::Answer> {
    static constexpr auto list = std::tuple(&Exception::Answer::entry, &Exception::Answer::meeting);
};

template <>
struct Members<Exception> {
    static constexpr auto list = std::tuple(&Exception::ref, &Exception::action, &Exception::opened,
                                            &Exception::answered, &Exception::closed);
};

template <>
struct Members<RiskScore> {
    static constexpr auto list =
        std::tuple(&RiskScore::type, &RiskScore::likelihood, &RiskScore::impact, &RiskScore::by);
};

template <>
struct Members<Risk> {
    static constexpr auto list = std::tuple(&Risk::ref, &Risk::raised, &Risk::about, &Risk::owner,
                                            &Risk::score, &Risk::closed);
};

template <>
struct Members<Report> {
    static constexpr auto list = std::tuple(&Report::recorded, &Report::body, &Report::as_at,
                                            &Report::meeting, &Report::report);
};

template <>
struct Members<Engagement> {
    static constexpr auto list =
        std::tuple(&Engagement::recorded, &Engagement::channel, &Engagement::date,
                   &Engagement::reached, &Engagement::about);
};

template <>
struct Members<SelfEvaluation> {
    static constexpr auto list = std::tuple(&SelfEvaluation::recorded, &SelfEvaluation::as_at,
                                            &SelfEvaluation::cites, &SelfEvaluation::report);
};

template <>
struct Members<Strategy> {
    static constexpr auto list = std::tuple(&Strategy::linked, &Strategy::from, &Strategy::until);
};

template <>
struct Members<Conclusion> {
    static constexpr auto list =
        std::tuple(&Conclusion::recorded, &Conclusion::review, &Conclusion::judgement,
                   &Conclusion::letter, &Conclusion::next_review);
};

template <>
struct Members<ExternalReview::Schedule> {
    static constexpr auto list =
        std::tuple(&ExternalReview::Schedule::entry, &ExternalReview::Schedule::from,
                   &ExternalReview::Schedule::until);
};

template <>
struct Members<ExternalReview::Notice> {
    static constexpr auto list =
        std::tuple(&ExternalReview::Notice::entry, &ExternalReview::Notice::notice_date,
                   &ExternalReview::Notice::from);
};

template <>
struct Members<ExternalReview::Held> {
    static constexpr auto list = std::tuple(
        &ExternalReview::Held::entry, &ExternalReview::Held::date, &ExternalReview::Held::about);
};

template <>
struct Members<ExternalReview::NextSteps> {
    static constexpr auto list =
        std::tuple(&ExternalReview::NextSteps::entry, &ExternalReview::NextSteps::steps,
                   &ExternalReview::NextSteps::letter);
};

template <>
struct Members<ExternalReview> {
    static constexpr auto list =
        std::tuple(&ExternalReview::ref, &ExternalReview::type, &ExternalReview::number,
                   &ExternalReview::bodies, &ExternalReview::scheduled, &ExternalReview::notified,
                   &ExternalReview::held, &ExternalReview::next_steps);
};

template <>
struct Members<InformationRequest::Fulfilment> {
    static constexpr auto list =
        std::tuple(&InformationRequest::Fulfilment::entry, &InformationRequest::Fulfilment::pack);
};

template <>
struct Members<InformationRequest> {
    static constexpr auto list =
        std::tuple(&InformationRequest::ref, &InformationRequest::requested,
                   &InformationRequest::from, &InformationRequest::due, &InformationRequest::review,
                   &InformationRequest::fulfilled, &InformationRequest::refused);
};

template <>
struct Members<Pack::Share> {
    static constexpr auto list =
        std::tuple(&Pack::Share::entry, &Pack::Share::recipient, &Pack::Share::expires);
};

template <>
struct Members<Pack::Access> {
    static constexpr auto list = std::tuple(&Pack::Access::entry, &Pack::Access::reader);
};

template <>
struct Members<Pack> {
    static constexpr auto list =
        std::tuple(&Pack::ref, &Pack::frozen, &Pack::as_at, &Pack::recipient, &Pack::items,
                   &Pack::redacted, &Pack::size, &Pack::digest, &Pack::disclosed, &Pack::closest,
                   &Pack::shares, &Pack::accesses);
};

template <>
struct Members<Hold> {
    static constexpr auto list =
        std::tuple(&Hold::ref, &Hold::placed, &Hold::scope, &Hold::released);
};

template <>
struct Members<Erasure::Verdict> {
    static constexpr auto list = std::tuple(&Erasure::Verdict::entry, &Erasure::Verdict::decision,
                                            &Erasure::Verdict::ground, &Erasure::Verdict::kept);
};

template <>
struct Members<Erasure::Done> {
    static constexpr auto list = std::tuple(&Erasure::Done::entry, &Erasure::Done::key_destroyed,
                                            &Erasure::Done::vault_generation);
};

template <>
struct Members<Erasure> {
    static constexpr auto list =
        std::tuple(&Erasure::ref, &Erasure::subject, &Erasure::requested, &Erasure::scope,
                   &Erasure::event, &Erasure::decided, &Erasure::erased);
};

template <>
struct Members<Retention::Rule> {
    static constexpr auto list =
        std::tuple(&Retention::Rule::by, &Retention::Rule::due, &Retention::Rule::applied);
};

template <>
struct Members<Retention> {
    static constexpr auto list = std::tuple(&Retention::subject, &Retention::rule,
                                            &Retention::approved, &Retention::disposed);
};

template <>
struct Members<Mark> {
    static constexpr auto list = std::tuple(&Mark::entry, &Mark::how, &Mark::target);
};

template <>
struct Members<ShownCode> {
    static constexpr auto list = std::tuple(&ShownCode::subject, &ShownCode::code);
};

template <>
struct Members<CorrectedCode> {
    static constexpr auto list =
        std::tuple(&CorrectedCode::subject, &CorrectedCode::from, &CorrectedCode::to);
};

template <>
struct Members<Publication::Check> {
    static constexpr auto list =
        std::tuple(&Publication::Check::entry, &Publication::Check::privacy,
                   &Publication::Check::accessibility);
};

template <>
struct Members<Publication::Out> {
    static constexpr auto list =
        std::tuple(&Publication::Out::entry, &Publication::Out::shown, &Publication::Out::digest);
};

template <>
struct Members<Publication::Correction> {
    static constexpr auto list =
        std::tuple(&Publication::Correction::entry, &Publication::Correction::approved_by,
                   &Publication::Correction::changes, &Publication::Correction::shown);
};

template <>
struct Members<Publication> {
    static constexpr auto list =
        std::tuple(&Publication::ref, &Publication::drafted, &Publication::as_at,
                   &Publication::channel, &Publication::checks, &Publication::approved,
                   &Publication::published, &Publication::corrections, &Publication::withdrawn);
};

}  // namespace wsoa::record
