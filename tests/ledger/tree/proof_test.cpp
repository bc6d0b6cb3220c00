#include "ledger/tree/proof.h"

#include "ledger/tree/hasher.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

#include <functional>

namespace wsoa {
namespace {

constexpr std::uint64_t sizes_max = 65;

// Every leaf of every tree up to 65 events, against the recursion as the RFC defines it.
TEST(InclusionProof, leads_to_the_root_from_every_leaf) {
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        const ReferenceTree tree(size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto root = root_of(tree.inclusion(EventIndex{index}), tree.leaf(index));
            ASSERT_TRUE(root.ok()) << root.error().message;
            EXPECT_EQ(root.value(), tree.root()) << "leaf " << index << " of " << size;
        }
    }
}

TEST(InclusionProof, is_made_as_the_recursion_makes_it) {
    const ReferenceTree tree(sizes_max);
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto made = make_inclusion(EventIndex{index}, TreeSize{size}, tree.nodes());
            ASSERT_TRUE(made.ok()) << made.error().message;
            EXPECT_EQ(made.value(), tree.inclusion(EventIndex{index}, size))
                << "leaf " << index << " of " << size;
        }
    }
}

TEST(InclusionProof, asks_only_for_nodes_that_are_complete_in_its_tree) {
    const ReferenceTree tree(sizes_max);
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        const auto nodes = [&](NodeRef ref) {
            EXPECT_TRUE(ref.is_complete_in(TreeSize{size}));
            return tree.nodes()(ref);
        };
        EXPECT_TRUE(make_inclusion(EventIndex{size / 2}, TreeSize{size}, nodes).ok());
    }
}

TEST(InclusionProof, is_not_made_for_an_event_outside_the_tree) {
    const ReferenceTree tree(8);
    for (const std::uint64_t size : {0U, 3U, 4U}) {
        const auto made = make_inclusion(EventIndex{4}, TreeSize{size}, tree.nodes());
        ASSERT_FALSE(made.ok());
        EXPECT_EQ(made.error().fault, Fault::invalid);
    }
}

TEST(InclusionProof, is_not_made_from_a_store_that_lacks_a_node) {
    const ReferenceTree tree(7);
    const auto made = make_inclusion(EventIndex{0}, TreeSize{8}, tree.nodes());
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().fault, Fault::missing);
}

TEST(InclusionProof, holds_no_leaf_but_its_own_in_no_other_place) {
    const ReferenceTree tree(13);
    for (std::uint64_t index = 0; index < 13; ++index) {
        for (std::uint64_t other = 0; other < 13; ++other) {
            const auto proof = tree.inclusion(EventIndex{index});
            EXPECT_EQ(check_inclusion(proof, tree.leaf(other), tree.root()).ok(), index == other);
        }
    }
}

// What can be wrong with a right proof, by name. Each changes a proof of leaf 5 of 13 events.
struct InclusionCase {
    InclusionProof proof;
    Hash leaf;
    Hash root;
};
struct InclusionMutation {
    std::string name;
    std::function<void(InclusionCase&)> change;
};

