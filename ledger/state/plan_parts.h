#pragma once

#include "ledger/state/plan_members.h"

#include <tuple>

// The members of a plan itself, as plan_members.h has those of everything in it. `ref` comes before
// them all.
namespace wsoa {

// What of a plan stands in its first part, in the order in which plan.h declares it, and what it
// keeps by what it is about.
inline constexpr auto members_of_plan = std::tuple(
    &Plan::drafted_at, &Plan::drafted_on, &Plan::kind, &Plan::inspected_from, &Plan::inspected_to,
    &Plan::report_date, &Plan::due, &Plan::partners, &Plan::predecessor, &Plan::stage,
    &Plan::versions, &Plan::baselines, &Plan::succession, &Plan::policy, &Plan::scales,
    &Plan::changes, &Plan::handovers, &Plan::strategies, &Plan::bodies, &Plan::reports,
    &Plan::engagements, &Plan::self_evaluations, &Plan::conclusions, &Plan::marks,
    &Plan::closed_periods, &Plan::retentions);

// Its maps of parts that have a reference of their own, in their order.
inline constexpr auto maps_of_plan =
    std::tuple(&Plan::areas, &Plan::outcomes, &Plan::actions, &Plan::milestones, &Plan::measures,
               &Plan::evidence, &Plan::meetings, &Plan::decisions, &Plan::challenges,
               &Plan::exceptions, &Plan::risks, &Plan::reviews, &Plan::requests, &Plan::packs,
               &Plan::publications, &Plan::holds, &Plan::erasures);

}  // namespace wsoa
