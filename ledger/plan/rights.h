#pragma once

#include "ledger/plan/fold.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// Whether a scope reaches a subject: a plan's scope reaches all its parts, an area's its outcomes
// and actions, an action's itself; no scope reaches everything. With an action go its milestones,
// measures and exceptions, the evidence that was linked to one of these by whoever brought it in,
// and the decisions, questions and risks about them. `plan` says what belongs to what; null where
// the subject's plan does not exist yet.
bool reaches(const std::optional<SubjectRef>& scope, const SubjectRef& subject, const Plan* plan);

// The person's grant of the role that is in force on the day and reaches the subject; null if none
// is.
const GrantRecord* grant_for(const State& state, const PersonId& person, schema::Role role,
                             const SubjectRef& subject, Date day);

// The same for any subject of the plan: for what a part of the plan may bring to the whole of it.
const GrantRecord* grant_within(const State& state, const PersonId& person, schema::Role role,
                                const PlanRef& plan, Date day);

// Whether a reader may see the words of an event, by its classification: public ones everybody;
// partnership ones every person who holds a role on the day; restricted ones their author, those
// whose office is with the whole plan (domain.md, section 9), and owners and leads within their
// scope. No reader stands for somebody who is not signed in. The state has the event's plan folded
// in.
bool may_read_words(const State& state, const std::optional<PersonId>& reader, const Event& event,
                    Date day);

// Whether reading an item's document out on the day leaves a record, by the plan's reporting
// policy. `registered` is the event that brought the item in; restricted counts what it says so of,
// and whatever holds personal data.
bool reads_are_recorded(const Plan& plan, const Evidence& item, const Event& registered, Date day);

// The hold that keeps the subject as it is, now; null if none does. One on a part of the plan also
// covers the evidence that is, or was, linked to it.
const Hold* hold_over(const Plan& plan, const SubjectRef& subject);

// The roles that a person holds on the day, whatever their scope, for a sentence about them.
std::vector<schema::Role> roles_held(const State& state, const PersonId& person, Date day);

}  // namespace wsoa
