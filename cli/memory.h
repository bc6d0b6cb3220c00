#pragma once

#include "cli/variables.h"
#include "ledger/history.h"
#include "ledger/inspection/receipt.h"

#include <filesystem>
#include <optional>

namespace wsoa {

// What an author's tool remembers on its own machine, apart from any ledger's folder: the last
// checkpoint it saw of each ledger, and the receipts of what it recorded. So every author is a
// witness, and a ledger that was rewritten or shortened is noticed by the first who comes back.
//
// It lies in WSOA_STATE, or XDG_STATE_HOME/wsoa, or HOME/.local/state/wsoa.
class Memory {
public:
    // `missing` if none of the three variables says where.
    static Result<Memory> of(const Variables& variables);

    const std::filesystem::path& root() const { return root_; }
    // Where the guard of a ledger lies unless `init` was told otherwise.
    std::filesystem::path guard_of(const Hash& ledger) const;

    // Compares the ledger with what was recalled of it before it was looked up, then remembers the
    // newer one. `distrusted` if the ledger is not a continuation of that: nothing is remembered
    // then.
    //
    // Recalled before, since another command may record and remember at any moment: what is
    // recalled afterwards may be newer than the history at hand, which says nothing against it.
    Result<void> see(const Hash& ledger, const std::optional<Checkpoint>& recalled,
                     const History& history) const;
    // Remembers what was just committed, unless something newer is remembered by now.
    Result<void> remember(const Hash& ledger, const SignedCheckpoint& checkpoint) const;
    Result<void> keep_receipt(const Hash& ledger, const Receipt& receipt) const;
    // A key that signed in a rehearsal is remembered as one.
    Result<void> note_rehearsal_key(const KeyId& key) const;
    Result<bool> is_rehearsal_key(const KeyId& key) const;
    // Null if the ledger was never seen.
    Result<std::optional<Checkpoint>> last_seen(const Hash& ledger) const;

private:
    explicit Memory(std::filesystem::path root) : root_(std::move(root)) {}
    std::filesystem::path of_ledger(const Hash& ledger) const;

    std::filesystem::path root_;
};

// Makes every folder of the path that is missing, durably and for its owner only.
Result<void> create_folders(const std::filesystem::path& folder);

}  // namespace wsoa
