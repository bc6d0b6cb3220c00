#include "ledger/evidence/key_tree.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <utility>

namespace wsoa {
namespace {

constexpr std::string_view child_label = "wsoa-ledger/key-tree/v1\n";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t head_bytes = 6;
constexpr std::size_t seed_bytes = 1 + 8 + secret_bytes;
static_assert(key_tree_bytes_max == head_bytes + key_seeds_max * seed_bytes);
static_assert(limits::events_max << word_levels == std::uint64_t{1} << key_tree_levels);

Secret child_of(const Secret& parent, std::uint64_t bit) {
    std::array<std::uint8_t, child_label.size() + 1> message{};
    std::copy(child_label.begin(), child_label.end(), message.begin());
    message.back() = static_cast<std::uint8_t>(bit);
    return hmac_sha256(parent.view(), message);
}

}  // namespace

Result<LeafIndex> word_leaf(EventIndex index, schema::WordField field) {
    const auto node = TRY(word_node(index));
    const auto ordinal = static_cast<std::uint16_t>(field);
    if (ordinal == 0 || ordinal >= 1U << word_levels) {
        return error(Fault::invalid, "no field of words has the number {}", ordinal);
    }
    return LeafIndex{node.index << word_levels | ordinal};
}

Result<KeyNode> word_node(EventIndex index) {
    if (index.value >= limits::events_max) {
        return error(Fault::invalid, "event {} lies past the end of the key tree", index.value);
    }
    return KeyNode{key_tree_levels - word_levels, index.value};
}

KeyTree::KeyTree(Secret root, unsigned levels) : levels_(levels) {
    CHECK(levels >= 1 && levels <= key_tree_levels);
    CHECK(root.size() == secret_bytes);
    seeds_.emplace(0, Seed{0, std::move(root)});
}

KeyTree KeyTree::clone() const {
    Seeds seeds;
    for (const auto& [first, seed] : seeds_) {
        seeds.emplace_hint(seeds.end(), first, Seed{seed.level, Secret(seed.secret.view())});
    }
    return {std::move(seeds), levels_};
}

bool KeyTree::has(const KeyNode& node) const {
    return node.level <= levels_ && node.index < std::uint64_t{1} << node.level;
}

std::uint64_t KeyTree::first_leaf(const KeyNode& node) const {
    return node.index << (levels_ - node.level);
}

KeyTree::Seeds::const_iterator KeyTree::find_above(std::uint64_t leaf) const {
    auto seed = seeds_.upper_bound(leaf);
    if (seed == seeds_.begin()) {
        return seeds_.end();
    }
    --seed;
    return leaf - seed->first < width(seed->second.level) ? seed : seeds_.end();
}

Secret KeyTree::descend(const Seeds::value_type& seed, const KeyNode& node) const {
    Secret secret(seed.second.secret.view());
    for (unsigned level = seed.second.level; level < node.level; ++level) {
        secret = child_of(secret, node.index >> (node.level - level - 1U) & 1U);
    }
    return secret;
}

Result<Secret> KeyTree::derive(LeafIndex leaf) const {
    const KeyNode node{static_cast<std::uint8_t>(levels_), leaf.value};
    if (!has(node)) {
        return error(Fault::invalid, "the key tree has no leaf {}", leaf.value);
    }
    const auto seed = find_above(leaf.value);
    if (seed == seeds_.end()) {
        return Error{Fault::missing, "the key was erased"};
    }
    return descend(*seed, node);
}

Result<KeyTree> KeyTree::derive_subtree(const KeyNode& node) const {
    if (!has(node)) {
        return error(Fault::invalid, "the key tree has no node {} at level {}", node.index,
                     node.level);
    }
    const auto first = first_leaf(node);
    Seeds seeds;
    const auto above = find_above(first);
    if (above != seeds_.end() && above->second.level <= node.level) {
        seeds.emplace(first, Seed{node.level, descend(*above, node)});
        return KeyTree(std::move(seeds), levels_);
    }
    // No seed stands at or above the node, so those within its range lie wholly below it.
    const auto end = seeds_.lower_bound(first + width(node.level));
    for (auto seed = seeds_.lower_bound(first); seed != end; ++seed) {
        seeds.emplace_hint(seeds.end(), seed->first,
                           Seed{seed->second.level, Secret(seed->second.secret.view())});
    }
    return KeyTree(std::move(seeds), levels_);
}

Result<const Secret*> KeyWalk::derive(LeafIndex leaf) {
    const unsigned levels = tree_.levels();
    const KeyNode node{static_cast<std::uint8_t>(levels), leaf.value};
    if (!tree_.has(node)) {
        return error(Fault::invalid, "the key tree has no leaf {}", leaf.value);
    }
    // The lowest level at which the ways to both leaves stand on one node.
    const auto parting =
        last_ ? levels - static_cast<unsigned>(std::bit_width(*last_ ^ leaf.value)) : 0U;
    auto level = parting;
    if (!last_ || parting < top_) {
        const auto seed = tree_.find_above(leaf.value);
        if (seed == tree_.seeds_.end()) {
            return Error{Fault::missing, "the key was erased"};
        }
        top_ = seed->second.level;
        nodes_[top_] = Secret(seed->second.secret.view());
        level = top_;
    }
    for (; level < levels; ++level) {
        nodes_[level + 1] = child_of(nodes_[level], leaf.value >> (levels - level - 1U) & 1U);
    }
    last_ = leaf.value;
    return &nodes_[levels];
}

Result<void> KeyTree::forget(LeafIndex leaf) {
    return forget_range({static_cast<std::uint8_t>(levels_), leaf.value});
}

Result<void> KeyTree::forget_range(const KeyNode& node) {
    if (!has(node)) {
        return error(Fault::invalid, "the key tree has no node {} at level {}", node.index,
                     node.level);
    }
    const auto first = first_leaf(node);
    const auto above = find_above(first);
    if (above == seeds_.end() || above->second.level > node.level) {
        seeds_.erase(seeds_.lower_bound(first), seeds_.lower_bound(first + width(node.level)));
        return done();
    }
    const std::size_t siblings = node.level - above->second.level;
    if (seeds_.size() - 1 + siblings > key_seeds_max) {
        return Error{Fault::refused, "the vault would come to hold more seeds than it has room for",
                     "erase whole events or neighbouring ones: they take less room."};
    }
    split_for(above, node);
    return done();
}

// The seed gives way to the siblings along the path from it to the node; what stood on the path is
// wiped on the way.
void KeyTree::split_for(Seeds::const_iterator seed, const KeyNode& node) {
    const unsigned top = seed->second.level;
    Secret secret = std::move(seeds_.extract(seed).mapped().secret);
    for (unsigned level = top + 1U; level <= node.level; ++level) {
        const auto on_path = node.index >> (node.level - level);
        const KeyNode sibling{static_cast<std::uint8_t>(level), on_path ^ 1U};
        seeds_.emplace(first_leaf(sibling),
                       Seed{sibling.level, child_of(secret, sibling.index & 1U)});
        secret = child_of(secret, on_path & 1U);
    }
}

bool KeyTree::covers(LeafIndex leaf) const {
    return has({static_cast<std::uint8_t>(levels_), leaf.value}) &&
           find_above(leaf.value) != seeds_.end();
}

bool KeyTree::covers_any(const KeyNode& node) const {
    if (!has(node)) {
        return false;
    }
    const auto first = first_leaf(node);
    const auto next = seeds_.lower_bound(first);
    return find_above(first) != seeds_.end() ||
           (next != seeds_.end() && next->first - first < width(node.level));
}

Secret KeyTree::encode() const {
    Bytes bytes;
    bytes.reserve(head_bytes + seeds_.size() * seed_bytes);  // growing would leave seeds behind
    bytes.push_back(format_version);
    bytes.push_back(static_cast<std::uint8_t>(levels_));
    append_u32(bytes, static_cast<std::uint32_t>(seeds_.size()));
    for (const auto& [first, seed] : seeds_) {
        bytes.push_back(seed.level);
        append_u64(bytes, first >> (levels_ - seed.level));
        append(bytes, seed.secret.view());
    }
    return Secret(std::move(bytes));
}

Result<KeyTree> KeyTree::decode(ByteView bytes, unsigned levels) {
    ByteReader reader(bytes);
    const auto version = TRY(reader.u8());
    if (version != format_version) {
        return error(Fault::corrupt, "a key tree has version {}, not {}", format_version, version);
    }
    const auto levels_found = TRY(reader.u8());
    if (levels_found != levels) {
        return error(Fault::corrupt, "this key tree has {} levels, not {}", levels, levels_found);
    }
    const auto count = TRY(reader.u32());
    if (count > key_seeds_max) {
        return error(Fault::corrupt, "a key tree holds at most {} seeds, not {}", key_seeds_max,
                     count);
    }
    KeyTree tree(Seeds{}, levels);
    std::uint64_t next_free = 0;
    KeyNode previous;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto level = TRY(reader.u8());
        const auto index = TRY(reader.u64());
        const auto secret = TRY(reader.take(secret_bytes));
        const KeyNode node{level, index};
        if (!tree.has(node) || tree.first_leaf(node) < next_free) {
            return Error{Fault::corrupt, "the seeds of a key tree overlap or are out of order"};
        }
        if (i > 0 && previous.level == level && previous.index % 2 == 0 &&
            previous.index + 1 == index) {
            return Error{Fault::corrupt, "two seeds of a key tree are the halves of one subtree"};
        }
        previous = node;
        next_free = tree.first_leaf(node) + tree.width(level);
        tree.seeds_.emplace_hint(tree.seeds_.end(), tree.first_leaf(node),
                                 Seed{level, Secret(secret)});
    }
    TRY(reader.finish());
    return tree;
}

}  // namespace wsoa
