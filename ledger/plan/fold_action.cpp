#include "ledger/plan/folds.h"

#include <fmt/format.h>

namespace wsoa::folds {
namespace {

using Stage = schema::ActionStage;

Why action_added(Plan& plan, const Happened& at, schema::ActionAdded::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    const auto outcome = plan.outcomes.find(read::subject(fields.getParent()));
    if (outcome == plan.outcomes.end()) {
        return fmt::format("the outcome {} is not there", read::text(fields.getParent()));
    }
    Action action{.ref = ref,
                  .added_at = at.index(),
                  .added_on = at.effective(),
                  .outcome = outcome->first,
                  .area = outcome->second.area,
                  .owner = {},
                  .accountable = {},
                  .organisation = fields.getOrganisation(),
                  .start = read::date(fields.getStart()),
                  .original_deadline = read::date(fields.getDeadline()),
                  .deadline = {},
                  .measures = read::subjects(fields.getMeasures()),
                  .evidence_required = fields.getEvidenceRequired(),
                  .started = {},
                  .stage = {},
                  .paused_until = {},
                  .progress = {},
                  .delivery = {},
                  .claims = {},
                  .completions = {},
                  .successors = {}};
    action.owner.set(at.effective(), at.index(), read::person(fields.getOwner()));
    action.accountable.set(at.effective(), at.index(), read::person(fields.getAccountable()));
    action.deadline.set(at.effective(), at.index(), action.original_deadline);
    action.stage.set(at.effective(), at.index(), Stage::NOT_STARTED);
    plan.actions.emplace(ref, std::move(action));
    return {};
}

// A fold over the action that the event is about.
template <auto fold_action>
Why on_action(Plan& plan, const Happened& at) {
    auto* action = part_in(plan.actions, at.subject());
    return action == nullptr ? Why("its action is not there") : fold_action(*action, at);
}
template <auto reader, auto fold_action>
Why on_action_with(Plan& plan, const Happened& at) {
    auto* action = part_in(plan.actions, at.subject());
    return action == nullptr ? Why("its action is not there")
                             : fold_action(*action, at, (at.event.change().reader().*reader)());
}

Why action_started(Action& action, const Happened& at) {
    if (action.started) {
        return "the action was started before";
    }
    action.started = Action::Started{.index = at.index(), .effective = at.effective()};
    action.stage.set(at.effective(), at.index(), Stage::IN_PROGRESS);
    return {};
}

Why action_paused(Action& action, const Happened& at, schema::ActionPaused::Reader fields) {
    action.stage.set(at.effective(), at.index(), Stage::PAUSED);
    action.paused_until.set(at.effective(), at.index(), read::date(fields.getUntil()));
    return {};
}

Why action_resumed(Action& action, const Happened& at) {
    action.stage.set(at.effective(), at.index(), Stage::IN_PROGRESS);
    return {};
}

Why progress_recorded(Action& action, const Happened& at, schema::ProgressRecorded::Reader fields) {
    action.progress.set(
        at.effective(), at.index(),
        ProgressReport{.index = at.index(),
                       .by = at.entry.by,
                       .period = read::month_if(fields.hasPeriod(), fields.getPeriod()),
                       .percent = read::whole_if(fields.hasPercent(), fields.getPercent())});
    return {};
}

Why completion_claimed(Action& action, const Happened& at,
                       schema::CompletionClaimed::Reader fields) {
    action.claims.push_back(Claim{.claimed = at.entry,
                                  .evidence = read::subjects(fields.getEvidence()),
                                  .rejected = {},
                                  .completed = {}});
    action.stage.set(at.effective(), at.index(), Stage::COMPLETION_CLAIMED);
    return {};
}

// The claim that an entry answers, if it is open.
Claim* answered_claim(Action& action, const Happened& at) {
    return last_of(action.claims, [&](const Claim& claim) {
        return claim.claimed.index == at.event.envelope().answers && claim.is_open();
    });
}

Why completion_rejected(Action& action, const Happened& at) {
    auto* claim = answered_claim(action, at);
    if (claim == nullptr) {
        return "it answers no claim that waits";
    }
    claim->rejected = at.entry;
    action.stage.set(at.effective(), at.index(), Stage::IN_PROGRESS);
    return {};
}

Why action_completed(Action& action, const Happened& at, schema::ActionCompleted::Reader fields) {
    auto* claim = answered_claim(action, at);
    if (claim == nullptr) {
        return "it answers no claim that waits";
    }
    claim->completed = at.entry;
    action.completions.push_back(
        Completion{.completed = at.entry,
                   .evidence = read::subjects(fields.getEvidence()),
                   .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting()),
                   .reopened = {}});
    action.stage.set(at.effective(), at.index(), Stage::COMPLETE);
    return {};
}

Why action_reopened(Action& action, const Happened& at, schema::ActionReopened::Reader fields) {
    if (action.completions.empty() || action.completions.back().reopened) {
        return "no completion stands that it could undo";
    }
    action.completions.back().reopened = at.entry;
    action.stage.set(at.effective(), at.index(), fields.getTo());
    // The rating that stood before the completion says nothing of what is found now.
    const auto* before = action.delivery.confirmed.at(at.effective());
    if (before != nullptr) {
        action.delivery.confirmed.set(at.effective(), at.index(),
                                      Rating{.code = "UN",
                                             .scale = before->value.scale,
                                             .proposal = at.index(),
                                             .confirmed_by = at.entry.by,
                                             .meeting = {}});
    }
    return {};
}

Why action_embedded(Action& action, const Happened& at) {
    action.stage.set(at.effective(), at.index(), Stage::EMBEDDED);
    return {};
}

Why action_withdrawn(Action& action, const Happened& at, schema::ActionWithdrawn::Reader fields) {
    action.stage.set(at.effective(), at.index(), Stage::WITHDRAWN);
    action.successors = read::subjects(fields.getSuccessors());
    return {};
}

Why action_merged(Action& action, const Happened& at, schema::ActionMerged::Reader fields) {
    action.stage.set(at.effective(), at.index(), Stage::MERGED);
    action.successors = {read::subject(fields.getInto())};
    return {};
}

Why action_split(Action& action, const Happened& at, schema::ActionSplit::Reader fields) {
    action.stage.set(at.effective(), at.index(), Stage::SPLIT);
    action.successors = read::subjects(fields.getInto());
    return {};
}

Why milestone_added(Plan& plan, const Happened& at, schema::MilestoneAdded::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    auto action = read::subject(fields.getParent());
    if (!plan.actions.contains(action)) {
        return fmt::format("the action {} is not there", action.str());
    }
    Milestone milestone{.ref = ref,
                        .added_at = at.index(),
                        .added_on = at.effective(),
                        .action = std::move(action),
                        .original_deadline = read::date(fields.getDeadline()),
                        .deadline = {},
                        .stage = {},
                        .met_on = {},
                        .evidence = {},
                        .reported = {}};
    milestone.deadline.set(at.effective(), at.index(), milestone.original_deadline);
    milestone.stage.set(at.effective(), at.index(), schema::MilestoneStage::DUE);
    plan.milestones.emplace(ref, std::move(milestone));
    return {};
}

template <schema::MilestoneStage stage>
Why milestone_becomes(Plan& plan, const Happened& at) {
    auto* milestone = part_in(plan.milestones, at.subject());
    if (milestone == nullptr) {
        return "its milestone is not there";
    }
    milestone->stage.set(at.effective(), at.index(), stage);
    if (stage == schema::MilestoneStage::MISSED) {
        milestone->reported.push_back(at.entry);
    }
    return {};
}

Why milestone_met(Plan& plan, const Happened& at, schema::MilestoneMet::Reader fields) {
    auto* milestone = part_in(plan.milestones, at.subject());
    if (milestone == nullptr) {
        return "its milestone is not there";
    }
    milestone->stage.set(at.effective(), at.index(), schema::MilestoneStage::MET);
    milestone->met_on = read::date(fields.getDate());
    milestone->evidence = read::subjects(fields.getEvidence());
    milestone->reported.push_back(at.entry);
    return {};
}

}  // namespace

