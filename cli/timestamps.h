#pragma once

#include "ledger/keys/timestamp.h"
#include "ledger/store/stamps.h"
#include "ledger/store/store.h"

#include <string>

namespace wsoa {

// The checkpoint over so many events as the ledger signed it: the bytes that are stamped. `missing`
// if none was signed over just that size.
Result<std::string> stamped_note(const Snapshot& snapshot, TreeSize size);

// What a kept timestamp says, checked against the checkpoint and the certificates that were kept
// with it, or against others.
Result<Timestamp> check_kept(const Snapshot& snapshot, const KeptTimestamp& kept,
                             const std::string* roots = nullptr);

}  // namespace wsoa
