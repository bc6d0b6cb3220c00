#pragma once

#include "ledger/plan/rules.h"

// The rules of actions that stand in files of their own: how an action is completed, and its
// milestones. rules_action.cpp gives each its number and sentence.
namespace wsoa::rules {

// rules_completion.cpp
Result<void> claimed_by_owner(const Case& at_hand);
Result<void> claim_answered(const Case& at_hand);
Result<void> enough_evidence(const Case& at_hand, schema::ActionCompleted::Reader fields);
Result<void> reopened_from_current(const Case& at_hand, schema::ActionReopened::Reader fields);
Result<void> embedded_at_target(const Case& at_hand);
// The claim of the action that an event answers; null if it has none of that index.
const Claim* claim_at(const Action& action, std::optional<EventIndex> index);

// rules_milestone.cpp
Result<void> milestone_fits_action(const Case& at_hand, schema::MilestoneAdded::Reader fields);
Result<void> milestone_outcome(const Case& at_hand);

// Whose action it is on the day; null before it had an owner.
std::optional<PersonId> owner_on(const Action& action, Date day);

}  // namespace wsoa::rules
