#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"
#include "schemas/types.capnp.h"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace wsoa {

inline constexpr unsigned key_tree_levels = 40;
inline constexpr unsigned word_levels = 6;  // an event's fields are a subtree of 2^6 leaves

// The seeds that one tree may come to hold. Some 25,000 events erased all over a log of 3,000,000
// stay below it; the file that holds so many is 11 MB.
inline constexpr std::size_t key_seeds_max = 262'144;
inline constexpr std::size_t key_tree_bytes_max = 6 + key_seeds_max * (1 + 8 + 32);

// The place of a leaf, from 0.
struct LeafIndex {
    std::uint64_t value = 0;

    auto operator<=>(const LeafIndex&) const = default;
};

// A node: level 0 is the root, and level n has 2^n nodes, counted from the left. The node stands
// for the subtree below it, that is for an aligned range of leaves.
struct KeyNode {
    std::uint8_t level = 0;
    std::uint64_t index = 0;

    auto operator<=>(const KeyNode&) const = default;
};

// Where the secrets of an event's words stand: leaf = index * 64 + the field's ordinal, so that an
// event is one subtree. `invalid` for an index or ordinal that has no place.
Result<LeafIndex> word_leaf(EventIndex index, schema::WordField field);
Result<KeyNode> word_node(EventIndex index);

// A puncturable pseudo-random function: 2^40 secrets that all follow from one root, of which any
// can be forgotten for good while the others stay what they are.
//
// The tree of Goldreich, Goldwasser and Micali (1986), punctured as in Kiayias et al. (2013): a
// node's child is HMAC-SHA-256(node, "wsoa-ledger/key-tree/v1" || 0x0a || u8 bit), and a leaf is
// what 40 such steps lead to. The object holds the smallest set of nodes (seeds) from which all
// leaves not forgotten follow, and nothing from which a forgotten one does. Seeds are wiped when
// they go; a copy of the tree made before does not forget.
class KeyTree {
public:
    // The whole tree below a root of 32 random bytes. Fewer levels than 40 are for tests that try
    // every node.
    explicit KeyTree(Secret root, unsigned levels = key_tree_levels);
    KeyTree(KeyTree&&) noexcept = default;
    KeyTree& operator=(KeyTree&&) noexcept = default;
    ~KeyTree() = default;

    // Never by accident: a copy still knows what this one will forget.
    KeyTree clone() const;

    // The leaf's secret, 32 bytes. `missing` if it was forgotten, `invalid` if there is no such
    // leaf.
    Result<Secret> derive(LeafIndex leaf) const;

    // A tree that knows just those leaves of this one that lie below the node: deriving several of
    // them walks down from the root once. It is empty where all were forgotten. `invalid` for a
    // node that the tree does not have.
    Result<KeyTree> derive_subtree(const KeyNode& node) const;

    // Forgets one leaf, or all leaves below a node. What is already forgotten stays so, and that is
    // no error. `refused` if the tree would come to hold more than key_seeds_max seeds; nothing is
    // forgotten then.
    Result<void> forget(LeafIndex leaf);
    Result<void> forget_range(const KeyNode& node);

    bool covers(LeafIndex leaf) const;
    // Whether at least one leaf below the node is not forgotten.
    bool covers_any(const KeyNode& node) const;
    std::size_t count() const { return seeds_.size(); }
    unsigned levels() const { return levels_; }

    // u8 version 1 | u8 levels | u32 count | count * (u8 level | u64 index | 32 bytes of seed),
    // from left to right.
    Secret encode() const;
    // Takes only what encode gives: seeds in order, none overlapping, no two of them halves of one
    // subtree (then its seed would be the smaller set), nothing after them. `corrupt` otherwise.
    static Result<KeyTree> decode(ByteView bytes, unsigned levels = key_tree_levels);

private:
    friend class KeyWalk;
    struct Seed {
        std::uint8_t level = 0;
        Secret secret;
    };
    // By the first leaf below each seed.
    using Seeds = std::map<std::uint64_t, Seed>;

    KeyTree(Seeds seeds, unsigned levels) : seeds_(std::move(seeds)), levels_(levels) {}
    bool has(const KeyNode& node) const;
    std::uint64_t first_leaf(const KeyNode& node) const;
    std::uint64_t width(unsigned level) const { return std::uint64_t{1} << (levels_ - level); }
    // The seed at or above the leaf; the end if it was forgotten.
    Seeds::const_iterator find_above(std::uint64_t leaf) const;
    // The secret of a node at or below a seed.
    Secret descend(const Seeds::value_type& seed, const KeyNode& node) const;
    void split_for(Seeds::const_iterator seed, const KeyNode& node);

    Seeds seeds_;
    unsigned levels_;
};

// Derives leaf after leaf. The nodes on the way to the last one are kept, so that a leaf near it
// costs only the steps below the place where the two ways part: two of forty from one event to the
// next, and those within the event. Wiped when it goes.
class KeyWalk {
public:
    // The tree is borrowed; it must not forget anything meanwhile.
    explicit KeyWalk(const KeyTree& tree) : tree_(tree), nodes_(tree.levels() + 1U) {}

    // Null without a tree.
    static std::optional<KeyWalk> over(const KeyTree* tree) {
        return tree == nullptr ? std::nullopt : std::optional<KeyWalk>(std::in_place, *tree);
    }

    const KeyTree& tree() const { return tree_; }
    // As KeyTree::derive. The secret is lent until the next call.
    Result<const Secret*> derive(LeafIndex leaf);

private:
    const KeyTree& tree_;
    std::vector<Secret> nodes_;          // by level, from that of the seed above the last leaf
    unsigned top_ = 0;                   // that level
    std::optional<std::uint64_t> last_;  // the leaf to which the nodes lead
};

}  // namespace wsoa
