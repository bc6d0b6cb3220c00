#pragma once

#include "ledger/inspection/findings.h"
#include "ledger/inspection/source.h"
#include "ledger/tree/hash_tree.h"

#include <vector>

namespace wsoa {

// A row as it was read: its value, null where it lacks, or why it could not be read.
template <typename T>
using Row = Result<std::optional<T>>;

// A row that could not be read: a breach where the stored bytes are damaged, noted where the
// machine failed, since that says nothing about the ledger.
void report_unread(Findings& findings, EventIndex index, std::string_view what, const Error& error);

// The rows of a range of events, read in bulk and one by one where that fails.
struct Chunk {
    LeafRange range;  // begins at a multiple of events_max
    std::vector<Row<Bytes>> entries;
    std::vector<Row<Bytes>> words;
    // By level: the nodes that the range's leaves complete.
    struct Level {
        LeafRange range;
        std::vector<Row<Hash>> nodes;
    };
    std::vector<Level> levels;

    // Enough to keep every core busy, little enough that memory stays bounded: the entries are at
    // most 128 MiB, of usual events about one, and a few copies are made of them.
    static constexpr std::uint64_t events_max = 2'048;
    static Chunk read(const VerifySource& source, LeafRange range);

    // How many places there are up to the last that holds an event or its hash, or that could not
    // be looked at.
    std::uint64_t held() const;
    // The stored node, if it is one that the range completes.
    const Row<Hash>& node(NodeRef ref) const;
};

// The checkpoints over some of these events, as far as they can be read.
VerifySource::Checkpoints readable_checkpoints(const VerifySource& source, LeafRange range,
                                               Findings& findings);

// Builds the tree again from its leaves and compares each node that is stored.
//
// An event that was altered must not make everything after it look altered too. Where the hash that
// was stored for it, and not the one of its bytes, fits what was built over it, the stored one
// carries the tree on.
class TreeCheck {
public:
    // What its bytes and the tree say of an event.
    enum class Leaf : std::uint8_t {
        present,  // there, and nothing says that it is not what was recorded
        altered,
        missing,
        unread,
        left_out,  // of another plan, and only its hash is there
    };
    // A source that holds nothing but what was chosen stores no hashes above its leaves, and none
    // of a leaf that is here.
    explicit TreeCheck(VerifySource::Holds holds) : holds_(holds) {}

    Leaf add(EventIndex index, const Chunk& chunk, const VerifySource& source, Findings& findings);

    // As it was rebuilt up to here.
    const HashTree& tree() const { return tree_; }
    TreeSize size() const { return tree_.size(); }
    // The hash of an event that was added, as the tree has it.
    const Hash& leaf(EventIndex index) const;

private:
    Hash choose(EventIndex index, const Hash& computed, const Hash& stored, const Chunk& chunk,
                const VerifySource& source) const;
    void append(EventIndex index, const Hash& leaf, const Chunk& chunk, Findings& findings);

    bool is_stored() const { return holds_ == VerifySource::Holds::all_rows; }

    VerifySource::Holds holds_;
    HashTree tree_;
};

}  // namespace wsoa
