#include "ledger/tree/hash_tree.h"

#include "ledger/tree/hasher.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

#include <map>

namespace wsoa {
namespace {

constexpr std::uint64_t leaves_max = 65;

TEST(HashTree, has_the_root_of_the_recursion_at_every_size_up_to_its_own) {
    const ReferenceTree reference(leaves_max);
    HashTree tree;
    EXPECT_EQ(tree.root_at({}), empty_root());
    for (std::uint64_t size = 1; size <= leaves_max; ++size) {
        tree.append(reference.leaf(size - 1));
        EXPECT_EQ(tree.size(), TreeSize{size});
        for (std::uint64_t earlier = 0; earlier <= size; ++earlier) {
            EXPECT_EQ(tree.root_at({earlier}), reference.root_at(earlier))
                << earlier << " of " << size;
        }
    }
}

TEST(HashTree, gives_the_nodes_that_its_edge_gave_and_no_other) {
    const ReferenceTree reference(leaves_max);
    HashTree tree;
    Frontier edge;
    std::map<NodeRef, Hash> complete;
    for (std::uint64_t i = 0; i < leaves_max; ++i) {
        const auto completed = edge.append(reference.leaf(i));
        EXPECT_EQ(tree.append(reference.leaf(i)), completed) << i;
        for (const auto& node : completed) {
            complete.emplace(node.ref, node.hash);
        }
    }
    EXPECT_EQ(tree.edge().root(), edge.root());
    for (std::uint32_t level = 0; level < 64; ++level) {
        for (std::uint64_t index = 0; index <= leaves_max; ++index) {
            const NodeRef ref{level, index};
            const auto* const node = tree.node(ref);
            const auto found = complete.find(ref);
            ASSERT_EQ(node != nullptr, found != complete.end()) << level << "/" << index;
            EXPECT_TRUE(node == nullptr || *node == found->second) << level << "/" << index;
        }
    }
    EXPECT_EQ(tree.node({.level = 64, .index = 0}), nullptr);
}

}  // namespace
}  // namespace wsoa
