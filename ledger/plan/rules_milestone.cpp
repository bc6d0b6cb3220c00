#include "ledger/event/fields.h"
#include "ledger/plan/calendar.h"
#include "ledger/plan/rules_action.h"
#include "ledger/plan/rules_stages.h"

namespace wsoa::rules {
namespace {

using Stage = schema::MilestoneStage;

const std::vector<Move<Stage>>& moves_of_milestones() {
    static const std::vector<Move<Stage>> moves{
        {Kind::MILESTONE_MET, Stage::DUE, Stage::MET},
        {Kind::MILESTONE_MET, Stage::MISSED, Stage::MET},
        {Kind::MILESTONE_MISSED, Stage::DUE, Stage::MISSED},
        {Kind::MILESTONE_WITHDRAWN, Stage::DUE, Stage::WITHDRAWN},
        {Kind::MILESTONE_WITHDRAWN, Stage::MISSED, Stage::WITHDRAWN},
        // A date that was moved makes it due again.
        {Kind::CHANGE_APPLIED, Stage::DUE, Stage::DUE},
        {Kind::CHANGE_APPLIED, Stage::MISSED, Stage::DUE}};
    return moves;
}

}  // namespace

Result<void> milestone_fits_action(const Case& at_hand, schema::MilestoneAdded::Reader fields) {
    const auto parent = read::subject(fields.getParent());
    TRY(refers_to(at_hand, parent, SubjectKind::action));
    const auto& action = at_hand.plan()->actions.at(parent);
    const auto day = at_hand.envelope().effective;
    if (!is_open(action.stage_on(day))) {
        return refusal("add it to an action that is open", "{} was {} on {}", parent.str(),
                       words_for(action.stage_on(day)), in_words(day));
    }
    const auto deadline = deadline_on(action, day);
    if (read::date(fields.getDeadline()) > deadline) {
        return refusal("give an earlier date, or have the action's deadline moved first",
                       "{} is to be done by {}, before the milestone's date of {}", parent.str(),
                       in_words(deadline), in_words(read::date(fields.getDeadline())));
    }
    return done();
}

Result<void> milestone_outcome(const Case& at_hand) {
    const auto kind = at_hand.change.kind();
    const auto* milestone = part_at_hand(at_hand, &Plan::milestones);
    if (milestone == nullptr || (kind != Kind::MILESTONE_MET && kind != Kind::MILESTONE_MISSED &&
                                 kind != Kind::MILESTONE_WITHDRAWN)) {
        return done();
    }
    TRY(leads_on(at_hand, milestone->stage, moves_of_milestones()));
    const auto day = at_hand.envelope().effective;
    const auto deadline = deadline_on(*milestone, day);
    if (kind == Kind::MILESTONE_MISSED && day <= deadline) {
        return refusal("record it once the date has passed", "{} is due on {}, after {}",
                       milestone->ref.str(), in_words(deadline), in_words(day));
    }
    if (kind == Kind::MILESTONE_MET) {
        const auto fields = at_hand.change.reader().getMilestoneMet();
        if (read::date(fields.getDate()) > day) {
            return refusal("give the day on which it was reached, with --date",
                           "{} would be met on {}, after the day of the entry, {}",
                           milestone->ref.str(), in_words(read::date(fields.getDate())),
                           in_words(day));
        }
        for (const auto& item : read::subjects(fields.getEvidence())) {
            TRY(refers_to(at_hand, item, SubjectKind::evidence));
        }
    }
    return done();
}

}  // namespace wsoa::rules
