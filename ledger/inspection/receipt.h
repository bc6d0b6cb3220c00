#pragma once

#include "ledger/tree/checkpoint.h"
#include "ledger/tree/proof.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What shows that an event is in the ledger, to whoever holds the event's bytes and the ledger's
// verifier key: its index, the path to the root, and the signed checkpoint with that root. As text
// it is a c2sp.org/tlog-proof, a file ending in ".tlog-proof".
//
// How large the tree is stands in the checkpoint only, so that nobody believes a size that is not
// signed.
struct Receipt {
    std::optional<Bytes> extra;  // vouched for by nobody; empty is the same as none
    EventIndex index;
    std::vector<Hash> path;       // from the leaf's sibling to a child of the root
    std::string checkpoint_note;  // verbatim

    // `invalid` unless it is a proof to the letter, within receipt_bytes_max and proof_hashes_max,
    // that ends in a checkpoint. Nothing of it is verified.
    static Result<Receipt> parse(std::string_view text);
    std::string str() const;
    bool operator==(const Receipt&) const = default;
};

// The receipt for a proof in the tree that the checkpoint is of.
Receipt make_receipt(const InclusionProof& proof, const SignedCheckpoint& checkpoint);

// The checkpoint that vouches for the entry. Hashes the entry again, since a proof says nothing of
// bytes that nobody hashed. `distrusted` or `invalid` as open_checkpoint and check_inclusion say.
Result<SignedCheckpoint> check_receipt(const Receipt& receipt, ByteView entry, const NoteKey& key,
                                       std::string_view origin);

}  // namespace wsoa
