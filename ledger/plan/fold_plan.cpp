#include "ledger/plan/folds.h"

#include <fmt/format.h>

namespace wsoa::folds {
namespace {

using Stage = schema::PlanStage;

PlanVersion* version_of(Plan& plan, capnp::Text::Reader label) {
    return last_of(plan.versions,
                   [&](const PlanVersion& version) { return version.label == read::text(label); });
}

Why plan_submitted(Plan& plan, const Happened& at, schema::PlanSubmitted::Reader fields) {
    plan.versions.push_back(PlanVersion{.label = std::string(read::text(fields.getVersion())),
                                        .submitted = at.entry,
                                        .returned = {},
                                        .fit_for_purpose = {},
                                        .letter = {}});
    plan.stage.set(at.effective(), at.index(), Stage::SUBMITTED);
    return {};
}

Why plan_returned(Plan& plan, const Happened& at, schema::PlanReturned::Reader fields) {
    auto* version = version_of(plan, fields.getVersion());
    if (version == nullptr) {
        return "no such version was handed in";
    }
    version->returned = at.entry;
    version->letter = read::subject(fields.getLetter());
    plan.stage.set(at.effective(), at.index(), Stage::DRAFTING);
    return {};
}

Why plan_declared_fit(Plan& plan, const Happened& at,
                      schema::PlanDeclaredFitForPurpose::Reader fields) {
    auto* version = version_of(plan, fields.getVersion());
    if (version == nullptr) {
        return "no such version was handed in";
    }
    version->fit_for_purpose = at.entry;
    version->letter = read::subject(fields.getLetter());
    plan.stage.set(at.effective(), at.index(), Stage::FIT_FOR_PURPOSE);
    return {};
}

void adopt(Plan& plan, const Happened& at, PlanBaseline baseline) {
    for (const auto& item : baseline.items) {
        const auto* action = part_in(plan.actions, item);
        auto* area = action == nullptr ? nullptr : part_in(plan.areas, action->area);
        const auto* stage = area == nullptr ? nullptr : area->stage.at(at.effective());
        if (stage != nullptr && stage->value == schema::AreaStage::OPEN) {
            area->stage.set(at.effective(), at.index(), schema::AreaStage::IN_DELIVERY);
        }
    }
    plan.baselines.push_back(std::move(baseline));
    plan.stage.set(at.effective(), at.index(), Stage::IN_DELIVERY);
}

Why plan_baselined(Plan& plan, const Happened& at, schema::PlanBaselined::Reader fields) {
    adopt(plan, at,
          PlanBaseline{.label = std::string(read::text(fields.getVersion())),
                       .adopted = at.entry,
                       .items = read::subjects(fields.getItems()),
                       .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting())});
    return {};
}

Why plan_rebaselined(Plan& plan, const Happened& at, schema::PlanRebaselined::Reader fields) {
    adopt(plan, at,
          PlanBaseline{.label = std::string(read::text(fields.getVersion())),
                       .adopted = at.entry,
                       .items = read::subjects(fields.getItems()),
                       .meeting = read::subject(fields.getMeeting()),
                       .adviser_informed = fields.getAdviserInformed()});
    return {};
}

Why plan_superseded(Plan& plan, const Happened& at, schema::PlanSuperseded::Reader fields) {
    PlanSuccession succession{
        .entry = at.entry, .successor = read::plan(fields.getSuccessor()), .carried = {}};
    for (const auto item : fields.getCarried()) {
        succession.carried.push_back(
            CarriedItem{.from = read::subject(item.getFrom()), .to = read::subject(item.getTo())});
    }
    plan.succession = std::move(succession);
    plan.stage.set(at.effective(), at.index(), Stage::SUPERSEDED);
    return {};
}

Why plan_closed(Plan& plan, const Happened& at) {
    plan.stage.set(at.effective(), at.index(), Stage::CLOSED);
    return {};
}

Why strategy_linked(Plan& plan, const Happened& at, schema::StrategyLinked::Reader fields) {
    plan.strategies.push_back(
        Strategy{.linked = at.entry,
                 .from = read::date_if(fields.hasFrom(), fields.getFrom()),
                 .until = read::date_if(fields.hasUntil(), fields.getUntil())});
    return {};
}

Why area_added(Plan& plan, const Happened& at, schema::AreaAdded::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    Area area{.ref = ref,
              .added_at = at.index(),
              .added_on = at.effective(),
              .lead = {},
              .title = {},
              .impact = {},
              .stage = {},
              .conclusions = {}};
    area.lead.set(at.effective(), at.index(), read::person(fields.getLead()));
    area.title.set(at.effective(), at.index(), at.index());
    area.stage.set(at.effective(), at.index(), schema::AreaStage::OPEN);
    plan.areas.emplace(ref, std::move(area));
    return {};
}

Why area_reworded(Plan& plan, const Happened& at) {
    auto* area = part_in(plan.areas, at.subject());
    if (area == nullptr) {
        return "its area is not there";
    }
    area->title.set(at.effective(), at.index(), at.index());
    return {};
}

Why outcome_added(Plan& plan, const Happened& at, schema::OutcomeAdded::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    auto area = read::subject(fields.getParent());
    if (!plan.areas.contains(area)) {
        return fmt::format("the area {} is not there", area.str());
    }
    plan.outcomes.emplace(ref, Outcome{.ref = ref,
                                       .added_at = at.index(),
                                       .added_on = at.effective(),
                                       .area = std::move(area)});
    return {};
}

Why owner_changed(Plan& plan, const Happened& at, schema::OwnerChanged::Reader fields) {
    plan.handovers.push_back(Handover{.offered = at.entry,
                                      .subject = at.subject(),
                                      .from = read::person(fields.getFrom()),
                                      .to = read::person(fields.getTo()),
                                      .from_date = read::date(fields.getFromDate()),
                                      .accepted = {}});
    return {};
}

Why owner_accepted(Plan& plan, const Happened& at) {
    auto* handover = last_of(plan.handovers, [&](const Handover& offered) {
        return offered.offered.index == at.event.envelope().answers && !offered.accepted;
    });
    if (handover == nullptr) {
        return "it answers no handover that waits";
    }
    handover->accepted = at.entry;
    // No day is without an owner: the new one's begins where the old one's ends.
    const auto from = handover->from_date;
    if (auto* action = part_in(plan.actions, handover->subject)) {
        action->owner.set(from, at.index(), handover->to);
    } else if (auto* area = part_in(plan.areas, handover->subject)) {
        area->lead.set(from, at.index(), handover->to);
    }
    return {};
}

}  // namespace

