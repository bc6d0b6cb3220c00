#include "ledger/inspection/tree_check.h"

#include "ledger/base/check.h"
#include "ledger/tree/checkpoint.h"
#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

template <typename T, typename Read>
std::vector<Row<T>> rows_of(LeafRange range, const Read& read) {
    std::vector<Row<T>> rows;
    rows.reserve(range.count());
    auto all = read(range);
    if (all.ok()) {
        for (auto& row : std::move(all).value()) {
            rows.push_back(std::move(row));
        }
        return rows;
    }
    for (auto i = range.begin; i < range.end; ++i) {
        auto one = read(LeafRange{.begin = i, .end = i + 1});
        rows.push_back(one.ok() ? Row<T>(std::move(std::move(one).value().front()))
                                : Row<T>(std::move(one).error()));
    }
    return rows;
}

// The root that the checkpoint over just so many events states; null if there is none to read.
std::optional<Hash> stated_root(const VerifySource& source, TreeSize size) {
    const auto found = source.checkpoints({.begin = size.value - 1, .end = size.value});
    if (!found.ok() || found.value().size() != 1) {
        return std::nullopt;
    }
    const auto note = Note::parse(found.value().front().second);
    const auto checkpoint = note.ok() ? Checkpoint::parse(note.value().text)
                                      : Result<Checkpoint>(Error{Fault::invalid, ""});
    return checkpoint.ok() ? std::optional(checkpoint.value().root) : std::nullopt;
}

}  // namespace

void report_unread(Findings& findings, EventIndex index, std::string_view what,
                   const Error& error) {
    const bool is_damage = error.fault == Fault::corrupt;
    findings.add(what, {.is = is_damage ? Finding::Class::breach : Finding::Class::noted,
                        .event = index,
                        .what = fmt::format("{} cannot be read: {}", what, error.message)});
}

Chunk Chunk::read(const VerifySource& source, LeafRange range) {
    Chunk chunk{.range = range, .entries = {}, .words = {}, .levels = {}};
    chunk.entries = rows_of<Bytes>(range, [&](LeafRange part) { return source.entries(part); });
    chunk.words = rows_of<Bytes>(range, [&](LeafRange part) { return source.sealed_words(part); });
    const std::uint32_t levels = source.holds() == VerifySource::Holds::all_rows ? 64 : 1;
    for (std::uint32_t level = 0; level < levels && (range.end >> level) > 0; ++level) {
        const LeafRange nodes{.begin = range.begin >> level, .end = range.end >> level};
        auto rows = rows_of<Hash>(nodes, [&](LeafRange part) { return source.nodes(level, part); });
        chunk.levels.push_back({.range = nodes, .nodes = std::move(rows)});
    }
    return chunk;
}

std::uint64_t Chunk::held() const {
    for (auto count = range.count(); count > 0; --count) {
        const auto& entry = entries[count - 1];
        const auto& hash = node({.level = 0, .index = range.begin + count - 1});
        if (!entry.ok() || entry.value() || !hash.ok() || hash.value()) {
            return count;
        }
    }
    return 0;
}

const Row<Hash>& Chunk::node(NodeRef ref) const {
    static const Row<Hash> none{std::optional<Hash>{}};
    if (ref.level >= levels.size() || ref.index < levels[ref.level].range.begin ||
        ref.index >= levels[ref.level].range.end) {
        return none;
    }
    const auto& level = levels[ref.level];
    return level.nodes[ref.index - level.range.begin];
}

VerifySource::Checkpoints readable_checkpoints(const VerifySource& source, LeafRange range,
                                               Findings& findings) {
    auto found = source.checkpoints(range);
    if (found.ok()) {
        return std::move(found).value();
    }
    // Asked for one by one, those that can be read still are.
    VerifySource::Checkpoints readable;
    for (auto i = range.begin; i < range.end; ++i) {
        auto one = source.checkpoints({.begin = i, .end = i + 1});
        if (!one.ok()) {
            report_unread(findings, EventIndex{i}, "a checkpoint that may be there", one.error());
        } else if (!one.value().empty()) {
            readable.push_back(std::move(one.value().front()));
        }
    }
    return readable;
}

