#pragma once

#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"

#include <optional>

namespace wsoa {

// An event in the life of something: its place in the log, the day on which it was true, whose key
// signed it, and for whom, if not for themselves.
struct Entry {
    EventIndex index;
    Date effective;
    PersonId by;
    std::optional<PersonId> on_behalf_of = {};

    bool operator==(const Entry&) const = default;
};

}  // namespace wsoa
