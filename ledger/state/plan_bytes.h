#pragma once

#include "ledger/base/bytes.h"
#include "ledger/plan/plan.h"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace wsoa {

// Names what a state's digest is over: the fold that made the state and the format of its bytes.
// Whoever changes either, so that the same events give other bytes, names another, and keeps what
// gives the digests that were published under this one.
inline constexpr std::string_view plan_state_label = "wsoa-ledger/plan-state/v4";

// A plan's canonical bytes in parts, so that an event changes few of them. The first part says what
// the plan itself is and names all others; those follow, each by reference: areas, outcomes,
// actions, and on in the order in which plan.h declares them. records.h says how each value is
// spelled, plan_members.h in which order.
struct PlanPart {
    std::optional<SubjectRef> ref;  // null for the first
    Bytes bytes;

    bool operator==(const PlanPart&) const = default;
};
std::vector<PlanPart> parts_of(const Plan& plan);

// The parts one after the other: the canonical bytes of everything that the plan holds, every
// setting of every register among it. Equal plans have equal bytes, and no others have.
Bytes encode_plan(const Plan& plan);

// The plan that has these bytes. `corrupt` for bytes that are no plan's.
Result<Plan> decode_plan(ByteView bytes);

// SHA-256(plan_state_label || 0x0a || encode_plan(plan)): what two auditors compare.
Hash digest_of(const Plan& plan);
// The same from parts that were made before, or from the canonical bytes.
Hash digest_of(const std::vector<PlanPart>& parts);
Hash digest_of_bytes(ByteView bytes);

// The plan that the parts make up. `part_of` gives a part by its reference. `corrupt` if a part is
// not what parts_of writes, or belongs elsewhere.
using PartSource = std::function<Result<Bytes>(const SubjectRef&)>;
Result<Plan> plan_from_parts(ByteView first, const PartSource& part_of);

}  // namespace wsoa
