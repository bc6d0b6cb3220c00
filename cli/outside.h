#pragma once

#include "ledger/inspection/outside.h"
#include "ledger/store/folder.h"
#include "ledger/store/store.h"

namespace wsoa {

// What is kept in a ledger's folder of what outsiders said, for its verification: cosigned/ and
// timestamps/. What is borrowed must live as long. Whom to believe is for the caller to add.
Outside outside_of(const LedgerFolder& folder, const Snapshot& snapshot);

}  // namespace wsoa
