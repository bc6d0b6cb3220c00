#pragma once

#include "ledger/plan/plan.h"

#include <optional>
#include <vector>

namespace wsoa {

// Something of a plan that is kept until a day, as at the end of a day. Borrows the plan.
struct Kept {
    enum class Stands : std::uint8_t { kept = 1, due, held, approved, gone };

    SubjectRef ref;
    schema::RetentionClass by = schema::RetentionClass::UNSET;
    Date due;
    Stands stands = Stands::kept;
    const Hold* hold = nullptr;    // that keeps it though it is due
    const Entry* ended = nullptr;  // the disposal, or its approval
};

// "kept", "due", "held", "approved", "gone".
std::string_view name_of(Kept::Stands stands);

// Everything that a rule of retention applies to, what is due first before the rest, each by day
// and reference. A hold is judged as it is now, since nothing that is held may go now.
std::vector<Kept> kept_on(const Plan& plan, Date day);

// Items of evidence that nobody has said anything about: with a document here, and no rule.
std::vector<SubjectRef> kept_by_no_rule(const Plan& plan);

}  // namespace wsoa
