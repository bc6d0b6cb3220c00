#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"
#include "ledger/tree/tree.h"

#include <vector>

namespace wsoa {

// Shows that one event is part of a tree of a given size, without showing any other event.
//
// Pure and self-contained: whoever holds a checkpoint can check it on another machine, years later.
// The path runs from the leaf's sibling up to a child of the root (RFC 9162, 2.1.3).
struct InclusionProof {
    EventIndex index;
    TreeSize size;
    std::vector<Hash> path;

    bool operator==(const InclusionProof&) const = default;
};

// Shows that a tree only grew: its first old_size leaves are those of the older tree
// (RFC 9162, 2.1.4). Empty between equal sizes.
struct ConsistencyProof {
    TreeSize old_size;
    TreeSize new_size;
    std::vector<Hash> path;

    bool operator==(const ConsistencyProof&) const = default;
};

// One sum on the way from a leaf to the root: SHA-256(0x01 || left || right).
struct ProofSum {
    Hash left;
    Hash right;
    Hash sum;

    bool operator==(const ProofSum&) const = default;
};

// Every sum of a proof, from the leaf up, for whoever wants to do them again by hand; the last one
// is the root that the proof leads to. Empty for a tree of one leaf. `invalid` if the path cannot
// belong to that index and size.
Result<std::vector<ProofSum>> sums_of(const InclusionProof& proof, const Hash& leaf);

// The root that the proof leads to. `invalid` if the path cannot belong to that index and size;
// whether it is the expected root is for the caller to compare.
Result<Hash> root_of(const InclusionProof& proof, const Hash& leaf);

// Whether the proof leads from the leaf to this root: `distrusted` if it leads to another one,
// `invalid` as root_of.
Result<void> check_inclusion(const InclusionProof& proof, const Hash& leaf, const Hash& root);

// Whether the tree under new_root grew out of the one under old_root (RFC 9162, 2.1.4.2).
// `distrusted` if it did not; `invalid` if the path cannot belong to these sizes, or old_size is 0:
// everything grew out of an empty tree, so a proof of it says nothing.
Result<void> check_consistency(const ConsistencyProof& proof, const Hash& old_root,
                               const Hash& new_root);

// The same as the witness protocol asks it (c2sp.org/tlog-witness, add-checkpoint), where a log is
// seen for the first time: from an empty tree to any other the empty proof is right and every other
// is wrong. The root of an empty tree must be empty_root().
Result<void> check_consistency_for_witness(const ConsistencyProof& proof, const Hash& old_root,
                                           const Hash& new_root);

// The proof that a tree of this size holds the event, from its complete nodes. `invalid` if it does
// not.
Result<InclusionProof> make_inclusion(EventIndex index, TreeSize size, const NodeReader& nodes);

// The proof that the tree of new_size grew out of the one of old_size, from the complete nodes of
// the former. `invalid` if old_size is 0 or greater than new_size.
Result<ConsistencyProof> make_consistency(TreeSize old_size, TreeSize new_size,
                                          const NodeReader& nodes);

}  // namespace wsoa
