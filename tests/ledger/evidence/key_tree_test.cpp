#include "ledger/evidence/key_tree.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "tests/ledger/evidence/samples.h"

#include <gtest/gtest.h>

#include <set>

namespace wsoa {
namespace {

using test::golden;
using test::secret_from;

constexpr std::uint64_t leaves_max = std::uint64_t{1} << key_tree_levels;

// A leaf's secret by the definition: one step a bit, from the root down.
Bytes naive(std::uint64_t leaf, unsigned levels = key_tree_levels) {
    Bytes node = copy_of(secret_from(0).view());
    for (unsigned level = 0; level < levels; ++level) {
        Bytes message = copy_of(bytes_of("wsoa-ledger/key-tree/v1\n"));
        message.push_back(static_cast<std::uint8_t>(leaf >> (levels - 1 - level) & 1U));
        node = copy_of(hmac_sha256(node, message).view());
    }
    return node;
}

KeyTree whole(unsigned levels = key_tree_levels) { return KeyTree(secret_from(0), levels); }

Bytes derived(const KeyTree& tree, std::uint64_t leaf) {
    const auto secret = tree.derive({leaf});
    return secret.ok() ? copy_of(secret.value().view()) : Bytes{};
}

// Everything that follows from the seeds of an encoded tree, leaf or not.
std::set<Bytes> all_that_follows(const KeyTree& tree) {
    const auto encoded = tree.encode();
    ByteReader reader(encoded.view());
    EXPECT_TRUE(reader.take(2).ok());
    std::set<Bytes> known;
    for (auto left = reader.u32().value(); left > 0; --left) {
        const unsigned level = reader.u8().value();
        EXPECT_TRUE(reader.u64().ok());
        std::vector<Bytes> row{copy_of(reader.take(32).value())};
        for (unsigned below = level; below <= tree.levels(); ++below) {
            std::vector<Bytes> next;
            for (const auto& node : row) {
                known.insert(node);
                for (const auto bit : {std::uint8_t{0}, std::uint8_t{1}}) {
                    Bytes message = copy_of(bytes_of("wsoa-ledger/key-tree/v1\n"));
                    message.push_back(bit);
                    next.push_back(copy_of(hmac_sha256(node, message).view()));
                }
            }
            row = std::move(next);
        }
    }
    return known;
}

TEST(KeyTree, derives_what_the_definition_says) {
    const auto tree = whole();
    for (const std::uint64_t leaf : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{64},
                                     std::uint64_t{812} * 64 + 3, leaves_max / 2, leaves_max - 1}) {
        EXPECT_EQ(derived(tree, leaf), naive(leaf)) << leaf;
    }
}

TEST(KeyTree, derives_the_golden_secrets) {
    const auto tree = whole();
    std::string found;
    for (const std::uint64_t leaf :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{812} * 64 + 3, leaves_max - 1}) {
        found += fmt::format("{} {}\n", leaf, to_hex(derived(tree, leaf)));
    }
    found.pop_back();
    EXPECT_EQ(found, golden("key_tree_leaves.hex"));
}

TEST(KeyTree, has_no_leaf_past_its_end) {
    const auto tree = whole();
    EXPECT_EQ(tree.derive({leaves_max}).error().fault, Fault::invalid);
    EXPECT_FALSE(tree.covers({leaves_max}));
    EXPECT_EQ(whole().forget({leaves_max}).error().fault, Fault::invalid);
    EXPECT_EQ(whole().forget_range({41, 0}).error().fault, Fault::invalid);
    EXPECT_EQ(whole().forget_range({3, 8}).error().fault, Fault::invalid);
    EXPECT_EQ(tree.derive_subtree({255, 0}).error().fault, Fault::invalid);
}

TEST(KeyTree, forgets_one_leaf_and_leaves_all_others_as_they_were) {
    constexpr unsigned levels = 6;
    std::vector<Bytes> wanted;
    for (std::uint64_t leaf = 0; leaf < 64; ++leaf) {
        wanted.push_back(naive(leaf, levels));
    }
    for (std::uint64_t gone = 0; gone < 64; ++gone) {
        auto tree = whole(levels);
        ASSERT_TRUE(tree.forget({gone}).ok());
        for (std::uint64_t leaf = 0; leaf < 64; ++leaf) {
            if (leaf != gone) {
                ASSERT_EQ(derived(tree, leaf), wanted[leaf]) << gone << ", " << leaf;
            }
        }
        EXPECT_EQ(tree.derive({gone}).error().fault, Fault::missing);
        EXPECT_FALSE(tree.covers({gone}));
    }
}

