#pragma once

#include "ledger/history.h"
#include "ledger/ledger.h"
#include "ledger/store/vault.h"

namespace wsoa {

// Whether a vault may be used with a ledger: it is the one that the last erasure names, or a later
// one that opens nothing of what went then. `distrusted`, with what to do, for an older vault: it
// still opens what was erased.
Result<void> compare_with_vault(const History& history, const VaultFacts& vault);

// Whether a spare of the vault may take its place: it was made after the last erasure, and opens
// nothing of what went then. `distrusted` otherwise.
Result<void> compare_with_spare(const History& history, const VaultContents& spare);

// The vault that forgot something, for the change that is to record it.
struct Forgotten {
    std::uint32_t generation = 0;
    Hash digest;
    // Whether an earlier attempt had it forgotten and was then cut short.
    enum class Was : std::uint8_t { there, gone_already } was = Was::there;
};

// Makes the vault forget the words of an event for good, once `record` has passed all that a
// contentErased must pass. That change is made for the vault as next_vault() names it; only the
// digest of the file that is then written it cannot know.
//
// On success a generation stands that no erasure on record names, and the older one is destroyed.
// What is left to do is to record it; until then the same again is no error, and gives a vault that
// can be recorded. The errors are those of Ledger::try_out and of Vault::forget, and `missing` for
// an event without words: unless the error comes from the vault, nothing was forgotten.
Result<Forgotten> forget_words(Ledger& ledger, Vault& vault, EventIndex event,
                               const Submission& record);
// The same of a document: `record` is the contentErased or disposed that names it. Its pieces stay
// on the disk, where no key opens them, until they are swept.
Result<Forgotten> forget_document(Ledger& ledger, Vault& vault, DocumentNumber number,
                                  const Submission& record);

// What the trial names in the place of the vault that will be left.
Result<Forgotten> next_vault(const Vault& vault);

}  // namespace wsoa