const Hash& TreeCheck::leaf(EventIndex index) const {
    const auto* const leaf = tree_.node({.level = 0, .index = index.value});
    CHECK(leaf != nullptr);
    return *leaf;
}

TreeCheck::Leaf TreeCheck::add(EventIndex index, const Chunk& chunk, const VerifySource& source,
                               Findings& findings) {
    const auto& entry = chunk.entries[index.value - chunk.range.begin];
    const auto& row = chunk.node({.level = 0, .index = index.value});
    if (!row.ok()) {
        report_unread(findings, index, "its hash in the tree", row.error());
    }
    const auto stored = row.ok() ? row.value() : std::nullopt;
    if (stored && source.leaves_out(index)) {
        append(index, *stored, chunk, findings);
        return Leaf::left_out;
    }
    if (!entry.ok() || !entry.value()) {
        if (entry.ok()) {
            findings.breach(index, "the event is missing");
        } else {
            report_unread(findings, index, "the event", entry.error());
        }
        // The hash that is stored for it keeps the rest of the tree comparable.
        append(index, stored.value_or(Hash{}), chunk, findings);
        return entry.ok() ? Leaf::missing : Leaf::unread;
    }
    const auto computed = hash_leaf(*entry.value());
    if (row.ok() && !stored && is_stored()) {
        findings.breach(index, "its hash in the tree is missing");
    }
    if (!stored || *stored == computed) {
        append(index, computed, chunk, findings);
        return Leaf::present;
    }
    const auto leaf = choose(index, computed, *stored, chunk, source);
    if (leaf == computed) {
        findings.breach(index,
                        "its hash in the tree differs from what its bytes give: one of the two was "
                        "altered");
    } else {
        findings.breach(index,
                        "its bytes are not those that were recorded: the leaf's hash differs");
    }
    append(index, leaf, chunk, findings);
    return leaf == computed ? Leaf::present : Leaf::altered;
}

// Which of two hashes fits the node that was stored over it or, where it stands alone at the right
// edge, the checkpoint that covers it last. The computed one where neither does.
Hash TreeCheck::choose(EventIndex index, const Hash& computed, const Hash& stored,
                       const Chunk& chunk, const VerifySource& source) const {
    const auto& sibling = chunk.node({.level = 0, .index = index.value ^ 1});
    const auto& parent = chunk.node({.level = 1, .index = index.value / 2});
    if (sibling.ok() && sibling.value() && parent.ok() && parent.value()) {
        const bool is_left = index.value % 2 == 0;
        const auto over =
            is_left ? hash_node(stored, *sibling.value()) : hash_node(*sibling.value(), stored);
        return over == *parent.value() ? stored : computed;
    }
    const auto root = stated_root(source, TreeSize{index.value + 1});
    auto with_stored = tree_.edge();
    with_stored.append(stored);
    return root == with_stored.root() ? stored : computed;
}

void TreeCheck::append(EventIndex index, const Hash& leaf, const Chunk& chunk, Findings& findings) {
    for (const auto& node : tree_.append(leaf)) {
        if (node.ref.level == 0 || !is_stored()) {
            continue;
        }
        const auto& row = chunk.node(node.ref);
        const auto first = node.ref.index << node.ref.level;
        if (!row.ok()) {
            report_unread(findings, index, "a hash of the tree that it completes", row.error());
        } else if (!row.value()) {
            findings.breach(index, "the tree's hash over events {} to {} is missing", first,
                            index.value);
        } else if (*row.value() != node.hash) {
            findings.consequence(index,
                                 "the tree's hash over events {} to {} is not what they give",
                                 first, index.value);
        }
    }
}

}  // namespace wsoa
