#pragma once

#include "ledger/base/numbers.h"
#include "ledger/store/folder.h"
#include "ledger/store/lock.h"
#include "ledger/tree/note.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What witnesses have said of a ledger's checkpoints: in the ledger's folder, cosigned/SIZE is the
// checkpoint over so many events with the ledger's signature and theirs. The store keeps the
// checkpoint as it was signed; what came in later, from outside, lies beside it, and can be asked
// for again if it is lost (docs/decisions/0022).

// The sizes of which there is such a file, in ascending order.
Result<std::vector<TreeSize>> cosigned_sizes(const LedgerFolder& folder);

// The note over so many events; null if no witness has cosigned it. Nothing of it is verified.
Result<std::optional<std::string>> cosigned_note(const LedgerFolder& folder, TreeSize size);

// Adds lines to what is kept of the ledger's checkpoint over so many events, each key's once: what
// a key said first stands. Gives the note as it is kept. One process at a time: another waits so
// long (`busy`). That the lines hold is for the caller to have seen.
Result<std::string> keep_cosignatures(const LedgerFolder& folder, TreeSize size,
                                      const std::string& checkpoint_note,
                                      const std::vector<NoteSignature>& lines,
                                      std::chrono::milliseconds wait = WriterLock::patience);

}  // namespace wsoa
