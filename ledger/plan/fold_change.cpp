#include "ledger/plan/folds.h"

namespace wsoa::folds {
namespace {

using Stage = schema::ChangeStage;

Why change_requested(Plan& plan, const Happened& at, schema::ChangeRequested::Reader fields) {
    plan.changes.push_back(
        ChangeRequest{.requested = at.entry,
                      .subject = at.subject(),
                      .field = fields.getField(),
                      .from = read::date_if(fields.hasFrom(), fields.getFrom()),
                      .to = read::date_if(fields.hasTo(), fields.getTo()),
                      .from_value = read::decimal_if(fields.hasFromValue(), fields.getFromValue()),
                      .to_value = read::decimal_if(fields.hasToValue(), fields.getToValue()),
                      .level = fields.getLevel(),
                      .stage = Stage::REQUESTED,
                      .approved = {},
                      .ended = {}});
    return {};
}

ChangeRequest* request_at(Plan& plan, std::optional<EventIndex> index) {
    return last_of(plan.changes,
                   [&](const ChangeRequest& change) { return change.requested.index == index; });
}

Why change_approved(Plan& plan, const Happened& at, schema::ChangeApproved::Reader fields) {
    auto* change = request_at(plan, at.event.envelope().answers);
    if (change == nullptr || change->stage != Stage::REQUESTED) {
        return "it answers no request that waits";
    }
    change->stage = Stage::APPROVED;
    change->approved = ChangeRequest::Approval{
        .entry = at.entry,
        .late = fields.getLate(),
        .adviser_informed = fields.getAdviserInformed(),
        .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting())};
    return {};
}

template <schema::ChangeStage stage>
Why change_ended(Plan& plan, const Happened& at) {
    auto* change = request_at(plan, at.event.envelope().answers);
    if (change == nullptr || change->stage != Stage::REQUESTED) {
        return "it answers no request that waits";
    }
    change->stage = stage;
    change->ended = at.entry;
    return {};
}

// Puts the new figure or day where it is read from.
Why put_change(Plan& plan, const Happened& at, const ChangeRequest& change) {
    if (change.field == schema::ChangeField::DEADLINE && change.to) {
        if (auto* action = part_in(plan.actions, change.subject)) {
            action->deadline.set(at.effective(), at.index(), *change.to);
            return {};
        }
        if (auto* milestone = part_in(plan.milestones, change.subject)) {
            milestone->deadline.set(at.effective(), at.index(), *change.to);
            milestone->stage.set(at.effective(), at.index(), schema::MilestoneStage::DUE);
            return {};
        }
        return "nothing of that reference has a deadline";
    }
    auto* measure = part_in(plan.measures, change.subject);
    if (measure != nullptr && change.field == schema::ChangeField::TARGET && change.to_value) {
        const auto* before = measure->target.at(at.effective());
        if (before == nullptr) {
            return "the measure has no target to change";
        }
        auto target = before->value;
        target.value = *change.to_value;
        target.date = change.to.value_or(target.date);
        measure->target.set(at.effective(), at.index(), std::move(target));
    } else if (measure != nullptr && change.field == schema::ChangeField::BASELINE &&
               change.to_value) {
        const auto* before = measure->baseline.at(at.effective());
        if (before == nullptr) {
            return "the measure has no baseline to change";
        }
        auto baseline = before->value;
        baseline.value = *change.to_value;
        measure->baseline.set(at.effective(), at.index(), std::move(baseline));
    }
    return {};  // scope and trajectory: what changes is said in words, or set anew
}

Why change_applied(Plan& plan, const Happened& at) {
    auto* change = last_of(plan.changes, [&](const ChangeRequest& approved) {
        return approved.approved && approved.approved->entry.index == at.event.envelope().answers;
    });
    if (change == nullptr || change->stage != Stage::APPROVED) {
        return "it answers no approval that waits";
    }
    if (auto why = put_change(plan, at, *change)) {
        return why;
    }
    change->stage = Stage::APPLIED;
    change->ended = at.entry;
    return {};
}

}  // namespace

std::vector<Row> of_change() {
    return {
        {Kind::CHANGE_REQUESTED, with_fields<&Reader::getChangeRequested, change_requested>},
        {Kind::CHANGE_APPROVED, with_fields<&Reader::getChangeApproved, change_approved>},
        {Kind::CHANGE_REFUSED, change_ended<Stage::REFUSED>},
        {Kind::CHANGE_WITHDRAWN, change_ended<Stage::WITHDRAWN>},
        {Kind::CHANGE_APPLIED, change_applied},
    };
}

}  // namespace wsoa::folds