std::vector<InclusionMutation> inclusion_mutations() {
    return {
        {"index one lower", [](auto& c) { --c.proof.index.value; }},
        {"index one higher", [](auto& c) { ++c.proof.index.value; }},
        {"index zero", [](auto& c) { c.proof.index.value = 0; }},
        {"index equal to the size", [](auto& c) { c.proof.index.value = 13; }},
        {"index past the size", [](auto& c) { c.proof.index.value = 14; }},
        {"index of all ones", [](auto& c) { c.proof.index.value = ~std::uint64_t{0}; }},
        {"index with a bit above 32",
         [](auto& c) { c.proof.index.value += std::uint64_t{1} << 32; }},
        {"size zero", [](auto& c) { c.proof.size.value = 0; }},
        {"size one", [](auto& c) { c.proof.size.value = 1; }},
        {"size down to the index", [](auto& c) { c.proof.size.value = 5; }},
        {"size halved", [](auto& c) { c.proof.size.value = 6; }},
        {"size doubled", [](auto& c) { c.proof.size.value = 26; }},
        {"size down to the left subtree", [](auto& c) { c.proof.size.value = 8; }},
        {"size of all ones", [](auto& c) { c.proof.size.value = ~std::uint64_t{0}; }},
        {"path empty", [](auto& c) { c.proof.path.clear(); }},
        {"path one short at its end", [](auto& c) { c.proof.path.pop_back(); }},
        {"path one short at its start", [](auto& c) { c.proof.path.erase(c.proof.path.begin()); }},
        {"path one long at its end", [](auto& c) { c.proof.path.push_back(c.root); }},
        {"path one long at its start",
         [](auto& c) { c.proof.path.insert(c.proof.path.begin(), c.leaf); }},
        {"path with an empty hash at its end", [](auto& c) { c.proof.path.push_back(Hash{}); }},
        {"path twice",
         [](auto& c) {
             const auto path = c.proof.path;
             c.proof.path.insert(c.proof.path.end(), path.begin(), path.end());
         }},
        {"path of 65 hashes", [](auto& c) { c.proof.path.resize(65); }},
        {"path of 100,000 hashes", [](auto& c) { c.proof.path.resize(100'000); }},
        {"first two hashes swapped", [](auto& c) { std::swap(c.proof.path[0], c.proof.path[1]); }},
        {"last two hashes swapped", [](auto& c) { std::swap(c.proof.path[2], c.proof.path[3]); }},
        {"one bit of the first hash", [](auto& c) { c.proof.path[0].bytes[0] ^= 1; }},
        {"one bit of the last hash", [](auto& c) { c.proof.path[3].bytes[31] ^= 0x80; }},
        {"one bit of the leaf", [](auto& c) { c.leaf.bytes[7] ^= 4; }},
        {"leaf and its sibling swapped", [](auto& c) { std::swap(c.leaf, c.proof.path[0]); }},
        {"one bit of the root", [](auto& c) { c.root.bytes[7] ^= 4; }},
        {"root of zeros", [](auto& c) { c.root = Hash{}; }},
        {"root of the empty tree", [](auto& c) { c.root = empty_root(); }},
        {"root of another size", [](auto& c) { c.root = ReferenceTree(12).root(); }},
        {"leaf and root swapped", [](auto& c) { std::swap(c.leaf, c.root); }},
        {"a node passed off as a leaf",
         [](auto& c) {
             c.leaf = hash_node(c.proof.path[0], c.leaf);
             c.proof.path.erase(c.proof.path.begin());
         }},
    };
}

TEST(InclusionProof, is_refused_when_anything_is_wrong_with_it) {
    const ReferenceTree tree(13);
    const InclusionCase good{tree.inclusion(EventIndex{5}), tree.leaf(5), tree.root()};
    ASSERT_TRUE(check_inclusion(good.proof, good.leaf, good.root).ok());
    for (const auto& mutation : inclusion_mutations()) {
        auto wrong = good;
        mutation.change(wrong);
        EXPECT_FALSE(check_inclusion(wrong.proof, wrong.leaf, wrong.root).ok()) << mutation.name;
    }
}

TEST(InclusionProof, is_invalid_by_its_shape_and_distrusted_by_its_root) {
    const ReferenceTree tree(13);
    auto proof = tree.inclusion(EventIndex{5});
    EXPECT_EQ(check_inclusion(proof, tree.leaf(5), Hash{}).error().fault, Fault::distrusted);
    proof.path.pop_back();
    EXPECT_EQ(check_inclusion(proof, tree.leaf(5), tree.root()).error().fault, Fault::invalid);
}

TEST(InclusionProof, gives_each_sum_from_the_leaf_to_the_root) {
    for (const std::uint64_t size : {2U, 7U, 8U, 65U}) {
        const ReferenceTree tree(size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto sums = sums_of(tree.inclusion(EventIndex{index}), tree.leaf(index)).value();
            auto below = tree.leaf(index);
            for (const auto& sum : sums) {
                EXPECT_TRUE(sum.left == below || sum.right == below);
                EXPECT_EQ(sum.sum, hash_node(sum.left, sum.right));
                below = sum.sum;
            }
            EXPECT_EQ(below, tree.root()) << "leaf " << index << " of " << size;
        }
    }
}

TEST(InclusionProof, is_empty_for_the_only_event) {
    const Hash leaf = hash_leaf(bytes_of("alone"));
    EXPECT_TRUE(check_inclusion({EventIndex{0}, TreeSize{1}, {}}, leaf, leaf).ok());
    EXPECT_FALSE(check_inclusion({EventIndex{0}, TreeSize{0}, {}}, leaf, leaf).ok());
}

TEST(InclusionProof, takes_64_hashes_in_the_largest_tree) {
    const TreeSize largest{~std::uint64_t{0}};
    const Hash leaf = hash_leaf(bytes_of("first"));
    Hash root = leaf;
    for (int level = 0; level < 64; ++level) {
        root = hash_node(root, Hash{});
    }
    const InclusionProof first{EventIndex{0}, largest, std::vector<Hash>(64)};
    EXPECT_TRUE(check_inclusion(first, leaf, root).ok());
    // The last of 2^64 - 1 leaves has no sibling of its own: left ones only, one a bit of its
    // index.
    const InclusionProof last{EventIndex{largest.value - 1}, largest, std::vector<Hash>(63)};
    EXPECT_TRUE(root_of(last, leaf).ok());
}

TEST(ConsistencyProof, holds_between_every_two_sizes) {
    const ReferenceTree tree(sizes_max);
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
            const auto checked = check_consistency(tree.consistency(old_size, size),
                                                   tree.root_at(old_size), tree.root_at(size));
            EXPECT_TRUE(checked.ok()) << old_size << " to " << size;
        }
    }
}

TEST(ConsistencyProof, is_made_as_the_recursion_makes_it) {
    const ReferenceTree tree(sizes_max);
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
            const auto made = make_consistency(TreeSize{old_size}, TreeSize{size}, tree.nodes());
            ASSERT_TRUE(made.ok()) << made.error().message;
            EXPECT_EQ(made.value(), tree.consistency(old_size, size)) << old_size << " to " << size;
        }
    }
}

