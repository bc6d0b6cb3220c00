#include "ledger/tree/tree.h"

#include "ledger/tree/hasher.h"

#include <bit>
#include <limits>

namespace wsoa {
namespace {

Result<Hash> read(const NodeReader& nodes, NodeRef ref) {
    auto hash = nodes(ref);
    if (!hash.ok()) {
        return std::move(hash).error().explain("reading node {} at level {} of the tree", ref.index,
                                               ref.level);
    }
    return hash;
}

std::vector<NodeRef> subtrees_of(LeafRange range) {
    std::vector<NodeRef> subtrees;
    std::uint64_t begin = range.begin;
    for (std::uint32_t level = 64; level-- > 0;) {
        if ((range.count() >> level & 1) == 1) {
            subtrees.push_back(NodeRef{level, begin >> level});
            begin += std::uint64_t{1} << level;
        }
    }
    return subtrees;
}

// Subtrees grow smaller to the right, so they join from there.
Hash joined(const std::vector<Hash>& subtrees) {
    CHECK(!subtrees.empty());
    Hash hash = subtrees.back();
    for (auto left = subtrees.rbegin() + 1; left != subtrees.rend(); ++left) {
        hash = hash_node(*left, hash);
    }
    return hash;
}

Result<std::vector<Hash>> read_all(const std::vector<NodeRef>& refs, const NodeReader& nodes) {
    std::vector<Hash> hashes;
    hashes.reserve(refs.size());
    for (const auto& ref : refs) {
        const auto hash = TRY(read(nodes, ref));
        hashes.push_back(hash);
    }
    return hashes;
}

}  // namespace

bool NodeRef::is_complete_in(TreeSize size) const {
    return level < 64 && index < size.value >> level;
}

std::uint64_t split_below(std::uint64_t count) {
    CHECK(count > 1);
    return std::bit_floor(count - 1);
}

std::vector<NodeRef> complete_subtrees(TreeSize size) {
    return subtrees_of(LeafRange{0, size.value});
}

Result<Hash> hash_of(LeafRange range, const NodeReader& nodes) {
    CHECK(range.begin < range.end);
    CHECK(range.begin == 0 ||
          std::countr_zero(range.begin) >= 64 - std::countl_zero(range.count() - 1));
    const auto subtrees = TRY(read_all(subtrees_of(range), nodes));
    return joined(subtrees);
}

Result<Hash> root_at(TreeSize size, const NodeReader& nodes) {
    if (size.value == 0) {
        return empty_root();
    }
    return hash_of(LeafRange{0, size.value}, nodes);
}

Result<Frontier> Frontier::load(TreeSize size, const NodeReader& nodes) {
    Frontier frontier;
    frontier.subtrees_ = TRY(read_all(complete_subtrees(size), nodes));
    frontier.size_ = size;
    return frontier;
}

std::vector<Node> Frontier::append(const Hash& leaf) {
    CHECK(size_.value < std::numeric_limits<std::uint64_t>::max());
    Node node{NodeRef{0, size_.value}, leaf};
    std::vector<Node> completed{node};
    // A subtree that is there at a level is the left half of the one above, which this completes.
    for (auto rest = size_.value; rest % 2 == 1; rest /= 2) {
        node.hash = hash_node(subtrees_.back(), node.hash);
        subtrees_.pop_back();
        node.ref = NodeRef{node.ref.level + 1, node.ref.index / 2};
        completed.push_back(node);
    }
    subtrees_.push_back(node.hash);
    ++size_.value;
    return completed;
}

std::vector<Node> Frontier::nodes() const {
    const auto refs = complete_subtrees(size_);
    CHECK(refs.size() == subtrees_.size());
    std::vector<Node> nodes;
    for (std::size_t i = 0; i < refs.size(); ++i) {
        nodes.push_back(Node{refs[i], subtrees_[i]});
    }
    return nodes;
}

Hash Frontier::root() const { return subtrees_.empty() ? empty_root() : joined(subtrees_); }

}  // namespace wsoa
