#pragma once

#include "ledger/plan/rules.h"

// What the rules of corrections and holds, and those of erasure and disposal, share:
// rules_records.cpp, rules_erasure.cpp.
namespace wsoa::rules {

// `refused` unless the event is an earlier one that can be about the subject.
Result<void> earlier_event(const Case& at_hand, std::optional<EventIndex> event);

Result<void> erasure_is_asked(const Case& at_hand, schema::ErasureRequested::Reader fields);
Result<void> decision_answers_request(const Case& at_hand, schema::ErasureDecided::Reader fields);
Result<void> decided_by_another(const Case& at_hand);
Result<void> nothing_held_goes(const Case& at_hand);
Result<void> erased_as_decided(const Case& at_hand, schema::ContentErased::Reader fields);
Result<void> erased_by_another(const Case& at_hand);
Result<void> vault_rises(const Case& at_hand);
Result<void> retention_in_order(const Case& at_hand);
Result<void> disposed_by_two(const Case& at_hand);

}  // namespace wsoa::rules
