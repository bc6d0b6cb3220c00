#pragma once

#include "ledger/plan/rules.h"

namespace wsoa::rules {

// The version of the rating scale that is in force for the axis on the day: the highest that the
// plan had defined by then, or the first where it had defined none.
std::uint16_t scale_on(const Plan& plan, schema::Axis axis, Date day);

// The codes of that version that people may propose. Those that follow from what happened are never
// among them.
std::vector<std::string> codes_to_propose(const Plan& plan, schema::Axis axis,
                                          std::uint16_t version);

Result<void> scale_follows(const Case& at_hand, schema::RatingScaleDefined::Reader fields);

}  // namespace wsoa::rules
