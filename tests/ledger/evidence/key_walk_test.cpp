#include "ledger/evidence/key_tree.h"

#include "tests/ledger/evidence/samples.h"

#include <gtest/gtest.h>

#include <random>

namespace wsoa {
namespace {

using test::secret_from;

// What the tree itself derives, to the byte or to the error.
void expect_the_trees(const KeyTree& tree, KeyWalk& walk, LeafIndex leaf) {
    const auto wanted = tree.derive(leaf);
    const auto found = walk.derive(leaf);
    ASSERT_EQ(found.ok(), wanted.ok()) << leaf.value;
    if (wanted.ok()) {
        EXPECT_TRUE(equal(found.value()->view(), wanted.value().view())) << leaf.value;
    } else {
        EXPECT_EQ(found.error(), wanted.error()) << leaf.value;
    }
}

KeyTree punctured(unsigned levels) {
    KeyTree tree(secret_from(0), levels);
    EXPECT_TRUE(tree.forget_range({static_cast<std::uint8_t>(levels - 3), 5}).ok());
    EXPECT_TRUE(tree.forget({3}).ok());
    EXPECT_TRUE(tree.forget({200}).ok());
    EXPECT_TRUE(tree.forget({201}).ok());
    return tree;
}

TEST(KeyWalk, derives_every_leaf_in_turn_as_the_tree_does) {
    const auto tree = punctured(8);
    KeyWalk walk(tree);
    for (std::uint64_t leaf = 0; leaf < 260; ++leaf) {
        expect_the_trees(tree, walk, {leaf});
    }
}

TEST(KeyWalk, derives_leaves_in_any_order_and_twice) {
    const auto tree = punctured(8);
    KeyWalk walk(tree);
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const LeafIndex leaf{random() % 258};
        expect_the_trees(tree, walk, leaf);
        if (i % 7 == 0) {
            expect_the_trees(tree, walk, leaf);
        }
    }
}

TEST(KeyWalk, goes_from_event_to_event_of_a_whole_log) {
    auto tree = KeyTree(secret_from(1));
    ASSERT_TRUE(tree.forget_range(word_node(EventIndex{812}).value()).ok());
    ASSERT_TRUE(tree.forget({815 * 64 + 3}).ok());
    KeyWalk walk(tree);
    for (std::uint64_t event = 800; event < 830; ++event) {
        for (const std::uint64_t field : {1U, 3U, 4U, 63U}) {
            expect_the_trees(tree, walk, {event * 64 + field});
        }
    }
    expect_the_trees(tree, walk, {(std::uint64_t{1} << key_tree_levels) - 1});
    expect_the_trees(tree, walk, {std::uint64_t{1} << key_tree_levels});
    expect_the_trees(tree, walk, {0});
}

TEST(KeyWalk, has_nothing_to_derive_where_all_was_forgotten) {
    auto tree = KeyTree(secret_from(1));
    ASSERT_TRUE(tree.forget_range({0, 0}).ok());
    KeyWalk walk(tree);
    expect_the_trees(tree, walk, {7});
    EXPECT_FALSE(KeyWalk::over(nullptr));
    EXPECT_TRUE(KeyWalk::over(&tree));
}

}  // namespace
}  // namespace wsoa
