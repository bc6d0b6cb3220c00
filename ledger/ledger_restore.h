#pragma once

#include "ledger/ledger.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What a copy of a ledger has of one event.
struct MirroredEvent {
    Bytes entry;
    std::optional<Bytes> sealed_words;  // null where the copy has none
};

// A copy of a ledger's events that lies elsewhere, whoever holds it. Nothing it gives is believed.
struct Mirror {
    // Null if the copy lacks the event.
    std::function<Result<std::optional<MirroredEvent>>(EventIndex)> event;
    // The note of the checkpoint over just so many events; null if the copy lacks it.
    std::function<Result<std::optional<std::string>>(TreeSize)> checkpoint;
};

// What was put back.
struct Restored {
    TreeSize before;
    TreeSize after;                         // what the guard vouches for
    std::vector<EventIndex> without_words;  // the copy lacks theirs, or has others
    enum class Checkpoint : std::uint8_t {
        of_the_mirror,
        signed_anew
    } checkpoint = Checkpoint::of_the_mirror;
};

// Brings a store that is older than its guard forward to what was signed, by putting the very same
// events back: with the instants that they have, and under the guarded root or not at all.
//
// All of the mirror is read and the root compared before the first row is written. Up to some
// thousand events go down as one synced batch; a longer way is gone in several, each up to a
// checkpoint that the mirror has and that holds, so that the store is a whole one after each and
// the next attempt goes on from there. The guard is not touched: it has vouched for all of it.
//
// `conflict` if the store is not older than the guard; `missing` if the mirror lacks an event, or
// the checkpoint, where the key that signs it is not at hand either; `distrusted` if its events are
// not those that were signed, or the store's own history is another. Words that do not open under
// the vault as what their event commits to stay out.
Result<Restored> restore_from(const Mirror& mirror, const LedgerParts& parts);

}  // namespace wsoa