TEST(ConsistencyProof, does_not_hold_for_any_other_pair_of_roots) {
    constexpr std::uint64_t size = 17;
    const ReferenceTree tree(size);
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
        const auto proof = tree.consistency(old_size);
        for (std::uint64_t other = 0; other < size; ++other) {
            const Hash root = tree.root_at(other);
            EXPECT_FALSE(check_consistency(proof, tree.root_at(old_size), root).ok());
            EXPECT_EQ(check_consistency(proof, root, tree.root()).ok(), other == old_size);
        }
    }
}

TEST(ConsistencyProof, does_not_hold_when_an_old_event_was_changed) {
    std::vector<Bytes> entries;
    for (std::uint64_t i = 0; i < 17; ++i) {
        entries.push_back(Bytes{static_cast<std::uint8_t>(i)});
    }
    const ReferenceTree kept(entries);
    for (std::uint64_t old_size = 1; old_size <= 17; ++old_size) {
        auto tidied = entries;
        tidied[old_size - 1] = Bytes{99};
        const ReferenceTree other(tidied);
        EXPECT_FALSE(
            check_consistency(other.consistency(old_size), kept.root_at(old_size), other.root())
                .ok())
            << old_size;
    }
}

TEST(ConsistencyProof, is_not_made_from_nothing_or_backwards) {
    const ReferenceTree tree(8);
    EXPECT_EQ(make_consistency(TreeSize{0}, TreeSize{8}, tree.nodes()).error().fault,
              Fault::invalid);
    EXPECT_EQ(make_consistency(TreeSize{8}, TreeSize{7}, tree.nodes()).error().fault,
              Fault::invalid);
}

