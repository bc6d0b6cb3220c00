#pragma once

#include "cli/desk.h"

#include <optional>

namespace wsoa {

// A checkpoint of the ledger as it may be shown to others, with the key that signs it.
struct PublishedCheckpoint {
    SignedCheckpoint checkpoint;  // the note with what witnesses said of it, where they did
    NoteKey key;
};

// The checkpoint over so many events, its signature and root checked. `missing` if none was signed
// over just that size, or the moment that was read does not reach there.
Result<PublishedCheckpoint> checkpoint_at(Desk& desk, const Reading& reading, TreeSize size);

// The newest checkpoint.
Result<PublishedCheckpoint> newest_checkpoint(Desk& desk, const Reading& reading);

// The newest checkpoint over the event that a witness has cosigned; the newest of all where none
// has.
Result<PublishedCheckpoint> checkpoint_to_prove(Desk& desk, const Reading& reading,
                                                EventIndex event);

}  // namespace wsoa
