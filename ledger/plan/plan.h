#pragma once

#include "ledger/base/names.h"
#include "ledger/plan/delivery.h"
#include "ledger/plan/evidence.h"
#include "ledger/plan/governance.h"
#include "ledger/plan/measure.h"
#include "ledger/plan/publication.h"
#include "ledger/plan/ratings.h"
#include "ledger/plan/records.h"
#include "ledger/plan/register.h"
#include "ledger/plan/review.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What events add up to, as plain values. Nobody's words are in it: it holds the indexes of the
// events whose words say the rest.

// What a reference of a ledger can stand for.
enum class SubjectKind : std::uint8_t {
    ledger,
    person,
    plan,
    area,
    outcome,
    action,
    milestone,
    measure,
    evidence,
    meeting,
    decision,
    challenge,
    exception,
    risk,
    review,
    request,
    pack,
    publication,
    hold,
    erasure,
};

// An area of weakness, with its one overall lead and the ratings of its impact.
struct Area {
    SubjectRef ref;
    EventIndex added_at;
    Date added_on;
    Register<PersonId> lead;
    Register<EventIndex> title;  // the event whose words say it
    Ratings impact;
    Register<schema::AreaStage> stage;
    std::vector<Conclusion> conclusions;

    bool operator==(const Area&) const = default;
};

// What is to be better for families, within an area.
struct Outcome {
    SubjectRef ref;
    EventIndex added_at;
    Date added_on;
    SubjectRef area;

    bool operator==(const Outcome&) const = default;
};

// A version that was handed in, and what the inspectorates said of it.
struct PlanVersion {
    std::string label;
    Entry submitted;
    std::optional<Entry> returned;
    std::optional<Entry> fit_for_purpose;
    std::optional<SubjectRef> letter;

    bool operator==(const PlanVersion&) const = default;
};

// A version adopted as that against which progress is told.
struct PlanBaseline {
    std::string label;
    Entry adopted;
    std::vector<SubjectRef> items;
    std::optional<SubjectRef> meeting;
    bool adviser_informed = false;

    bool operator==(const PlanBaseline&) const = default;
};

// An action here, and what it is in the successor.
struct CarriedItem {
    SubjectRef from;
    SubjectRef to;

    bool operator==(const CarriedItem&) const = default;
};
struct PlanSuccession {
    Entry entry;
    PlanRef successor;
    std::vector<CarriedItem> carried;

    bool operator==(const PlanSuccession&) const = default;
};

// When an unconfirmed rating turns stale, and what is due soon.
struct ReportingPolicy {
    schema::Rhythm rhythm = schema::Rhythm::UNSET;
    std::optional<std::uint32_t> stale_after;         // days after the period; null for never
    std::optional<std::uint32_t> due_soon;            // days ahead; null for the usual
    std::optional<schema::ReadsRecorded> reads = {};  // null for none

    bool operator==(const ReportingPolicy&) const = default;
};

// The digest of the plan's state at a size of the ledger, as an event committed it.
struct ClosedPeriod {
    Entry entry;
    TreeSize size;
    Hash state;
    Hash heads;

    bool operator==(const ClosedPeriod&) const = default;
};

// A plan with all of its parts.
struct Plan {
    PlanRef ref;
    EventIndex drafted_at;
    Date drafted_on;
    schema::PlanKind kind = schema::PlanKind::UNSET;
    std::optional<Date> inspected_from;
    std::optional<Date> inspected_to;
    std::optional<Date> report_date;
    std::optional<Date> due;
    std::vector<schema::Organisation> partners;
    std::optional<PlanRef> predecessor;
    Register<schema::PlanStage> stage = {};
    std::vector<PlanVersion> versions = {};
    std::vector<PlanBaseline> baselines = {};
    std::optional<PlanSuccession> succession = {};
    Register<ReportingPolicy> policy = {};
    std::vector<RatingScale> scales = {};
    std::vector<ChangeRequest> changes = {};
    std::vector<Handover> handovers = {};
    std::vector<Strategy> strategies = {};
    std::map<schema::Body, Register<BodyFacts>> bodies = {};
    std::vector<Report> reports = {};
    std::vector<Engagement> engagements = {};
    std::vector<SelfEvaluation> self_evaluations = {};
    std::vector<Conclusion> conclusions = {};
    std::vector<Mark> marks = {};
    std::vector<ClosedPeriod> closed_periods = {};
    std::map<SubjectRef, Retention> retentions = {};  // by what is kept
    // By reference; the same reference never stands for two things.
    std::map<SubjectRef, Area> areas = {};
    std::map<SubjectRef, Outcome> outcomes = {};
    std::map<SubjectRef, Action> actions = {};
    std::map<SubjectRef, Milestone> milestones = {};
    std::map<SubjectRef, Measure> measures = {};
    std::map<SubjectRef, Evidence> evidence = {};
    std::map<SubjectRef, Meeting> meetings = {};
    std::map<SubjectRef, Resolution> decisions = {};
    std::map<SubjectRef, Challenge> challenges = {};
    std::map<SubjectRef, Exception> exceptions = {};
    std::map<SubjectRef, Risk> risks = {};
    std::map<SubjectRef, ExternalReview> reviews = {};
    std::map<SubjectRef, InformationRequest> requests = {};
    std::map<SubjectRef, Pack> packs = {};
    std::map<SubjectRef, Publication> publications = {};
    std::map<SubjectRef, Hold> holds = {};
    std::map<SubjectRef, Erasure> erasures = {};

    // What the reference stands for; null if for nothing.
    std::optional<SubjectKind> kind_of(const SubjectRef& subject) const;
    bool has(const SubjectRef& subject) const { return kind_of(subject).has_value(); }
    // Every reference of the plan, its own first.
    std::vector<SubjectRef> references() const;
    bool operator==(const Plan&) const = default;
};

// A plan as the ledger's first `size` events left it, `events` of which are its own: where a fold
// of the later ones begins.
struct PlanAt {
    TreeSize size;
    std::uint64_t events = 0;
    std::optional<Plan> plan = {};  // null while it is not drafted
};

// The part of that reference in one of a plan's maps; null if there is none.
template <typename Parts>
auto* part_in(Parts& parts, const SubjectRef& ref) {
    const auto found = parts.find(ref);
    return found == parts.end() ? nullptr : &found->second;
}

// A reference as one of that sort is usually written: "TH-1.2" for an action. For help and samples.
std::string_view example_of(SubjectKind kind);

}  // namespace wsoa
