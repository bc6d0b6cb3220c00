#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"

#include <functional>
#include <vector>

namespace wsoa {

// The complete subtree over the 2^level leaves from index * 2^level on. Its hash never changes once
// its last leaf is there, so it can be stored under this name for ever. Level 0 is a leaf hash.
struct NodeRef {
    std::uint32_t level = 0;
    std::uint64_t index = 0;

    // Whether a tree of this size has all of its leaves.
    bool is_complete_in(TreeSize size) const;
    auto operator<=>(const NodeRef&) const = default;
};

// A complete subtree with its hash.
struct Node {
    NodeRef ref;
    Hash hash;

    bool operator==(const Node&) const = default;
};

// Reads the hash of a complete node from wherever it is kept. It is only asked for nodes that are
// complete in the tree at hand.
using NodeReader = std::function<Result<Hash>(NodeRef)>;

// The leaves from begin on and before end.
struct LeafRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    std::uint64_t count() const { return end - begin; }
};

// The largest power of two below a number, which must be greater than 1: where RFC 9162, 2.1.1
// splits that many leaves.
std::uint64_t split_below(std::uint64_t count);

// The roots of the complete subtrees that make up a tree of this size, from left to right: one for
// each bit of the size, at most 64.
std::vector<NodeRef> complete_subtrees(TreeSize size);

// The Merkle tree hash over a range that the recursion of RFC 9162, 2.1.1 comes by in a tree that
// holds it: that is, begin is a multiple of a power of two no smaller than the count. Reads one
// node for each bit of the count; what the reader answers with an error is passed on, saying which
// node.
Result<Hash> hash_of(LeafRange range, const NodeReader& nodes);

// The root that the tree had at this size, from the complete nodes of that tree or any later one.
Result<Hash> root_at(TreeSize size, const NodeReader& nodes);

// The right edge of a growing tree: the hashes of its complete subtrees, which are all that it
// takes to add leaves and to know the root.
class Frontier {
public:
    // A tree without leaves.
    Frontier() = default;
    // The edge at this size, from stored nodes.
    static Result<Frontier> load(TreeSize size, const NodeReader& nodes);

    TreeSize size() const { return size_; }
    // The nodes that the leaf completes, from the leaf itself upward: what a store must keep for
    // root_at and for proofs. Two a leaf on average.
    std::vector<Node> append(const Hash& leaf);
    Hash root() const;
    // The complete subtrees that make it up, from left to right.
    std::vector<Node> nodes() const;

private:
    TreeSize size_;
    std::vector<Hash> subtrees_;  // as complete_subtrees(size_) names them
};

}  // namespace wsoa
