#include "ledger/plan/fold_plan.h"

#include "ledger/event/fields.h"

#include <fmt/format.h>

namespace wsoa::plan_fold {
namespace {

// Whether a reference is still free, and if not, why the event cannot apply.
Outcome taken(const Plan& plan, const SubjectRef& ref) {
    return plan.holds(ref) ? Outcome(fmt::format("{} stands for something else already", ref.str()))
                           : std::nullopt;
}

// The ratings that an entry about a rating concerns; null if its subject has none on that axis.
Ratings* ratings_of(Plan& plan, const SubjectRef& subject, schema::Axis axis) {
    if (axis == schema::Axis::DELIVERY) {
        const auto found = plan.actions.find(subject);
        return found == plan.actions.end() ? nullptr : &found->second.delivery;
    }
    const auto found = plan.areas.find(subject);
    return found == plan.areas.end() ? nullptr : &found->second.impact;
}

}  // namespace

Outcome plan_drafted(State& state, const Event& event, schema::PlanDrafted::Reader fields) {
    const auto ref = event.envelope().plan;
    if (!ref || event.envelope().subject != SubjectRef::of(*ref)) {
        return "its subject is not a plan";
    }
    if (state.plans.contains(*ref)) {
        return fmt::format("the plan {} was drafted before", ref->str());
    }
    Plan plan{
        .ref = *ref,
        .drafted_at = event.index(),
        .kind = fields.getKind(),
        .inspected_from =
            (fields.hasInspectedFrom() ? std::optional(read::date(fields.getInspectedFrom()))
                                       : std::nullopt),
        .inspected_to =
            (fields.hasInspectedTo() ? std::optional(read::date(fields.getInspectedTo()))
                                     : std::nullopt),
        .report_date = (fields.hasReportDate() ? std::optional(read::date(fields.getReportDate()))
                                               : std::nullopt),
        .due = (fields.hasDue() ? std::optional(read::date(fields.getDue())) : std::nullopt),
        .partners = {},
        .predecessor = {},
        .areas = {},
        .outcomes = {},
        .actions = {},
        .evidence = {}};
    for (const auto partner : fields.getPartners()) {
        plan.partners.push_back(partner);
    }
    if (fields.hasPredecessor()) {
        plan.predecessor = read::plan(fields.getPredecessor());
    }
    state.plans.emplace(*ref, std::move(plan));
    return {};
}

Outcome area_added(Plan& plan, const Event& event, schema::AreaAdded::Reader fields) {
    const auto& ref = event.envelope().subject;
    if (auto why = taken(plan, ref)) {
        return why;
    }
    Area area{.ref = ref, .added_at = event.index(), .lead = {}, .impact = {}};
    area.lead.set(event.envelope().effective, event.index(), read::person(fields.getLead()));
    plan.areas.emplace(ref, std::move(area));
    return {};
}

Outcome outcome_added(Plan& plan, const Event& event, schema::OutcomeAdded::Reader fields) {
    const auto& ref = event.envelope().subject;
    if (auto why = taken(plan, ref)) {
        return why;
    }
    const auto area = read::subject(fields.getParent());
    if (!plan.areas.contains(area)) {
        return fmt::format("the area {} is not there", area.str());
    }
    plan.outcomes.emplace(ref, wsoa::Outcome{.ref = ref, .added_at = event.index(), .area = area});
    return {};
}

Outcome action_added(Plan& plan, const Event& event, schema::ActionAdded::Reader fields) {
    const auto& ref = event.envelope().subject;
    if (auto why = taken(plan, ref)) {
        return why;
    }
    const auto outcome = plan.outcomes.find(read::subject(fields.getParent()));
    if (outcome == plan.outcomes.end()) {
        return fmt::format("the outcome {} is not there", read::text(fields.getParent()));
    }
    const auto effective = event.envelope().effective;
    Action action{.ref = ref,
                  .added_at = event.index(),
                  .outcome = outcome->first,
                  .area = outcome->second.area,
                  .owner = {},
                  .accountable = {},
                  .organisation = fields.getOrganisation(),
                  .start = read::date(fields.getStart()),
                  .original_deadline = read::date(fields.getDeadline()),
                  .deadline = {},
                  .measures = {},
                  .evidence_required = fields.getEvidenceRequired(),
                  .started = {},
                  .progress = {},
                  .delivery = {}};
    action.owner.set(effective, event.index(), read::person(fields.getOwner()));
    action.accountable.set(effective, event.index(), read::person(fields.getAccountable()));
    action.deadline.set(effective, event.index(), action.original_deadline);
    for (const auto measure : fields.getMeasures()) {
        action.measures.push_back(read::subject(measure));
    }
    plan.actions.emplace(ref, std::move(action));
    return {};
}

Outcome action_started(Plan& plan, const Event& event) {
    const auto found = plan.actions.find(event.envelope().subject);
    if (found == plan.actions.end()) {
        return "its action is not there";
    }
    if (found->second.started) {
        return "the action was started before";
    }
    found->second.started =
        Action::Started{.index = event.index(), .effective = event.envelope().effective};
    return {};
}

Outcome progress_recorded(Plan& plan, const Event& event, const PersonId& author,
                          schema::ProgressRecorded::Reader fields) {
    const auto found = plan.actions.find(event.envelope().subject);
    if (found == plan.actions.end()) {
        return "its action is not there";
    }
    ProgressReport progress{.index = event.index(), .by = author, .period = {}, .percent = {}};
    if (fields.hasPeriod()) {
        progress.period = Month{fields.getPeriod().getMonths()};
    }
    if (fields.hasPercent()) {
        progress.percent = fields.getPercent().getValue();
    }
    found->second.progress.set(event.envelope().effective, event.index(), std::move(progress));
    return {};
}

Outcome rating_proposed(Plan& plan, const Event& event, const PersonId& author,
                        schema::RatingProposed::Reader fields) {
    auto* ratings = ratings_of(plan, event.envelope().subject, fields.getAxis());
    if (ratings == nullptr) {
        return "nothing of that reference is rated on this axis";
    }
    ratings->proposals.push_back(Proposal{.index = event.index(),
                                          .effective = event.envelope().effective,
                                          .by = author,
                                          .scale = fields.getScale(),
                                          .from = std::string(read::text(fields.getFrom())),
                                          .to = std::string(read::text(fields.getTo())),
                                          .confirmed_by = {},
                                          .on_behalf_of = event.envelope().on_behalf_of});
    return {};
}

Outcome rating_confirmed(Plan& plan, const Event& event, const PersonId& author,
                         schema::RatingConfirmed::Reader fields) {
    auto* ratings = ratings_of(plan, event.envelope().subject, fields.getAxis());
    if (ratings == nullptr) {
        return "nothing of that reference is rated on this axis";
    }
    for (auto& proposal : ratings->proposals) {
        if (proposal.index != event.envelope().answers || proposal.confirmed_by) {
            continue;
        }
        proposal.confirmed_by = event.index();
        Rating rating{.code = std::string(read::text(fields.getTo())),
                      .scale = fields.getScale(),
                      .proposal = proposal.index,
                      .confirmed_by = author,
                      .meeting = {}};
        if (fields.hasMeeting()) {
            rating.meeting = read::subject(fields.getMeeting());
        }
        ratings->confirmed.set(event.envelope().effective, event.index(), std::move(rating));
        return {};
    }
    return "it answers no proposal that waits to be confirmed";
}

Outcome evidence_registered(Plan& plan, const Event& event, const PersonId& author,
                            schema::EvidenceRegistered::Reader fields) {
    const auto& ref = event.envelope().subject;
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.evidence.emplace(
        ref,
        Evidence{
            .ref = ref,
            .added_at = event.index(),
            .by = author,
            .type = fields.getType(),
            .version = fields.getVersion(),
            .date_of_document =
                (fields.hasDateOfDocument() ? std::optional(read::date(fields.getDateOfDocument()))
                                            : std::nullopt),
            .period_start =
                (fields.hasPeriodStart() ? std::optional(read::date(fields.getPeriodStart()))
                                         : std::nullopt),
            .period_end = (fields.hasPeriodEnd() ? std::optional(read::date(fields.getPeriodEnd()))
                                                 : std::nullopt),
            .source = fields.getSourceOrganisation(),
            .personal_data = fields.getPersonalData(),
            .review_by = (fields.hasReviewBy() ? std::optional(read::date(fields.getReviewBy()))
                                               : std::nullopt)});
    return {};
}

}  // namespace wsoa::plan_fold