TEST(KeyTree, keeps_the_neighbours_of_a_forgotten_leaf_at_full_depth) {
    auto tree = whole();
    const std::uint64_t gone = (std::uint64_t{812} << 6) + 3;
    ASSERT_TRUE(tree.forget({gone}).ok());
    for (std::uint64_t leaf = gone - 70; leaf < gone + 70; ++leaf) {
        EXPECT_EQ(derived(tree, leaf), leaf == gone ? Bytes{} : naive(leaf)) << leaf;
    }
    EXPECT_EQ(derived(tree, leaves_max - 1), naive(leaves_max - 1));
}

TEST(KeyTree, holds_nothing_from_which_a_forgotten_leaf_follows) {
    constexpr unsigned levels = 7;
    auto tree = whole(levels);
    std::set<std::uint64_t> gone;
    std::mt19937_64 random(7);
    for (int turn = 0; turn < 40; ++turn) {
        gone.insert(random() % 128);
        ASSERT_TRUE(tree.forget({*gone.rbegin()}).ok());
        for (const auto leaf : gone) {
            ASSERT_TRUE(tree.forget({leaf}).ok());
        }
        const auto known = all_that_follows(tree);
        for (std::uint64_t leaf = 0; leaf < 128; ++leaf) {
            ASSERT_EQ(known.contains(naive(leaf, levels)), !gone.contains(leaf)) << leaf;
        }
    }
}

TEST(KeyTree, holds_no_node_above_a_forgotten_leaf) {
    constexpr unsigned levels = 10;
    auto tree = whole(levels);
    ASSERT_TRUE(tree.forget({677}).ok());
    const auto known = all_that_follows(tree);
    for (unsigned level = 0; level <= levels; ++level) {
        Bytes node = copy_of(secret_from(0).view());
        for (unsigned step = 0; step < level; ++step) {
            Bytes message = copy_of(bytes_of("wsoa-ledger/key-tree/v1\n"));
            message.push_back(static_cast<std::uint8_t>(677U >> (levels - 1 - step) & 1U));
            node = copy_of(hmac_sha256(node, message).view());
        }
        EXPECT_FALSE(known.contains(node)) << level;
    }
}

TEST(KeyTree, forgets_the_same_leaf_twice_as_if_once) {
    auto once = whole();
    auto twice = whole();
    ASSERT_TRUE(once.forget({5}).ok());
    ASSERT_TRUE(twice.forget({5}).ok());
    ASSERT_TRUE(twice.forget({5}).ok());
    EXPECT_TRUE(equal(once.encode().view(), twice.encode().view()));
}

TEST(KeyTree, comes_to_the_same_seeds_in_whatever_order_it_forgets) {
    std::vector<std::uint64_t> gone{0, 1, 2, 3, 64, 900, 901, 1'000'000, leaves_max - 1};
    auto forwards = whole();
    auto backwards = whole();
    for (std::size_t i = 0; i < gone.size(); ++i) {
        ASSERT_TRUE(forwards.forget({gone[i]}).ok());
        ASSERT_TRUE(backwards.forget({gone[gone.size() - 1 - i]}).ok());
    }
    EXPECT_TRUE(equal(forwards.encode().view(), backwards.encode().view()));
}

TEST(KeyTree, holds_the_smallest_cover) {
    auto tree = whole();
    EXPECT_EQ(tree.count(), 1U);
    ASSERT_TRUE(tree.forget({0}).ok());
    EXPECT_EQ(tree.count(), 40U);
    ASSERT_TRUE(tree.forget({1}).ok());  // its sibling: the seed of one leaf goes
    EXPECT_EQ(tree.count(), 39U);
    ASSERT_TRUE(tree.forget({leaves_max - 1}).ok());  // the right half splits once more
    EXPECT_EQ(tree.count(), 39U - 1U + 39U);
}

TEST(KeyTree, forgets_an_event_at_the_cost_of_the_levels_above_it) {
    auto tree = whole();
    const auto node = word_node({812}).value();
    ASSERT_TRUE(tree.forget_range(node).ok());
    EXPECT_EQ(tree.count(), 34U);
    EXPECT_FALSE(tree.covers_any(node));
    for (std::uint64_t leaf = 812 * 64; leaf < 813 * 64; ++leaf) {
        EXPECT_FALSE(tree.covers({leaf}));
    }
    EXPECT_EQ(derived(tree, 812 * 64 - 1), naive(812 * 64 - 1));
    EXPECT_EQ(derived(tree, 813 * 64), naive(813 * 64));
}

