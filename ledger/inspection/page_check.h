#pragma once

#include "ledger/inspection/pack.h"

namespace wsoa {

// The SHA-256 of the page within a pack, without the data behind it, once those are known to be
// this pack's: whoever opens the page is to see what the pack holds. An error in one sentence where
// they are not, or there is no page.
Result<Hash> page_of(const PackFile& pack);

}  // namespace wsoa