struct ConsistencyCase {
    ConsistencyProof proof;
    Hash old_root;
    Hash new_root;
};
struct ConsistencyMutation {
    std::string name;
    std::function<void(ConsistencyCase&)> change;
};

// Each changes a proof from 6 events (or 8, where the old root is no part of the path) to 13.
std::vector<ConsistencyMutation> consistency_mutations() {
    return {
        {"old size zero", [](auto& c) { c.proof.old_size.value = 0; }},
        {"old size one", [](auto& c) { c.proof.old_size.value = 1; }},
        {"old size one lower", [](auto& c) { --c.proof.old_size.value; }},
        {"old size one higher", [](auto& c) { ++c.proof.old_size.value; }},
        {"old size equal to the new", [](auto& c) { c.proof.old_size = c.proof.new_size; }},
        {"old size past the new", [](auto& c) { c.proof.old_size.value = 14; }},
        {"old size of all ones", [](auto& c) { c.proof.old_size.value = ~std::uint64_t{0}; }},
        {"new size zero", [](auto& c) { c.proof.new_size.value = 0; }},
        {"new size down to the old", [](auto& c) { c.proof.new_size = c.proof.old_size; }},
        {"new size doubled", [](auto& c) { c.proof.new_size.value = 26; }},
        {"new size of all ones", [](auto& c) { c.proof.new_size.value = ~std::uint64_t{0}; }},
        {"sizes swapped", [](auto& c) { std::swap(c.proof.old_size, c.proof.new_size); }},
        {"path empty", [](auto& c) { c.proof.path.clear(); }},
        {"path one short at its end", [](auto& c) { c.proof.path.pop_back(); }},
        {"path one short at its start", [](auto& c) { c.proof.path.erase(c.proof.path.begin()); }},
        {"path one long at its end", [](auto& c) { c.proof.path.push_back(c.new_root); }},
        {"path one long at its start",
         [](auto& c) { c.proof.path.insert(c.proof.path.begin(), c.old_root); }},
        {"path of 65 hashes", [](auto& c) { c.proof.path.resize(65); }},
        {"path of 100,000 hashes", [](auto& c) { c.proof.path.resize(100'000); }},
        {"first and last hash swapped",
         [](auto& c) { std::swap(c.proof.path.front(), c.proof.path.back()); }},
        {"one bit of the first hash", [](auto& c) { c.proof.path.front().bytes[3] ^= 1; }},
        {"one bit of the last hash", [](auto& c) { c.proof.path.back().bytes[31] ^= 0x80; }},
        {"roots swapped", [](auto& c) { std::swap(c.old_root, c.new_root); }},
        {"old root twice", [](auto& c) { c.new_root = c.old_root; }},
        {"new root twice", [](auto& c) { c.old_root = c.new_root; }},
        {"one bit of the old root", [](auto& c) { c.old_root.bytes[0] ^= 1; }},
        {"one bit of the new root", [](auto& c) { c.new_root.bytes[0] ^= 1; }},
        {"old root of zeros", [](auto& c) { c.old_root = Hash{}; }},
        {"new root of the empty tree", [](auto& c) { c.new_root = empty_root(); }},
    };
}

TEST(ConsistencyProof, is_refused_when_anything_is_wrong_with_it) {
    const ReferenceTree tree(13);
    for (const std::uint64_t old_size : {6U, 8U}) {
        const ConsistencyCase good{tree.consistency(old_size), tree.root_at(old_size), tree.root()};
        ASSERT_TRUE(check_consistency(good.proof, good.old_root, good.new_root).ok());
        for (const auto& mutation : consistency_mutations()) {
            auto wrong = good;
            mutation.change(wrong);
            // What a swap leaves as it was is no mutation.
            if (wrong.proof == good.proof && wrong.old_root == good.old_root &&
                wrong.new_root == good.new_root) {
                continue;
            }
            EXPECT_FALSE(check_consistency(wrong.proof, wrong.old_root, wrong.new_root).ok())
                << mutation.name << ", from " << old_size;
        }
    }
}

// A root does not commit to its size: only the checkpoint does, so sizes come from there.
TEST(ConsistencyProof, cannot_tell_sizes_of_the_same_shape_apart) {
    const ReferenceTree tree(13);
    auto proof = tree.consistency(8);
    proof.new_size.value = 9;
    EXPECT_TRUE(check_consistency(proof, tree.root_at(8), tree.root()).ok());
    proof.new_size.value = 17;
    EXPECT_FALSE(check_consistency(proof, tree.root_at(8), tree.root()).ok());
}

TEST(ConsistencyProof, between_equal_sizes_is_empty_and_asks_for_equal_roots) {
    const Hash root = ReferenceTree(5).root();
    const ConsistencyProof same{TreeSize{5}, TreeSize{5}, {}};
    EXPECT_TRUE(check_consistency(same, root, root).ok());
    EXPECT_EQ(check_consistency(same, root, Hash{}).error().fault, Fault::distrusted);
    EXPECT_FALSE(check_consistency({TreeSize{5}, TreeSize{5}, {root}}, root, root).ok());
}

TEST(ConsistencyProof, from_an_empty_tree_is_refused_whatever_the_roots) {
    const Hash root = ReferenceTree(5).root();
    EXPECT_EQ(check_consistency({TreeSize{0}, TreeSize{5}, {}}, empty_root(), root).error().fault,
              Fault::invalid);
    EXPECT_FALSE(
        check_consistency({TreeSize{0}, TreeSize{0}, {}}, empty_root(), empty_root()).ok());
}

TEST(ConsistencyProof, does_not_overflow_at_the_largest_sizes) {
    const TreeSize largest{~std::uint64_t{0}};
    for (const std::uint64_t old_size : {std::uint64_t{1}, std::uint64_t{1} << 63,
                                         (std::uint64_t{1} << 63) + 1, largest.value - 1}) {
        for (std::size_t hashes = 0; hashes <= 65; ++hashes) {
            const ConsistencyProof proof{TreeSize{old_size}, largest, std::vector<Hash>(hashes)};
            EXPECT_FALSE(check_consistency(proof, Hash{}, Hash{}).ok());
        }
    }
}

TEST(WitnessConsistency, takes_the_empty_proof_from_an_empty_tree) {
    const Hash root = ReferenceTree(5).root();
    EXPECT_TRUE(
        check_consistency_for_witness({TreeSize{0}, TreeSize{5}, {}}, empty_root(), root).ok());
    EXPECT_TRUE(
        check_consistency_for_witness({TreeSize{0}, TreeSize{0}, {}}, empty_root(), empty_root())
            .ok());
}

TEST(WitnessConsistency, refuses_every_other_proof_from_an_empty_tree) {
    const Hash root = ReferenceTree(5).root();
    EXPECT_FALSE(
        check_consistency_for_witness({TreeSize{0}, TreeSize{5}, {root}}, empty_root(), root).ok());
}

TEST(WitnessConsistency, refuses_an_empty_tree_under_another_root) {
    const Hash root = ReferenceTree(5).root();
    EXPECT_FALSE(
        check_consistency_for_witness({TreeSize{0}, TreeSize{0}, {}}, empty_root(), root).ok());
    EXPECT_FALSE(check_consistency_for_witness({TreeSize{0}, TreeSize{5}, {}}, root, root).ok());
}

TEST(WitnessConsistency, is_the_common_check_from_any_other_size) {
    const ReferenceTree tree(13);
    for (std::uint64_t old_size = 1; old_size <= 13; ++old_size) {
        const auto proof = tree.consistency(old_size);
        EXPECT_TRUE(check_consistency_for_witness(proof, tree.root_at(old_size), tree.root()).ok());
        EXPECT_FALSE(check_consistency_for_witness(proof, tree.root_at(old_size), Hash{}).ok());
    }
}

}  // namespace
}  // namespace wsoa
