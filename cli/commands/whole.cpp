#include "cli/commands/whole.h"

#include "cli/desk.h"

namespace wsoa {

Result<Whole> open_whole(const LedgerFolder& folder, const FolderFacts& about) {
    Whole whole;
    whole.store = TRY(RocksStore::open_writer(folder.truth()));
    auto snapshot = TRY(whole.store->snapshot());
    const auto size = TRY(History::newest_size(*snapshot));
    if (size.value == 0) {
        return Error{Fault::corrupt, "the store holds no ledger", "put it back from a backup"};
    }
    whole.history = TRY(History::open(std::move(snapshot), size));
    State state;
    TRY(whole.history->fold_into(state, std::nullopt));
    whole.facts = state.keyring.facts();
    TRY(Desk::expect_named(whole.facts, about));
    return whole;
}

}  // namespace wsoa
