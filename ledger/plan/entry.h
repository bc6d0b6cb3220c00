#pragma once

#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"

namespace wsoa {

// An event in the life of something: its place in the log, the day on which it was true, and whose
// key signed it.
struct Entry {
    EventIndex index;
    Date effective;
    PersonId by;

    bool operator==(const Entry&) const = default;
};

}  // namespace wsoa
