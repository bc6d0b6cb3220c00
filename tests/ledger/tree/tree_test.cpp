#include "ledger/tree/tree.h"

#include "ledger/tree/hasher.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

constexpr std::uint64_t sizes_max = 65;

// A store of nodes that only knows what the frontier told it.
class NodeMap {
public:
    void keep(const std::vector<Node>& completed) {
        for (const auto& node : completed) {
            const bool is_new = nodes_.insert({node.ref, node.hash}).second;
            EXPECT_TRUE(is_new) << node.ref.level << "/" << node.ref.index;
        }
    }
    NodeReader reader() const {
        return [this](NodeRef ref) -> Result<Hash> {
            const auto found = nodes_.find(ref);
            if (found == nodes_.end()) {
                return Error{Fault::missing, "no such node"};
            }
            return found->second;
        };
    }
    const std::map<NodeRef, Hash>& all() const { return nodes_; }

private:
    std::map<NodeRef, Hash> nodes_;
};

// The eight entries that RFC 6962's implementations test with.
std::vector<Bytes> well_known_entries() {
    std::vector<Bytes> entries;
    for (const auto* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f"}) {
        entries.push_back(from_hex(hex).value());
    }
    return entries;
}

TEST(Tree, has_the_well_known_roots_of_the_well_known_entries) {
    const std::vector<std::string> roots{
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Frontier frontier;
    std::vector<std::string> found;
    for (const auto& entry : well_known_entries()) {
        frontier.append(hash_leaf(entry));
        found.push_back(to_hex(frontier.root().view()));
    }
    EXPECT_EQ(found, roots);
}

TEST(Frontier, has_the_root_of_the_recursion_at_every_size) {
    const ReferenceTree tree(sizes_max);
    Frontier frontier;
    EXPECT_EQ(frontier.root(), tree.root_at(0));
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        frontier.append(tree.leaf(size - 1));
        EXPECT_EQ(frontier.size(), TreeSize{size});
        EXPECT_EQ(frontier.root(), tree.root_at(size)) << size;
    }
}

TEST(Frontier, names_each_complete_node_once_and_no_other) {
    const ReferenceTree tree(sizes_max);
    Frontier frontier;
    NodeMap nodes;
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        nodes.keep(frontier.append(tree.leaf(size - 1)));
        std::size_t complete = 0;
        for (std::uint64_t width = 1; width <= size; width *= 2) {
            complete += size / width;
        }
        EXPECT_EQ(nodes.all().size(), complete) << size;
    }
    for (const auto& [ref, hash] : nodes.all()) {
        EXPECT_TRUE(ref.is_complete_in(TreeSize{sizes_max}));
        EXPECT_EQ(tree.nodes()(ref).value(), hash) << ref.level << "/" << ref.index;
    }
}

TEST(Frontier, gives_the_leaf_first_and_then_its_parents) {
    Frontier frontier;
    const ReferenceTree tree(4);
    for (std::uint64_t i = 0; i < 3; ++i) {
        frontier.append(tree.leaf(i));
    }
    const auto completed = frontier.append(tree.leaf(3));
    ASSERT_EQ(completed.size(), 3U);
    EXPECT_EQ(completed[0].ref, (NodeRef{0, 3}));
    EXPECT_EQ(completed[1].ref, (NodeRef{1, 1}));
    EXPECT_EQ(completed[2].ref, (NodeRef{2, 0}));
    EXPECT_EQ(completed[2].hash, tree.root());
}

TEST(Frontier, goes_on_from_stored_nodes_as_if_it_had_never_stopped) {
    const ReferenceTree tree(sizes_max);
    NodeMap nodes;
    Frontier frontier;
    for (std::uint64_t size = 0; size < sizes_max; ++size) {
        auto loaded = Frontier::load(TreeSize{size}, nodes.reader());
        ASSERT_TRUE(loaded.ok()) << loaded.error().message;
        EXPECT_EQ(loaded.value().root(), tree.root_at(size));
        const auto completed = loaded.value().append(tree.leaf(size));
        EXPECT_EQ(completed, frontier.append(tree.leaf(size)));
        nodes.keep(completed);
    }
}

TEST(Frontier, shows_the_complete_subtrees_that_it_consists_of) {
    const ReferenceTree tree(sizes_max);
    NodeMap stored;
    Frontier frontier;
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        stored.keep(frontier.append(tree.leaf(size - 1)));
        std::vector<NodeRef> shown;
        for (const auto& node : frontier.nodes()) {
            shown.push_back(node.ref);
            EXPECT_EQ(node.hash, stored.all().at(node.ref));
        }
        EXPECT_EQ(shown, complete_subtrees(TreeSize{size}));
    }
}

TEST(Frontier, does_not_load_when_a_node_is_missing) {
    const ReferenceTree tree(6);
    const auto loaded = Frontier::load(TreeSize{7}, tree.nodes());
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().fault, Fault::missing);
    EXPECT_EQ(loaded.error().message, "reading node 6 at level 0 of the tree: no such node");
}

TEST(RootAt, gives_every_earlier_root_from_the_nodes_of_a_later_tree) {
    const ReferenceTree tree(sizes_max);
    for (std::uint64_t size = 0; size <= sizes_max; ++size) {
        const auto root = root_at(TreeSize{size}, tree.nodes());
        ASSERT_TRUE(root.ok()) << root.error().message;
        EXPECT_EQ(root.value(), tree.root_at(size)) << size;
    }
}

TEST(RootAt, passes_on_that_a_node_is_missing) {
    const ReferenceTree tree(4);
    const auto root = root_at(TreeSize{5}, tree.nodes());
    ASSERT_FALSE(root.ok());
    EXPECT_EQ(root.error().fault, Fault::missing);
}

TEST(CompleteSubtrees, are_one_for_each_bit_of_the_size_from_left_to_right) {
    EXPECT_TRUE(complete_subtrees(TreeSize{0}).empty());
    EXPECT_EQ(complete_subtrees(TreeSize{1}), (std::vector<NodeRef>{{0, 0}}));
    EXPECT_EQ(complete_subtrees(TreeSize{7}), (std::vector<NodeRef>{{2, 0}, {1, 2}, {0, 6}}));
    EXPECT_EQ(complete_subtrees(TreeSize{~std::uint64_t{0}}).size(), 64U);
    EXPECT_EQ(complete_subtrees(TreeSize{std::uint64_t{1} << 63}), (std::vector<NodeRef>{{63, 0}}));
}

TEST(NodeRef, is_complete_once_its_last_leaf_is_there) {
    EXPECT_FALSE((NodeRef{2, 1}).is_complete_in(TreeSize{7}));
    EXPECT_TRUE((NodeRef{2, 1}).is_complete_in(TreeSize{8}));
    EXPECT_FALSE((NodeRef{64, 0}).is_complete_in(TreeSize{~std::uint64_t{0}}));
    EXPECT_FALSE((NodeRef{0, ~std::uint64_t{0}}).is_complete_in(TreeSize{~std::uint64_t{0}}));
}

TEST(SplitBelow, is_the_largest_power_of_two_below_the_count) {
    EXPECT_EQ(split_below(2), 1U);
    EXPECT_EQ(split_below(3), 2U);
    EXPECT_EQ(split_below(4), 2U);
    EXPECT_EQ(split_below(5), 4U);
    EXPECT_EQ(split_below(~std::uint64_t{0}), std::uint64_t{1} << 63);
}

}  // namespace
}  // namespace wsoa
