#include "ledger/tree/hash_tree.h"

#include "ledger/base/check.h"
#include "ledger/tree/hasher.h"

#include <optional>

namespace wsoa {

std::vector<Node> HashTree::append(const Hash& leaf) {
    auto completed = edge_.append(leaf);
    for (const auto& node : completed) {
        if (node.ref.level == levels_.size()) {
            levels_.emplace_back();
        }
        levels_[node.ref.level].push_back(node.hash);
    }
    return completed;
}

// The subtrees that make up a tree of this size, one for each of its bits, join from the right.
Hash HashTree::root_at(TreeSize size) const {
    CHECK(size <= this->size());
    std::optional<Hash> root;
    for (std::uint32_t level = 0; level < levels_.size(); ++level) {
        const auto count = size.value >> level;
        if (count % 2 == 1) {
            const auto& left = levels_[level][count - 1];
            root = root ? hash_node(left, *root) : left;
        }
    }
    return root.value_or(empty_root());
}

const Hash* HashTree::node(NodeRef ref) const {
    return ref.is_complete_in(size()) ? &levels_[ref.level][ref.index] : nullptr;
}

}  // namespace wsoa
