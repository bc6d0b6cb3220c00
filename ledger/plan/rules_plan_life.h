#pragma once

#include "ledger/plan/rules.h"

// The rules of a plan's end and of handovers, which stand in files of their own.
// rules_plan_life.cpp gives each its number and sentence.
namespace wsoa::rules {

// rules_plan_end.cpp
Result<void> superseded_by_successor(const Case& at_hand, schema::PlanSuperseded::Reader fields);
Result<void> everything_carried(const Case& at_hand, schema::PlanSuperseded::Reader fields);
Result<void> nothing_open(const Case& at_hand);
Result<void> plan_not_ended(const Case& at_hand);

// rules_handover.cpp
Result<void> handover_starts_from_owner(const Case& at_hand, schema::OwnerChanged::Reader fields);
Result<void> handover_fits(const Case& at_hand, schema::OwnerChanged::Reader fields);
Result<void> handover_accepted(const Case& at_hand);

}  // namespace wsoa::rules
