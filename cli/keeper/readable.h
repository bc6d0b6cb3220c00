#pragma once

#include "cli/keeper/wire.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/history.h"

namespace wsoa {

// The record of the erasure of an event's words; null where there is none.
Result<std::optional<ErasureOf>> erasure_of(EventIndex event, const History& history);

// An event's words as far as the vault opens them; null where it is not open. What cannot be shown
// is there all the same, with the reason. Whoever reads event after event keeps the walk.
Result<std::vector<ReadableWord>> readable_words(const Event& event, const History& history,
                                                 KeyWalk* keys);

// The same where none may be read.
std::vector<ReadableWord> withheld_words(const Event& event);

}  // namespace wsoa
