#include "ledger/ledger_copy.h"

namespace wsoa {

Result<LedgerCopy> LedgerCopy::open(const std::filesystem::path& truth,
                                    const std::filesystem::path& scratch, const RocksSizes& sizes) {
    LedgerCopy copy;
    copy.store = TRY(RocksReader::open(truth, scratch, sizes));
    TRY(copy.store->check_files());
    auto snapshot = TRY(copy.store->snapshot());
    const auto size = TRY(History::newest_size(*snapshot));
    if (size.value == 0) {
        return Error{Fault::corrupt, "the copy holds no ledger"};
    }
    copy.history = TRY(History::open(std::move(snapshot), size));
    State state;
    TRY(copy.history->fold_into(state, std::nullopt));
    copy.facts = state.keyring.facts();
    return copy;
}

}  // namespace wsoa