TEST(KeyTree, forgets_a_range_of_which_parts_were_forgotten_before) {
    auto apart = whole();
    auto at_once = whole();
    ASSERT_TRUE(apart.forget({812 * 64 + 3}).ok());
    ASSERT_TRUE(apart.forget({812 * 64 + 60}).ok());
    ASSERT_TRUE(apart.covers_any(word_node({812}).value()));
    ASSERT_TRUE(apart.forget_range(word_node({812}).value()).ok());
    ASSERT_TRUE(at_once.forget_range(word_node({812}).value()).ok());
    EXPECT_TRUE(equal(apart.encode().view(), at_once.encode().view()));
}

TEST(KeyTree, can_forget_everything) {
    auto tree = whole();
    ASSERT_TRUE(tree.forget({7}).ok());
    ASSERT_TRUE(tree.forget_range({0, 0}).ok());
    EXPECT_EQ(tree.count(), 0U);
    EXPECT_FALSE(tree.covers({8}));
    EXPECT_EQ(KeyTree::decode(tree.encode().view()).value().count(), 0U);
}

TEST(KeyTree, derives_the_same_leaves_through_a_subtree) {
    auto tree = whole();
    const auto node = word_node({812}).value();
    const auto subtree = tree.derive_subtree(node).value();
    EXPECT_EQ(subtree.count(), 1U);
    for (std::uint64_t leaf = 812 * 64; leaf < 813 * 64; ++leaf) {
        EXPECT_EQ(derived(subtree, leaf), naive(leaf));
    }
    EXPECT_FALSE(subtree.covers({812 * 64 - 1}));
    EXPECT_FALSE(subtree.covers({813 * 64}));
}

TEST(KeyTree, gives_a_subtree_that_lacks_what_was_forgotten) {
    auto tree = whole();
    ASSERT_TRUE(tree.forget({812 * 64 + 3}).ok());
    const auto subtree = tree.derive_subtree(word_node({812}).value()).value();
    EXPECT_EQ(subtree.count(), 6U);
    for (std::uint64_t leaf = 812 * 64; leaf < 813 * 64; ++leaf) {
        EXPECT_EQ(derived(subtree, leaf), leaf == 812 * 64 + 3 ? Bytes{} : naive(leaf));
    }
    ASSERT_TRUE(tree.forget_range(word_node({812}).value()).ok());
    EXPECT_EQ(tree.derive_subtree(word_node({812}).value()).value().count(), 0U);
}

TEST(KeyTree, keeps_in_a_clone_what_it_forgets_itself) {
    auto tree = whole();
    const auto clone = tree.clone();
    ASSERT_TRUE(tree.forget({3}).ok());
    EXPECT_EQ(derived(clone, 3), naive(3));
    EXPECT_FALSE(tree.covers({3}));
}

TEST(KeyTree, gives_every_field_of_an_event_a_leaf_in_the_events_subtree) {
    EXPECT_EQ(word_leaf({0}, schema::WordField::TITLE).value(), LeafIndex{1});
    EXPECT_EQ(word_leaf({812}, schema::WordField::REASON).value(), LeafIndex{812 * 64 + 3});
    EXPECT_EQ(word_leaf({limits::events_max - 1}, schema::WordField{63}).value(),
              LeafIndex{leaves_max - 1});
    EXPECT_EQ(word_node({812}).value(), (KeyNode{34, 812}));
}

TEST(KeyTree, has_no_leaf_for_an_event_or_field_out_of_bounds) {
    EXPECT_EQ(word_leaf({limits::events_max}, schema::WordField::TITLE).error().fault,
              Fault::invalid);
    EXPECT_EQ(word_leaf({0}, schema::WordField::UNSET).error().fault, Fault::invalid);
    EXPECT_EQ(word_leaf({0}, schema::WordField{64}).error().fault, Fault::invalid);
    EXPECT_EQ(word_node({limits::events_max}).error().fault, Fault::invalid);
}

TEST(KeyTree, comes_back_from_its_bytes) {
    auto tree = whole();
    ASSERT_TRUE(tree.forget({812 * 64 + 3}).ok());
    ASSERT_TRUE(tree.forget_range({20, 77}).ok());
    const auto bytes = tree.encode();
    const auto again = KeyTree::decode(bytes.view()).value();
    EXPECT_TRUE(equal(again.encode().view(), bytes.view()));
    EXPECT_EQ(derived(again, 812 * 64 + 4), naive(812 * 64 + 4));
    EXPECT_FALSE(again.covers({812 * 64 + 3}));
}

TEST(KeyTree, has_the_golden_bytes) {
    auto tree = whole();
    ASSERT_TRUE(tree.forget({812 * 64 + 3}).ok());
    EXPECT_EQ(to_hex(tree.encode().view()), golden("key_tree.hex"));
}

