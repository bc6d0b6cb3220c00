#include "ledger/tree/proof.h"

#include "ledger/base/limits.h"
#include "ledger/tree/hasher.h"

#include <algorithm>
#include <bit>

namespace wsoa {
namespace {

// The two parts of a path from a leaf to the root. In the inner part siblings stand on either side;
// above it, where the leaf's subtree lies on the ragged right edge of the tree, only on the left.
struct Shape {
    std::size_t inner;
    std::size_t border;
};

Shape shape_of(EventIndex index, TreeSize size) {
    const auto inner = std::bit_width(index.value ^ (size.value - 1));
    // The index is below 2^64, so that a part of 64 levels leaves nothing to shift.
    const auto above = inner < 64 ? index.value >> inner : 0;
    return Shape{static_cast<std::size_t>(inner), static_cast<std::size_t>(std::popcount(above))};
}

bool bit(EventIndex index, std::size_t level) {
    return level < 64 && (index.value >> level & 1) == 1;
}

Result<void> check_length(std::size_t hashes, std::size_t wanted) {
    if (hashes > limits::proof_hashes_max) {
        return error(Fault::invalid, "the proof has {} hashes; at most {} are taken", hashes,
                     limits::proof_hashes_max);
    }
    if (hashes != wanted) {
        return error(Fault::invalid, "the proof has {} hashes; a tree of this size takes {}",
                     hashes, wanted);
    }
    return done();
}

Result<void> check_root(const Hash& found, const Hash& wanted, std::string_view which) {
    if (found != wanted) {
        return error(Fault::distrusted, "the proof does not lead to the {}", which);
    }
    return done();
}

Result<void> check_same_size(const ConsistencyProof& proof, const Hash& old_root,
                             const Hash& new_root) {
    TRY(check_length(proof.path.size(), 0));
    if (old_root != new_root) {
        return error(Fault::distrusted, "two trees of {} events have different roots",
                     proof.new_size.value);
    }
    return done();
}

}  // namespace

Result<std::vector<ProofSum>> sums_of(const InclusionProof& proof, const Hash& leaf) {
    if (!proof.size.holds(proof.index)) {
        return Error{Fault::invalid, "the event lies outside the tree"};
    }
    const auto shape = shape_of(proof.index, proof.size);
    TRY(check_length(proof.path.size(), shape.inner + shape.border));
    std::vector<ProofSum> sums;
    Hash hash = leaf;
    for (std::size_t level = 0; level < proof.path.size(); ++level) {
        const bool is_right = level >= shape.inner || bit(proof.index, level);
        ProofSum next{.left = is_right ? proof.path[level] : hash,
                      .right = is_right ? hash : proof.path[level],
                      .sum = {}};
        next.sum = hash_node(next.left, next.right);
        hash = next.sum;
        sums.push_back(next);
    }
    return sums;
}

Result<Hash> root_of(const InclusionProof& proof, const Hash& leaf) {
    const auto sums = TRY(sums_of(proof, leaf));
    return sums.empty() ? leaf : sums.back().sum;
}

Result<void> check_inclusion(const InclusionProof& proof, const Hash& leaf, const Hash& root) {
    const auto found = TRY(root_of(proof, leaf));
    return check_root(found, root, "root of the tree");
}

Result<void> check_consistency(const ConsistencyProof& proof, const Hash& old_root,
                               const Hash& new_root) {
    if (proof.old_size.value == 0) {
        return Error{Fault::invalid, "a proof from an empty tree says nothing"};
    }
    if (proof.old_size > proof.new_size) {
        return Error{Fault::invalid, "the older tree is the larger one"};
    }
    if (proof.old_size == proof.new_size) {
        return check_same_size(proof, old_root, new_root);
    }
    // The path starts at the subtree that ends with the old tree's last leaf: the largest complete
    // one. If that is the whole old tree, its hash is the old root and stands in no path.
    const EventIndex last{proof.old_size.value - 1};
    const auto height = static_cast<std::size_t>(std::countr_zero(proof.old_size.value));
    const auto shape = shape_of(last, proof.new_size);
    const std::size_t inner = shape.inner - height;
    const std::size_t start = std::has_single_bit(proof.old_size.value) ? 0 : 1;
    TRY(check_length(proof.path.size(), start + inner + shape.border));

    const Hash& seed = start == 0 ? old_root : proof.path[0];
    Hash old_hash = seed;
    Hash new_hash = seed;
    for (std::size_t i = start; i < proof.path.size(); ++i) {
        const Hash& sibling = proof.path[i];
        const bool is_border = i - start >= inner;
        // What stands to the left belongs to both trees, what stands to the right to the new one.
        if (is_border || bit(last, height + i - start)) {
            old_hash = hash_node(sibling, old_hash);
            new_hash = hash_node(sibling, new_hash);
        } else {
            new_hash = hash_node(new_hash, sibling);
        }
    }
    TRY(check_root(old_hash, old_root, "root of the older tree"));
    return check_root(new_hash, new_root, "root of the newer tree");
}

Result<void> check_consistency_for_witness(const ConsistencyProof& proof, const Hash& old_root,
                                           const Hash& new_root) {
    if (proof.old_size.value != 0) {
        return check_consistency(proof, old_root, new_root);
    }
    TRY(check_length(proof.path.size(), 0));
    if (old_root != empty_root() || (proof.new_size.value == 0 && new_root != empty_root())) {
        return Error{Fault::distrusted, "this is not the root of an empty tree"};
    }
    return done();
}

Result<InclusionProof> make_inclusion(EventIndex index, TreeSize size, const NodeReader& nodes) {
    if (!size.holds(index)) {
        return error(Fault::invalid, "a tree of {} events does not hold event {}", size.value,
                     index.value);
    }
    InclusionProof proof{index, size, {}};
    LeafRange range{0, size.value};
    while (range.count() > 1) {
        const auto middle = range.begin + split_below(range.count());
        const LeafRange left{range.begin, middle};
        const LeafRange right{middle, range.end};
        const bool goes_left = index.value < middle;
        const auto sibling = TRY(hash_of(goes_left ? right : left, nodes));
        proof.path.push_back(sibling);
        range = goes_left ? left : right;
    }
    std::ranges::reverse(proof.path);
    return proof;
}

Result<ConsistencyProof> make_consistency(TreeSize old_size, TreeSize new_size,
                                          const NodeReader& nodes) {
    if (old_size.value == 0 || old_size > new_size) {
        return error(Fault::invalid, "no proof leads from {} events to {}", old_size.value,
                     new_size.value);
    }
    ConsistencyProof proof{old_size, new_size, {}};
    LeafRange range{0, new_size.value};
    while (range.end != old_size.value) {
        const auto middle = range.begin + split_below(range.count());
        const LeafRange left{range.begin, middle};
        const LeafRange right{middle, range.end};
        const bool goes_left = old_size.value <= middle;
        const auto sibling = TRY(hash_of(goes_left ? right : left, nodes));
        proof.path.push_back(sibling);
        range = goes_left ? left : right;
    }
    // The whole old tree's hash is its root, which whoever checks has already.
    if (range.begin != 0) {
        const auto hash = TRY(hash_of(range, nodes));
        proof.path.push_back(hash);
    }
    std::ranges::reverse(proof.path);
    return proof;
}

}  // namespace wsoa
