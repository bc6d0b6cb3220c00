#pragma once

#include "ledger/tree/witness.h"
#include "tests/support/policies.h"
#include "tests/support/reference_tree.h"

#include <string>
#include <string_view>

namespace wsoa {

// What a log with this origin, whose seed is 32 sevens, asks of a witness: to go from one size of
// the tree to another.
inline std::string witness_request(std::string_view origin, const ReferenceTree& tree,
                                   std::uint64_t from, std::uint64_t to) {
    const Checkpoint checkpoint{std::string(origin), TreeSize{to}, tree.root_at(to), {}};
    return WitnessRequest{
        .old_size = TreeSize{from},
        .path = from == 0 ? std::vector<Hash>{} : tree.consistency(from, to).path,
        .checkpoint_note = sign_checkpoint(checkpoint, *fixed_signer(7)).value().note}
        .str();
}

}  // namespace wsoa
