#pragma once

#include "ledger/base/time.h"
#include "ledger/inspection/findings.h"
#include "ledger/tree/tree.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// A verified word from outside: somebody saw a checkpoint over so many events at that time.
// Whatever the checkpoint covers was there by then. Where an event commits to the word, that event
// and all after it came later, since nobody can commit to a signature that was not made yet.
struct OutsideTime {
    TreeSize size;
    std::uint64_t seconds = 0;  // since 1970, UTC
    std::string by;
    std::optional<EventIndex> anchored_by = {};
};

// When a run of events was recorded, by words from outside alone.
struct TimeBound {
    struct Side {
        std::uint64_t seconds = 0;
        std::string by;
        bool operator==(const Side&) const = default;
    };
    LeafRange events;
    std::optional<Side> not_before;  // null where nothing from outside says so
    std::optional<Side> not_after;
};

// The closest bounds of every event, as runs in the order of the events that cover each of them
// once: at most two more than twice the times. Times over more events than there are say nothing.
std::vector<TimeBound> bounds_of(const std::vector<OutsideTime>& times, TreeSize events);

// Compares each event's own instant with its bounds, by more than clocks differ: a doubt for each
// run, since whose clock was wrong cannot be told from the bytes. `recorded` has an instant for
// each event, and never goes back.
void compare_with_bounds(const std::vector<TimeBound>& bounds, const std::vector<Instant>& recorded,
                         Findings& findings);

// A sentence for each of the first and last runs that have a bound, and one that counts those
// between.
std::vector<std::string> sentences_of(const std::vector<TimeBound>& bounds);
// How many events nothing from outside covers.
std::uint64_t unbounded_events(const std::vector<TimeBound>& bounds);

}  // namespace wsoa
