#include "ledger/store/memory_store.h"

#include <algorithm>

namespace wsoa {

// A treap: ordered by key from left to right, by priority from top to bottom. Priorities that have
// nothing to do with the keys keep it about as deep as its size's logarithm.
struct MemoryStore::Node {
    struct Row {
        Bytes key;
        Bytes value;
    };
    std::shared_ptr<const Row> row;
    std::uint64_t priority = 0;
    Tree left;
    Tree right;
};

namespace {

using Node = MemoryStore::Node;
using Tree = MemoryStore::Tree;

bool is_less(ByteView left, ByteView right) {
    return std::ranges::lexicographical_compare(left, right);
}

// SplitMix64 of a running number: spread evenly, and the same in every run.
std::uint64_t priority_of(std::uint64_t number) {
    std::uint64_t mixed = number * 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
    return mixed ^ mixed >> 31;
}

Tree with_children(const Node& node, Tree left, Tree right) {
    return std::make_shared<const Node>(
        Node{node.row, node.priority, std::move(left), std::move(right)});
}

struct Parts {
    Tree before;
    Tree after;
};

// What lies before the key and what lies after it; a row with that very key is left out.
Parts split(const Tree& tree, ByteView key) {
    if (tree == nullptr) {
        return {};
    }
    if (is_less(tree->row->key, key)) {
        auto parts = split(tree->right, key);
        parts.before = with_children(*tree, tree->left, std::move(parts.before));
        return parts;
    }
    if (is_less(key, tree->row->key)) {
        auto parts = split(tree->left, key);
        parts.after = with_children(*tree, std::move(parts.after), tree->right);
        return parts;
    }
    return {tree->left, tree->right};
}

// One tree of two, all of whose keys in `before` are less than those in `after`.
Tree join(const Tree& before, const Tree& after) {
    if (before == nullptr || after == nullptr) {
        return before == nullptr ? after : before;
    }
    if (before->priority > after->priority) {
        return with_children(*before, before->left, join(before->right, after));
    }
    return with_children(*after, join(before, after->left), after->right);
}

using Step = Snapshot::Step;

Result<Step> visit_range(const Tree& tree, ByteView from, ByteView to,
                         const Snapshot::Visit& visit) {
    if (tree == nullptr) {
        return Step::next;
    }
    const auto& row = *tree->row;
    const bool is_after_from = !is_less(row.key, from);
    const bool is_before_to = is_less(row.key, to);
    if (is_after_from) {
        const auto step = TRY(visit_range(tree->left, from, to, visit));
        if (step == Step::stop) {
            return Step::stop;
        }
    }
    if (is_after_from && is_before_to) {
        const auto step = TRY(visit(row.key, row.value));
        if (step == Step::stop) {
            return Step::stop;
        }
    }
    return is_before_to ? visit_range(tree->right, from, to, visit) : Step::next;
}

class MemorySnapshot final : public Snapshot {
public:
    explicit MemorySnapshot(Tree tree) : tree_(std::move(tree)) {}

    Result<std::optional<Bytes>> get(ByteView key) const override {
        const auto* node = tree_.get();
        while (node != nullptr) {
            if (equal(node->row->key, key)) {
                return std::optional(node->row->value);
            }
            node = is_less(key, node->row->key) ? node->left.get() : node->right.get();
        }
        return std::optional<Bytes>();
    }

    Result<void> scan(ByteView from, ByteView to, const Visit& visit) const override {
        TRY(visit_range(tree_, from, to, visit));
        return done();
    }

    Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from, ByteView to) const override {
        const Node::Row* best = nullptr;
        const auto* node = tree_.get();
        while (node != nullptr) {
            if (is_less(node->row->key, to)) {
                best = node->row.get();
                node = node->right.get();
            } else {
                node = node->left.get();
            }
        }
        if (best == nullptr || is_less(best->key, from)) {
            return std::optional<std::pair<Bytes, Bytes>>();
        }
        return std::optional(std::pair(best->key, best->value));
    }

private:
    Tree tree_;
};

}  // namespace

Result<std::unique_ptr<Snapshot>> MemoryStore::snapshot() const {
    const std::lock_guard lock(mutex_);
    return std::unique_ptr<Snapshot>(std::make_unique<MemorySnapshot>(tree_));
}

Result<void> MemoryStore::write(const Batch& batch) {
    const std::lock_guard lock(mutex_);
    auto tree = tree_;
    for (const auto& write : batch.writes()) {
        auto [before, after] = split(tree, write.key);
        if (write.value) {
            const auto node = std::make_shared<const Node>(
                Node{std::make_shared<const Node::Row>(Node::Row{write.key, *write.value}),
                     priority_of(++writes_), nullptr, nullptr});
            before = join(before, node);
        }
        tree = join(before, after);
    }
    tree_ = std::move(tree);
    return done();
}

}  // namespace wsoa
