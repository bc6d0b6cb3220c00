#pragma once

#include "cli/desk.h"
#include "ledger/tree/policy.h"

#include <string>

namespace wsoa {

// What a command learns from outside of a newer copy of the ledger, or of another one under its
// name: kept beside the guard before anybody is told, so that nothing is signed from then on.

// Somebody says by a bare number how many events they have seen. `conflict` if that is more than
// are here.
Result<void> hear_of_size(Desk& desk, const Reading& reading, TreeSize size, const std::string& by);

// A whole checkpoint with signatures, as witnesses keep it. `conflict` if the ledger, by its own
// key or the one that the policy names, signed it over more events than are here; `distrusted` if
// it did over others than these; `invalid` if it is none of this ledger's.
Result<Checkpoint> meet_checkpoint(Desk& desk, const Reading& reading, const Policy& policy,
                                   const Note& note);

}  // namespace wsoa