Why taken(const Plan& plan, const SubjectRef& ref) {
    return plan.has(ref) ? Why(fmt::format("{} stands for something else already", ref.str()))
                         : std::nullopt;
}

Why plan_drafted(State& state, const Happened& at, schema::PlanDrafted::Reader fields) {
    const auto ref = at.event.envelope().plan;
    if (!ref || at.subject() != SubjectRef::of(*ref)) {
        return "its subject is not a plan";
    }
    if (state.plans.contains(*ref)) {
        return fmt::format("the plan {} was drafted before", ref->str());
    }
    Plan plan{.ref = *ref,
              .drafted_at = at.index(),
              .drafted_on = at.effective(),
              .kind = fields.getKind(),
              .inspected_from = read::date_if(fields.hasInspectedFrom(), fields.getInspectedFrom()),
              .inspected_to = read::date_if(fields.hasInspectedTo(), fields.getInspectedTo()),
              .report_date = read::date_if(fields.hasReportDate(), fields.getReportDate()),
              .due = read::date_if(fields.hasDue(), fields.getDue()),
              .partners = read::choices<schema::Organisation>(fields.getPartners()),
              .predecessor =
                  read::if_there(fields.hasPredecessor(), read::plan, fields.getPredecessor())};
    plan.stage.set(at.effective(), at.index(), Stage::DRAFTING);
    state.plans.emplace(*ref, std::move(plan));
    return {};
}

std::vector<Row> of_plan() {
    return {
        {Kind::PLAN_SUBMITTED, with_fields<&Reader::getPlanSubmitted, plan_submitted>},
        {Kind::PLAN_RETURNED, with_fields<&Reader::getPlanReturned, plan_returned>},
        {Kind::PLAN_DECLARED_FIT_FOR_PURPOSE,
         with_fields<&Reader::getPlanDeclaredFitForPurpose, plan_declared_fit>},
        {Kind::PLAN_BASELINED, with_fields<&Reader::getPlanBaselined, plan_baselined>},
        {Kind::PLAN_REBASELINED, with_fields<&Reader::getPlanRebaselined, plan_rebaselined>},
        {Kind::PLAN_SUPERSEDED, with_fields<&Reader::getPlanSuperseded, plan_superseded>},
        {Kind::PLAN_CLOSED, plan_closed},
        {Kind::STRATEGY_LINKED, with_fields<&Reader::getStrategyLinked, strategy_linked>},
        {Kind::AREA_ADDED, with_fields<&Reader::getAreaAdded, area_added>},
        {Kind::AREA_REWORDED, area_reworded},
        {Kind::OUTCOME_ADDED, with_fields<&Reader::getOutcomeAdded, outcome_added>},
        {Kind::OWNER_CHANGED, with_fields<&Reader::getOwnerChanged, owner_changed>},
        {Kind::OWNER_ACCEPTED, owner_accepted},
    };
}

}  // namespace wsoa::folds
