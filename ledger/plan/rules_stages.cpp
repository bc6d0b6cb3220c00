#include "ledger/plan/rules_stages.h"

namespace wsoa::rules {

std::string_view words_for(schema::PlanStage stage) {
    using Stage = schema::PlanStage;
    switch (stage) {
        case Stage::DRAFTING: return "being drafted";
        case Stage::SUBMITTED: return "handed in";
        case Stage::FIT_FOR_PURPOSE: return "fit for purpose";
        case Stage::IN_DELIVERY: return "in delivery";
        case Stage::VISIT_NOTIFIED: return "awaiting a visit";
        case Stage::VISITED: return "visited";
        case Stage::OUTCOME_RECORDED: return "judged";
        case Stage::CLOSED: return "closed";
        case Stage::SUPERSEDED: return "superseded";
        case Stage::UNSET: break;
    }
    return "of no stage";
}

std::string_view words_for(schema::ActionStage stage) {
    using Stage = schema::ActionStage;
    switch (stage) {
        case Stage::NOT_STARTED: return "not started";
        case Stage::IN_PROGRESS: return "in progress";
        case Stage::PAUSED: return "paused";
        case Stage::COMPLETION_CLAIMED: return "claimed to be complete";
        case Stage::COMPLETE: return "complete";
        case Stage::EMBEDDED: return "embedded";
        case Stage::WITHDRAWN: return "withdrawn";
        case Stage::MERGED: return "merged into another action";
        case Stage::SPLIT: return "split into other actions";
        case Stage::UNSET: break;
    }
    return "of no stage";
}

std::string_view words_for(schema::MilestoneStage stage) {
    using Stage = schema::MilestoneStage;
    switch (stage) {
        case Stage::DUE: return "due";
        case Stage::MET: return "met";
        case Stage::MISSED: return "missed";
        case Stage::WITHDRAWN: return "withdrawn";
        case Stage::UNSET: break;
    }
    return "of no stage";
}

std::string_view advice_at(schema::PlanStage stage) {
    using Stage = schema::PlanStage;
    switch (stage) {
        case Stage::DRAFTING: return "record planSubmitted first";
        case Stage::SUBMITTED:
            return "record planReturned or planDeclaredFitForPurpose first, with the letter";
        case Stage::FIT_FOR_PURPOSE: return "record planBaselined first";
        case Stage::CLOSED:
        case Stage::SUPERSEDED: return "record it about the plan that took its place";
        default: return "see `wsoa trail` for what happened to the plan";
    }
}

std::string_view advice_at(schema::ActionStage stage) {
    using Stage = schema::ActionStage;
    switch (stage) {
        case Stage::NOT_STARTED: return "record actionStarted first";
        case Stage::PAUSED: return "record actionResumed first";
        case Stage::COMPLETION_CLAIMED:
            return "have the claim answered first, with actionCompleted or completionRejected";
        case Stage::COMPLETE:
        case Stage::EMBEDDED: return "have the board reopen it first, with actionReopened";
        case Stage::WITHDRAWN:
        case Stage::MERGED:
        case Stage::SPLIT: return "record it about an action that is open";
        default: return "see `wsoa trail` for what happened to the action";
    }
}

std::string_view advice_at(schema::MilestoneStage stage) {
    return stage == schema::MilestoneStage::DUE
               ? "wait until its date has passed"
               : "see `wsoa trail` for what happened to it, or add another milestone";
}

}  // namespace wsoa::rules
