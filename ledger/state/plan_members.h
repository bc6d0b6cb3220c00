#pragma once

#include "ledger/plan/plan.h"
#include "ledger/state/plan_members_matters.h"
#include "ledger/state/records.h"

// The members of everything that a plan holds, in the order in which ledger/plan declares them:
// this is what a plan's canonical bytes are made by. Whoever adds a member there adds it here and
// in cli/pages/check/plan_members.js, and names another plan_state_label.
namespace wsoa::record {

template <>
struct Last<ReadingValue::How> {
    static constexpr auto member = ReadingValue::How::restated;
};
template <>
struct Members<Entry> {
    static constexpr auto list =
        std::tuple(&Entry::index, &Entry::effective, &Entry::by, &Entry::on_behalf_of);
};

template <>
struct Members<RatingScale> {
    static constexpr auto list = std::tuple(&RatingScale::defined, &RatingScale::axis,
                                            &RatingScale::version, &RatingScale::codes);
};

template <>
struct Members<Proposal> {
    static constexpr auto list = std::tuple(&Proposal::index, &Proposal::effective, &Proposal::by,
                                            &Proposal::scale, &Proposal::from, &Proposal::to,
                                            &Proposal::confirmed_by, &Proposal::on_behalf_of);
};

template <>
struct Members<Rating> {
    static constexpr auto list =
        std::tuple(&Rating::code, &Rating::scale, &Rating::proposal, &Rating::confirmed_by,
                   &Rating::meeting, &Rating::instead_of);
};

template <>
struct Members<Ratings> {
    static constexpr auto list = std::tuple(&Ratings::proposals, &Ratings::confirmed);
};

template <>
struct Members<ProgressReport> {
    static constexpr auto list = std::tuple(&ProgressReport::index, &ProgressReport::by,
                                            &ProgressReport::period, &ProgressReport::percent);
};

template <>
struct Members<Claim> {
    static constexpr auto list =
        std::tuple(&Claim::claimed, &Claim::evidence, &Claim::rejected, &Claim::completed);
};

template <>
struct Members<Completion> {
    static constexpr auto list = std::tuple(&Completion::completed, &Completion::evidence,
                                            &Completion::meeting, &Completion::reopened);
};

template <>
struct Members<Action::Started> {
    static constexpr auto list = std::tuple(&Action::Started::index, &Action::Started::effective);
};

template <>
struct Members<Action> {
    static constexpr auto list =
        std::tuple(&Action::ref, &Action::added_at, &Action::added_on, &Action::outcome,
                   &Action::area, &Action::owner, &Action::accountable, &Action::organisation,
                   &Action::start, &Action::original_deadline, &Action::deadline, &Action::measures,
                   &Action::evidence_required, &Action::started, &Action::stage,
                   &Action::paused_until, &Action::progress, &Action::delivery, &Action::claims,
                   &Action::completions, &Action::successors);
};

template <>
struct Members<Milestone> {
    static constexpr auto list =
        std::tuple(&Milestone::ref, &Milestone::added_at, &Milestone::added_on, &Milestone::action,
                   &Milestone::original_deadline, &Milestone::deadline, &Milestone::stage,
                   &Milestone::met_on, &Milestone::evidence, &Milestone::reported);
};

template <>
struct Members<ChangeRequest::Approval> {
    static constexpr auto list =
        std::tuple(&ChangeRequest::Approval::entry, &ChangeRequest::Approval::late,
                   &ChangeRequest::Approval::adviser_informed, &ChangeRequest::Approval::meeting);
};

template <>
struct Members<ChangeRequest> {
    static constexpr auto list =
        std::tuple(&ChangeRequest::requested, &ChangeRequest::subject, &ChangeRequest::field,
                   &ChangeRequest::from, &ChangeRequest::to, &ChangeRequest::from_value,
                   &ChangeRequest::to_value, &ChangeRequest::level, &ChangeRequest::stage,
                   &ChangeRequest::approved, &ChangeRequest::ended);
};

template <>
struct Members<Handover> {
    static constexpr auto list =
        std::tuple(&Handover::offered, &Handover::subject, &Handover::from, &Handover::to,
                   &Handover::from_date, &Handover::accepted);
};

template <>
struct Members<MeasureDefinition> {
    static constexpr auto list =
        std::tuple(&MeasureDefinition::defined, &MeasureDefinition::number,
                   &MeasureDefinition::unit, &MeasureDefinition::polarity,
                   &MeasureDefinition::rhythm, &MeasureDefinition::cumulative_from,
                   &MeasureDefinition::green_within, &MeasureDefinition::amber_within,
                   &MeasureDefinition::small_number, &MeasureDefinition::is_comparable);
};

template <>
struct Members<MeasureBaseline> {
    static constexpr auto list = std::tuple(&MeasureBaseline::definition,
                                            &MeasureBaseline::period_end, &MeasureBaseline::value);
};

template <>
struct Members<MeasureTarget> {
    static constexpr auto list = std::tuple(&MeasureTarget::definition, &MeasureTarget::value,
                                            &MeasureTarget::date, &MeasureTarget::benchmark);
};

template <>
struct Members<TrajectoryPoint> {
    static constexpr auto list = std::tuple(&TrajectoryPoint::date, &TrajectoryPoint::value);
};

template <>
struct Members<Trajectory> {
    static constexpr auto list = std::tuple(&Trajectory::definition, &Trajectory::points);
};

template <>
struct Members<ReadingValue> {
    static constexpr auto list =
        std::tuple(&ReadingValue::how, &ReadingValue::value, &ReadingValue::numerator,
                   &ReadingValue::denominator, &ReadingValue::evidence, &ReadingValue::by);
};

template <>
struct Members<MeasureReading> {
    static constexpr auto list =
        std::tuple(&MeasureReading::recorded, &MeasureReading::definition, &MeasureReading::period,
                   &MeasureReading::period_start, &MeasureReading::period_end,
                   &MeasureReading::provisional_until, &MeasureReading::value);
};

template <>
struct Members<Measure> {
    static constexpr auto list =
        std::tuple(&Measure::ref, &Measure::added_at, &Measure::added_on, &Measure::definitions,
                   &Measure::baseline, &Measure::target, &Measure::trajectory, &Measure::readings);
};

template <>
struct Members<EvidenceLink> {
    static constexpr auto list =
        std::tuple(&EvidenceLink::target, &EvidenceLink::linked, &EvidenceLink::unlinked);
};

template <>
struct Members<EvidenceSubmission::Review> {
    static constexpr auto list =
        std::tuple(&EvidenceSubmission::Review::entry, &EvidenceSubmission::Review::as_role,
                   &EvidenceSubmission::Review::outcome, &EvidenceSubmission::Review::checks);
};

template <>
struct Members<EvidenceSubmission> {
    static constexpr auto list = std::tuple(
        &EvidenceSubmission::submitted, &EvidenceSubmission::target, &EvidenceSubmission::reviews);
};

template <>
struct Members<RedactedCopy> {
    static constexpr auto list =
        std::tuple(&RedactedCopy::issued, &RedactedCopy::derivative, &RedactedCopy::redactor,
                   &RedactedCopy::second_checker, &RedactedCopy::categories, &RedactedCopy::method);
};

template <>
struct Members<Evidence::Superseded> {
    static constexpr auto list =
        std::tuple(&Evidence::Superseded::entry, &Evidence::Superseded::by);
};

template <>
struct Members<NamedDocument> {
    static constexpr auto list = std::tuple(&NamedDocument::number, &NamedDocument::commitment);
};

template <>
struct Members<Evidence> {
    static constexpr auto list = std::tuple(
        &Evidence::ref, &Evidence::added_at, &Evidence::added_on, &Evidence::by, &Evidence::type,
        &Evidence::version, &Evidence::date_of_document, &Evidence::period_start,
        &Evidence::period_end, &Evidence::source, &Evidence::personal_data, &Evidence::review_by,
        &Evidence::lawful_basis, &Evidence::prior, &Evidence::stage, &Evidence::links,
        &Evidence::submissions, &Evidence::superseded, &Evidence::stale, &Evidence::redacted_copies,
        &Evidence::erased, &Evidence::document);
};

template <>
struct Members<Area> {
    static constexpr auto list =
        std::tuple(&Area::ref, &Area::added_at, &Area::added_on, &Area::lead, &Area::title,
                   &Area::impact, &Area::stage, &Area::conclusions);
};

template <>
struct Members<Outcome> {
    static constexpr auto list =
        std::tuple(&Outcome::ref, &Outcome::added_at, &Outcome::added_on, &Outcome::area);
};

template <>
struct Members<PlanVersion> {
    static constexpr auto list =
        std::tuple(&PlanVersion::label, &PlanVersion::submitted, &PlanVersion::returned,
                   &PlanVersion::fit_for_purpose, &PlanVersion::letter);
};

template <>
struct Members<PlanBaseline> {
    static constexpr auto list =
        std::tuple(&PlanBaseline::label, &PlanBaseline::adopted, &PlanBaseline::items,
                   &PlanBaseline::meeting, &PlanBaseline::adviser_informed);
};

template <>
struct Members<CarriedItem> {
    static constexpr auto list = std::tuple(&CarriedItem::from, &CarriedItem::to);
};

template <>
struct Members<PlanSuccession> {
    static constexpr auto list =
        std::tuple(&PlanSuccession::entry, &PlanSuccession::successor, &PlanSuccession::carried);
};

template <>
struct Members<ReportingPolicy> {
    static constexpr auto list = std::tuple(&ReportingPolicy::rhythm, &ReportingPolicy::stale_after,
                                            &ReportingPolicy::due_soon, &ReportingPolicy::reads);
};

template <>
struct Members<ClosedPeriod> {
    static constexpr auto list = std::tuple(&ClosedPeriod::entry, &ClosedPeriod::size,
                                            &ClosedPeriod::state, &ClosedPeriod::heads);
};

}  // namespace wsoa::record
