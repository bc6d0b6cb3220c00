#pragma once

#include "ledger/inspection/log_verdict.h"
#include "ledger/inspection/receipt.h"

namespace wsoa {

// Checks, without any ledger, that an entry is in a log: the entry is hashed, its path leads to the
// checkpoint's root, and the policy says who vouches for that. What the entry says, and whether its
// author was allowed to, no proof can tell.
LogVerdict check_proof(const Receipt& receipt, ByteView entry, const LogQuestion& question);

}  // namespace wsoa
