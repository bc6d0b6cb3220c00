#pragma once

#include "ledger/base/result.h"
#include "ledger/plan/plan.h"

#include <optional>

namespace wsoa {

// Mistyped entries can be struck: both the entry and its striking stay readable, and from then on
// what the entry set counts no more. These can be: a report of progress, a proposal of a rating
// that waits, a reading, its correction or restatement, a milestone met or missed, the rescoring of
// a risk, the rewording of an area.

// What is known of an entry that can be struck.
struct Strikable {
    std::optional<PersonId> by;  // its author; null where the office alone records the kind
};

// The entry at that index about the subject. `refused` if it is none that can be struck, or
// something was built on it since; `conflict` if it was struck before. The advice says what to do
// instead.
Result<Strikable> strikable(const Plan& plan, const SubjectRef& subject, EventIndex target);

// Takes out what a strikable entry set.
void strike(Plan& plan, const SubjectRef& subject, EventIndex target, EventIndex by);

}  // namespace wsoa
