// Proofs against two references: in small trees, the recursions of RFC 6962 that make them; in
// trees of any size, a recursion that checks them from the root down.

#include "ledger/tree/hasher.h"
#include "ledger/tree/proof.h"
#include "tests/fuzz/target.h"
#include "tests/support/reference_tree.h"

#include <optional>
#include <span>

using namespace wsoa;

namespace {

constexpr std::uint64_t small_size_max = 70;

// The root of n leaves to which a path leads from its leaf m; null where it is too short or long.
std::optional<Hash> slow_root(std::uint64_t m, std::uint64_t n, std::span<const Hash> path,
                              const Hash& leaf) {
    if (n == 1) {
        return path.empty() ? std::optional(leaf) : std::nullopt;
    }
    if (path.empty()) {
        return std::nullopt;
    }
    std::uint64_t k = 1;
    while (k < n - k) {
        k *= 2;
    }
    const auto below = path.first(path.size() - 1);
    const auto inner = m < k ? slow_root(m, k, below, leaf) : slow_root(m - k, n - k, below, leaf);
    if (!inner) {
        return std::nullopt;
    }
    return m < k ? hash_node(*inner, path.back()) : hash_node(path.back(), *inner);
}

// A path that a stranger sends: hashes of the right one, left out, said twice, turned, or added.
std::vector<Hash> bent(const std::vector<Hash>& right, test::Cutter& cutter) {
    std::vector<Hash> path;
    for (const auto& hash : right) {
        const auto how = cutter.byte();
        if (how != 1) {
            path.push_back(hash);
        }
        if (how == 2) {
            path.push_back(hash);
        }
        if (how == 3) {
            path.back().bytes[cutter.byte() % 32] ^= cutter.byte();
        }
    }
    while (cutter.byte() == 4 && path.size() < 80) {
        path.push_back(Hash::of(Bytes(32, cutter.byte())).value());
    }
    return path;
}

void check_in_a_small_tree(test::Cutter& cutter) {
    static const ReferenceTree tree(small_size_max);
    const auto size = 1 + cutter.byte() % small_size_max;
    const auto index = cutter.byte() % size;
    const auto right = tree.inclusion(EventIndex{index}, size);
    auto given = right;
    given.path = bent(right.path, cutter);
    CHECK(check_inclusion(given, tree.leaf(index), tree.root_at(size)).ok() == (given == right));

    const auto old_size = 1 + cutter.byte() % size;
    const auto grown = tree.consistency(old_size, size);
    auto claimed = grown;
    claimed.path = bent(grown.path, cutter);
    CHECK(check_consistency(claimed, tree.root_at(old_size), tree.root_at(size)).ok() ==
          (claimed == grown));
    CHECK(make_inclusion(EventIndex{index}, TreeSize{size}, tree.nodes()).value() == right);
    CHECK(make_consistency(TreeSize{old_size}, TreeSize{size}, tree.nodes()).value() == grown);
}

void check_in_any_tree(test::Cutter& cutter) {
    InclusionProof proof{
        .index = EventIndex{cutter.number(8)}, .size = TreeSize{cutter.number(8)}, .path = {}};
    ConsistencyProof growth{
        .old_size = TreeSize{proof.index.value}, .new_size = proof.size, .path = {}};
    const auto leaf = hash_leaf({});
    // A hash is a byte 32 times: enough to tell them apart.
    while (!cutter.at_end() && proof.path.size() < 80) {
        proof.path.push_back(Hash::of(Bytes(32, cutter.byte())).value());
    }
    const auto root = root_of(proof, leaf);
    const auto slow = proof.size.holds(proof.index)
                          ? slow_root(proof.index.value, proof.size.value, proof.path, leaf)
                          : std::nullopt;
    CHECK(root.ok() == slow.has_value());
    CHECK(!root.ok() || root.value() == *slow);
    const auto sums = sums_of(proof, leaf);
    CHECK(sums.ok() == root.ok());
    CHECK(!sums.ok() || sums.value().empty() || sums.value().back().sum == root.value());
    // No path leads to a root that nobody made.
    growth.path = proof.path;
    CHECK(!check_consistency(growth, leaf, sha256({})).ok());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    if (cutter.byte() % 2 == 0) {
        check_in_a_small_tree(cutter);
    } else {
        check_in_any_tree(cutter);
    }
    return 0;
}
