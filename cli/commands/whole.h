#pragma once

#include "ledger/history.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"

#include <memory>

namespace wsoa {

// A ledger's whole history and what it says of itself, whatever its guard vouches for. Only for the
// one who holds the writer's lock.
struct Whole {
    std::unique_ptr<RocksStore> store;
    std::unique_ptr<History> history;
    LedgerFacts facts;
};

Result<Whole> open_whole(const LedgerFolder& folder, const FolderFacts& about);

}  // namespace wsoa
