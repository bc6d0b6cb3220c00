#pragma once

#include "ledger/plan/fold.h"

#include <optional>
#include <string>

// The folds of a plan's own kinds. Each gives null, or why the event cannot apply.
namespace wsoa::plan_fold {

using Outcome = std::optional<std::string>;

Outcome plan_drafted(State& state, const Event& event, schema::PlanDrafted::Reader fields);
Outcome area_added(Plan& plan, const Event& event, schema::AreaAdded::Reader fields);
Outcome outcome_added(Plan& plan, const Event& event, schema::OutcomeAdded::Reader fields);
Outcome action_added(Plan& plan, const Event& event, schema::ActionAdded::Reader fields);
Outcome action_started(Plan& plan, const Event& event);
Outcome progress_recorded(Plan& plan, const Event& event, const PersonId& author,
                          schema::ProgressRecorded::Reader fields);
Outcome rating_proposed(Plan& plan, const Event& event, const PersonId& author,
                        schema::RatingProposed::Reader fields);
Outcome rating_confirmed(Plan& plan, const Event& event, const PersonId& author,
                         schema::RatingConfirmed::Reader fields);
Outcome evidence_registered(Plan& plan, const Event& event, const PersonId& author,
                            schema::EvidenceRegistered::Reader fields);

}  // namespace wsoa::plan_fold