// A tree's bytes from seeds as a forger would write them.
struct ForgedSeed {
    std::uint8_t level;
    std::uint64_t index;
};
Bytes forged(const std::vector<ForgedSeed>& seeds) {
    Bytes bytes{1, 40};
    append_u32(bytes, static_cast<std::uint32_t>(seeds.size()));
    for (const auto& seed : seeds) {
        bytes.push_back(seed.level);
        append_u64(bytes, seed.index);
        append(bytes, secret_from(seed.level).view());
    }
    return bytes;
}

Fault fault_of(const Bytes& bytes) {
    const auto tree = KeyTree::decode(bytes);
    return tree.ok() ? Fault::busy : tree.error().fault;
}

TEST(KeyTree, takes_only_bytes_that_it_could_have_written) {
    EXPECT_TRUE(KeyTree::decode(forged({{1, 0}, {2, 3}})).ok());
    EXPECT_EQ(fault_of(forged({{2, 3}, {1, 0}})), Fault::corrupt);            // out of order
    EXPECT_EQ(fault_of(forged({{1, 0}, {1, 0}})), Fault::corrupt);            // twice
    EXPECT_EQ(fault_of(forged({{1, 0}, {2, 1}})), Fault::corrupt);            // one below another
    EXPECT_EQ(fault_of(forged({{2, 1}, {1, 0}})), Fault::corrupt);            // one above another
    EXPECT_EQ(fault_of(forged({{1, 0}, {1, 1}})), Fault::corrupt);            // halves of the root
    EXPECT_EQ(fault_of(forged({{1, 2}})), Fault::corrupt);                    // no such node
    EXPECT_EQ(fault_of(forged({{41, 0}})), Fault::corrupt);                   // no such level
    EXPECT_EQ(fault_of(forged({{255, ~std::uint64_t{0}}})), Fault::corrupt);  // nor this one
}

TEST(KeyTree, takes_neighbours_that_are_no_halves_of_one_subtree) {
    EXPECT_TRUE(KeyTree::decode(forged({{2, 1}, {2, 2}})).ok());
}

TEST(KeyTree, refuses_bytes_cut_short_or_followed_by_others) {
    const auto bytes = forged({{1, 0}, {2, 3}});
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_EQ(fault_of(Bytes(bytes.begin(), bytes.begin() + static_cast<long>(length))),
                  Fault::corrupt);
    }
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(fault_of(longer), Fault::corrupt);
}

TEST(KeyTree, believes_no_count_beyond_its_limit) {
    auto bytes = forged({{1, 0}});
    const std::uint32_t count = key_seeds_max + 1;
    bytes[2] = static_cast<std::uint8_t>(count >> 24);
    bytes[3] = static_cast<std::uint8_t>(count >> 16 & 0xffU);
    bytes[4] = static_cast<std::uint8_t>(count >> 8 & 0xffU);
    bytes[5] = static_cast<std::uint8_t>(count & 0xffU);
    EXPECT_NE(KeyTree::decode(bytes).error().message.find("at most"), std::string::npos);
}

TEST(KeyTree, refuses_to_hold_more_seeds_than_it_could_read_back) {
    std::vector<ForgedSeed> seeds;
    for (std::uint64_t i = 0; i < key_seeds_max; ++i) {
        seeds.push_back({19, 2 * i + 1});
    }
    auto tree = KeyTree::decode(forged(seeds)).value();
    const LeafIndex leaf{std::uint64_t{1} << 21};
    EXPECT_EQ(tree.forget(leaf).error().fault, Fault::refused);
    EXPECT_TRUE(tree.covers(leaf));
    EXPECT_EQ(tree.count(), key_seeds_max);
    EXPECT_TRUE(tree.forget_range({19, 1}).ok());  // a whole seed makes room
    EXPECT_FALSE(tree.covers(leaf));
}

TEST(KeyTree, answers_damaged_bytes_with_an_error_or_the_tree_that_they_encode) {
    auto tree = whole();
    ASSERT_TRUE(tree.forget_range({5, 19}).ok());
    test::Mutants mutants(copy_of(tree.encode().view()), 1);
    for (int turn = 0; turn < 100'000; ++turn) {
        const auto mutant = mutants.next();
        const auto read = KeyTree::decode(mutant);
        if (read.ok()) {
            ASSERT_TRUE(equal(read.value().encode().view(), mutant)) << turn;
        } else {
            ASSERT_EQ(read.error().fault, Fault::corrupt) << turn;
        }
    }
}

}  // namespace
}  // namespace wsoa
