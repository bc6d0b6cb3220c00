#include "ledger/plan/rules_action.h"

#include "ledger/event/fields.h"
#include "ledger/plan/rules_stages.h"

namespace wsoa::rules {
namespace {

using Stage = schema::ActionStage;

std::vector<Move<Stage>> moves_of_actions() {
    std::vector<Move<Stage>> moves{
        {Kind::ACTION_STARTED, Stage::NOT_STARTED, Stage::IN_PROGRESS},
        {Kind::ACTION_PAUSED, Stage::IN_PROGRESS, Stage::PAUSED},
        {Kind::ACTION_RESUMED, Stage::PAUSED, Stage::IN_PROGRESS},
        {Kind::COMPLETION_CLAIMED, Stage::IN_PROGRESS, Stage::COMPLETION_CLAIMED},
        {Kind::COMPLETION_REJECTED, Stage::COMPLETION_CLAIMED, Stage::IN_PROGRESS},
        {Kind::ACTION_COMPLETED, Stage::COMPLETION_CLAIMED, Stage::COMPLETE},
        {Kind::ACTION_EMBEDDED, Stage::COMPLETE, Stage::EMBEDDED},
        {Kind::ACTION_REOPENED, Stage::COMPLETE, Stage::IN_PROGRESS},
        {Kind::ACTION_REOPENED, Stage::EMBEDDED, Stage::IN_PROGRESS}};
    for (const auto open :
         {Stage::NOT_STARTED, Stage::IN_PROGRESS, Stage::PAUSED, Stage::COMPLETION_CLAIMED}) {
        moves.push_back({Kind::ACTION_WITHDRAWN, open, Stage::WITHDRAWN});
        moves.push_back({Kind::ACTION_MERGED, open, Stage::MERGED});
        moves.push_back({Kind::ACTION_SPLIT, open, Stage::SPLIT});
    }
    return moves;
}

Result<void> action_leads_on(const Case& at_hand) {
    static const auto moves = moves_of_actions();
    const auto* action = action_of(at_hand);
    return action == nullptr ? done() : leads_on(at_hand, action->stage, moves);
}

Result<void> progress_in_progress(const Case& at_hand, schema::ProgressRecorded::Reader fields) {
    const auto* action = action_of(at_hand);
    if (action == nullptr) {
        return done();
    }
    const auto day = at_hand.envelope().effective;
    const auto stage = action->stage_on(day);
    // R28 judges what was not started.
    if (stage != Stage::IN_PROGRESS && stage != Stage::NOT_STARTED) {
        return refusal(std::string(advice_at(stage)), "{} was {} on {}", action->ref.str(),
                       words_for(stage), in_words(day));
    }
    const auto period = read::month_if(fields.hasPeriod(), fields.getPeriod());
    if (period && *period > month_of(day)) {
        return refusal("give the month that the progress is about, with --period",
                       "the month {} had not begun on {}", to_string(*period), in_words(day));
    }
    return done();
}

Result<void> paused_until_later(const Case& at_hand, schema::ActionPaused::Reader fields) {
    const auto until = read::date(fields.getUntil());
    if (until <= at_hand.envelope().effective) {
        return refusal("give a later day with --until", "the pause would begin on {} and end on {}",
                       in_words(at_hand.envelope().effective), in_words(until));
    }
    return done();
}

Result<void> decided_by_another(const Case& at_hand) {
    const auto kind = at_hand.change.kind();
    const auto* action = action_of(at_hand);
    const bool answers_claim = kind == Kind::COMPLETION_REJECTED || kind == Kind::ACTION_COMPLETED;
    if (action == nullptr || (!answers_claim && kind != Kind::ACTION_PAUSED)) {
        return done();
    }
    if (const auto owner = owner_on(*action, at_hand.envelope().effective)) {
        TRY(by_another(at_hand, *owner, fmt::format("owns {}", action->ref.str())));
    }
    const auto* claim = answers_claim ? claim_at(*action, at_hand.envelope().answers) : nullptr;
    return claim == nullptr
               ? done()
               : by_another(at_hand, claim->claimed.by,
                            fmt::format("claimed {} to be complete", action->ref.str()));
}

// Whoever takes over must be able to do so: there, open, and another one.
Result<void> takes_over(const Case& at_hand, const SubjectRef& successor) {
    TRY(refers_to(at_hand, successor, SubjectKind::action));
    if (successor == at_hand.envelope().subject) {
        return refusal("name the action that takes it up", "{} cannot take up itself",
                       successor.str());
    }
    const auto stage = at_hand.plan()->actions.at(successor).stage_now();
    if (!is_open(stage)) {
        return refusal("name an action that is still open", "{} is {} and can take up nothing",
                       successor.str(), words_for(stage));
    }
    return done();
}

Result<void> successors_fit(const Case& at_hand) {
    if (action_of(at_hand) == nullptr) {
        return done();
    }
    const auto change = at_hand.change.reader();
    if (change.isActionMerged()) {
        return takes_over(at_hand, read::subject(change.getActionMerged().getInto()));
    }
    std::vector<SubjectRef> successors;
    if (change.isActionWithdrawn()) {
        successors = read::subjects(change.getActionWithdrawn().getSuccessors());
    } else if (change.isActionSplit()) {
        successors = read::subjects(change.getActionSplit().getInto());
        if (successors.size() < 2) {
            return refusal("name two or more with --into, or record actionMerged",
                           "an action is split into several others");
        }
    }
    for (const auto& successor : successors) {
        TRY(takes_over(at_hand, successor));
    }
    return done();
}

}  // namespace

std::optional<PersonId> owner_on(const Action& action, Date day) {
    const auto* owner = action.owner.at(day);
    return owner == nullptr ? std::nullopt : std::optional(owner->value);
}

std::vector<Rule> of_action() {
    return {
        {"R48",
         "An action goes only from not started to in progress, from there to paused and back or to "
         "claimed complete, from claimed to complete or back, from complete to embedded, from "
         "either back to in progress when it is reopened, and while open to withdrawn, merged or "
         "split.",
         1, 0,
         of_kinds<action_leads_on, Kind::ACTION_STARTED, Kind::ACTION_PAUSED, Kind::ACTION_RESUMED,
                  Kind::COMPLETION_CLAIMED, Kind::COMPLETION_REJECTED, Kind::ACTION_COMPLETED,
                  Kind::ACTION_EMBEDDED, Kind::ACTION_REOPENED, Kind::ACTION_WITHDRAWN,
                  Kind::ACTION_MERGED, Kind::ACTION_SPLIT>},
        {"R49", "Progress is recorded while the action is in progress, for a month that has begun.",
         1, 0,
         of_kind<Kind::PROGRESS_RECORDED, &Reader::getProgressRecorded, progress_in_progress>},
        {"R50", "A pause ends on a later day than it begins.", 1, 0,
         of_kind<Kind::ACTION_PAUSED, &Reader::getActionPaused, paused_until_later>},
        {"R51",
         "An action is paused, and the claim that it is complete is answered, by another person "
         "than its owner and than the one who made the claim.",
         1, 0,
         of_kinds<decided_by_another, Kind::ACTION_PAUSED, Kind::COMPLETION_REJECTED,
                  Kind::ACTION_COMPLETED>,
         Rule::Needs::authors},
        {"R52",
         "That an action is complete is claimed by its owner, or by the programme office on the "
         "owner's behalf.",
         1, 0, only<Kind::COMPLETION_CLAIMED, claimed_by_owner>, Rule::Needs::authors},
        {"R53", "A claim names evidence of the plan, and is answered once, on its day or later.", 1,
         0,
         of_kinds<claim_answered, Kind::COMPLETION_CLAIMED, Kind::COMPLETION_REJECTED,
                  Kind::ACTION_COMPLETED>},
        {"R54",
         "An action is complete only when every item of evidence that is named was accepted for "
         "it, still stands, and there are as many as the action needs.",
         1, 0, of_kind<Kind::ACTION_COMPLETED, &Reader::getActionCompleted, enough_evidence>},
        {"R55", "An action is reopened from what it is, and is then in progress.", 1, 0,
         of_kind<Kind::ACTION_REOPENED, &Reader::getActionReopened, reopened_from_current>},
        {"R56",
         "An action is embedded only when each of its measures that has a target was at the target "
         "in its last two readings.",
         1, 0, only<Kind::ACTION_EMBEDDED, embedded_at_target>},
        {"R57",
         "An action that ends is taken up by other actions that are there and open; a split one by "
         "two or more.",
         1, 0,
         of_kinds<successors_fit, Kind::ACTION_WITHDRAWN, Kind::ACTION_MERGED, Kind::ACTION_SPLIT>},
        {"R58",
         "A milestone belongs to an open action of its plan, and its date is no later than the "
         "action's deadline.",
         1, 0, of_kind<Kind::MILESTONE_ADDED, &Reader::getMilestoneAdded, milestone_fits_action>},
        {"R59",
         "A milestone that is due or missed may be met, by the day of the entry and on evidence of "
         "the plan, or withdrawn; it is missed only once its date has passed.",
         1, 0,
         of_kinds<milestone_outcome, Kind::MILESTONE_MET, Kind::MILESTONE_MISSED,
                  Kind::MILESTONE_WITHDRAWN>},
    };
}

}  // namespace wsoa::rules
