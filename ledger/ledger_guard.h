#pragma once

#include "ledger/history.h"
#include "ledger/keys/keyring.h"
#include "ledger/store/folder.h"
#include "ledger/store/guard.h"
#include "ledger/store/sighting.h"

#include <string_view>

namespace wsoa {

// Whether a ledger's store may be written under a guard that says this: it holds what was signed,
// and under the same root. `corrupt` if it is shorter, `distrusted` if its root is another.
Result<void> compare_with_guard(const History& history, const GuardedHead& guarded);

// Whether a history may be gone on with after what others have seen of the ledger: it holds as many
// events, under the roots that were told. `conflict` if it is behind one, since whoever told it has
// seen a newer copy; `distrusted` if it has another root where one was told.
Result<void> compare_with_sightings(const History& history, const std::vector<Sighting>& sightings);

// The newest checkpoint that a witness has cosigned, as the ledger's folder keeps it, where it is
// over more events than the store holds: the folder was put together from two copies, or from an
// older one. Whoever put it there had seen that it holds.
Result<std::vector<Sighting>> cosigned_ahead(const LedgerFolder& folder, TreeSize size);

// All that is known of what others saw: beside the guard, and in a folder whose store holds so many
// events.
Result<std::vector<Sighting>> all_sightings(const FolderFacts& about, const LedgerFolder& folder,
                                            TreeSize size);

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
