#pragma once

#include "ledger/tree/tree.h"

#include <vector>

namespace wsoa {

// A growing tree (RFC 9162, 2.1) of which every complete node is held, 64 bytes a leaf: for whoever
// asks for its roots at many sizes, or for its nodes again. A Frontier suffices where only the
// present root is asked for.
class HashTree {
public:
    TreeSize size() const { return edge_.size(); }
    // The nodes that the leaf completes, from the leaf itself upward.
    std::vector<Node> append(const Hash& leaf);

    // The root at a size that is no greater than the present one; empty_root() at none.
    Hash root_at(TreeSize size) const;
    // Null for a node that is not complete.
    const Hash* node(NodeRef ref) const;
    // Its right edge, for whoever tries what another leaf would give.
    const Frontier& edge() const { return edge_; }

private:
    Frontier edge_;
    std::vector<std::vector<Hash>> levels_;  // its complete nodes, from the leaves upward
};

}  // namespace wsoa
