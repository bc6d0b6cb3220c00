#pragma once

#include "ledger/history.h"
#include "ledger/store/rocks_store.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// A copy of a ledger's store that nobody writes, as whoever made it looks at it.
struct LedgerCopy {
    std::unique_ptr<RocksReader> store;
    std::unique_ptr<History> history;  // all that it holds
    LedgerFacts facts;

    // Every file of it is read and compared with its checksum. `corrupt` if it holds no ledger.
    static Result<LedgerCopy> open(const std::filesystem::path& truth,
                                   const std::filesystem::path& scratch, const RocksSizes& sizes);
};

}  // namespace wsoa
