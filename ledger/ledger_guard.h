#pragma once

#include "ledger/history.h"
#include "ledger/keys/keyring.h"
#include "ledger/store/guard.h"

#include <string_view>

namespace wsoa {

// Whether a ledger's store may be written under a guard that says this: it holds what was signed,
// and under the same root. `corrupt` if it is shorter, `distrusted` if its root is another.
Result<void> compare_with_guard(const History& history, const GuardedHead& guarded);

// The head that a new guard of a ledger may vouch for, where a machine has none: the whole history,
// if it continues the checkpoint that was kept elsewhere, a signed note.
//
// `invalid` if the note is no checkpoint or of another origin, `corrupt` if the history is shorter
// than it, `distrusted` if the ledger did not sign it, its root is another, or the history's own
// newest checkpoint does not hold. That the events are what the root was made of is for `verify`.
Result<GuardedHead> head_to_adopt(const History& history, const LedgerFacts& facts,
                                  std::string_view kept_note);

// The newest checkpoint of a history, signed by the key that was the ledger's at its size;
// `distrusted` if it was not.
Result<SignedCheckpoint> own_checkpoint(const History& history, const LedgerFacts& facts);

}  // namespace wsoa