std::vector<Row> of_action() {
    return {
        {Kind::ACTION_ADDED, with_fields<&Reader::getActionAdded, action_added>},
        {Kind::ACTION_STARTED, on_action<action_started>},
        {Kind::ACTION_PAUSED, on_action_with<&Reader::getActionPaused, action_paused>},
        {Kind::ACTION_RESUMED, on_action<action_resumed>},
        {Kind::PROGRESS_RECORDED, on_action_with<&Reader::getProgressRecorded, progress_recorded>},
        {Kind::COMPLETION_CLAIMED,
         on_action_with<&Reader::getCompletionClaimed, completion_claimed>},
        {Kind::COMPLETION_REJECTED, on_action<completion_rejected>},
        {Kind::ACTION_COMPLETED, on_action_with<&Reader::getActionCompleted, action_completed>},
        {Kind::ACTION_REOPENED, on_action_with<&Reader::getActionReopened, action_reopened>},
        {Kind::ACTION_EMBEDDED, on_action<action_embedded>},
        {Kind::ACTION_WITHDRAWN, on_action_with<&Reader::getActionWithdrawn, action_withdrawn>},
        {Kind::ACTION_MERGED, on_action_with<&Reader::getActionMerged, action_merged>},
        {Kind::ACTION_SPLIT, on_action_with<&Reader::getActionSplit, action_split>},
        {Kind::MILESTONE_ADDED, with_fields<&Reader::getMilestoneAdded, milestone_added>},
        {Kind::MILESTONE_MET, with_fields<&Reader::getMilestoneMet, milestone_met>},
        {Kind::MILESTONE_MISSED, milestone_becomes<schema::MilestoneStage::MISSED>},
        {Kind::MILESTONE_WITHDRAWN, milestone_becomes<schema::MilestoneStage::WITHDRAWN>},
    };
}

}  // namespace wsoa::folds
