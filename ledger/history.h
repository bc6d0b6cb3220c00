#pragma once

#include "ledger/event/event.h"
#include "ledger/plan/fold.h"
#include "ledger/store/layout.h"
#include "ledger/store/store.h"
#include "ledger/tree/checkpoint.h"
#include "ledger/tree/proof.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace wsoa {

// One moment of a ledger, read up to a size: by index, by plan, by subject, with proofs.
//
// Nothing at or past the size shows, whatever else the store holds: what lies beyond the guard has
// been promised to nobody. Indexes are dense, so that every reader knows where the end must be; a
// row that lacks is `corrupt`, never a shorter answer.
class History {
public:
    // The moment as a snapshot has it, up to the size. `corrupt` unless the store's newest
    // checkpoint covers the size and the events and hashes at its right edge are there and give
    // that checkpoint's root. The checkpoint's signature is for the caller to check.
    static Result<std::unique_ptr<History>> open(std::unique_ptr<Snapshot> snapshot, TreeSize size);
    // The moment up to a checkpoint whose events and hashes the caller has just written: nothing is
    // read to see that they are there.
    static std::unique_ptr<History> just_written(std::unique_ptr<Snapshot> snapshot,
                                                 const Checkpoint& checkpoint);
    // The size of the newest checkpoint in a store; 0 for an empty one.
    static Result<TreeSize> newest_size(const Snapshot& snapshot);

    TreeSize size() const { return size_; }
    const Hash& root() const { return root_; }

    // `missing` past the size; `corrupt` if the row lacks.
    Result<Bytes> entry(EventIndex index) const;
    Result<Event> event(EventIndex index) const;
    // Null for an event without words.
    Result<std::optional<Bytes>> sealed_words(EventIndex index) const;

    using VisitEntry = std::function<Result<Snapshot::Step>(EventIndex, ByteView entry)>;
    using VisitEvent = std::function<Result<Snapshot::Step>(const Event&)>;
    // In the order of the log, from an index on.
    Result<void> each_entry(EventIndex from, const VisitEntry& visit) const;
    Result<void> each_event(EventIndex from, const VisitEvent& visit) const;
    // Only those of one plan, or those about the ledger and its people for none.
    Result<void> each_entry_of(const std::optional<PlanRef>& plan, const VisitEntry& visit) const;
    Result<void> each_event_of(const std::optional<PlanRef>& plan, const VisitEvent& visit) const;
    // How far somebody has read the events of one plan: below which index, and how many they were.
    struct ReadSoFar {
        TreeSize size;
        std::uint64_t events = 0;
    };
    // Only those of the plan that come after that. What was read before is counted and not read
    // again, so that a row that lacks is found here too.
    Result<void> each_entry_of(const std::optional<PlanRef>& plan, const ReadSoFar& read,
                               const VisitEntry& visit) const;

    // Folds the events of one plan, or those about the ledger and its people for none, into a state
    // that has none of them yet. Gives their number.
    Result<std::uint64_t> fold_into(State& state, const std::optional<PlanRef>& plan) const {
        return fold_into(state, plan, ReadSoFar{});
    }
    // The same into a state that holds what those that were read have made. Gives the number of
    // the others.
    Result<std::uint64_t> fold_into(State& state, const std::optional<PlanRef>& plan,
                                    const ReadSoFar& read) const;

    // The indexes of a subject's events, by version.
    Result<std::vector<EventIndex>> trail_of(const SubjectRef& subject) const;
    // How many events a subject has: the version that its next change states.
    Result<std::uint32_t> version_of(const SubjectRef& subject) const;
    // Whether that is its number, found by two rows and not by looking for the last.
    Result<bool> is_next(const SubjectRef& subject, std::uint32_t version) const;
    // Null if the key has recorded nothing under that id.
    Result<std::optional<EventIndex>> index_of(const KeyId& author, const ChangeId& id) const;

    // The event that records the erasure of the words of this one; null if none does.
    Result<std::optional<EventIndex>> erasure_of(EventIndex event) const;
    // What the last erasure says of the vault; null before one.
    Result<std::optional<VaultMark>> vault_mark() const;

    // `invalid` for a size beyond this moment's.
    Result<Hash> root_at(TreeSize size) const;
    Result<InclusionProof> inclusion(EventIndex index) const;
    Result<ConsistencyProof> consistency(TreeSize old_size, TreeSize new_size) const;
    // Reads hashes of complete nodes of this moment's tree.
    NodeReader nodes() const;
    // The note of the newest checkpoint that covers no more than this moment. `missing` for none.
    Result<std::string> checkpoint_note() const;

    // How many events were recorded before the instant, found by halving: recorded instants never
    // go backwards.
    Result<TreeSize> size_before(Instant instant) const;

    // For what the tables above do not answer.
    const Snapshot& snapshot() const { return *snapshot_; }

private:
    History(std::unique_ptr<Snapshot> snapshot, TreeSize size)
        : snapshot_(std::move(snapshot)), size_(size) {}
    Result<std::optional<EventIndex>> event_at(ByteView key) const;
    Result<void> check_edge();
    Result<void> check_note();
    // What a sum of the tree gives, once all nodes that it asks for were read at once.
    template <typename T>
    Result<T> sum_of(const std::function<Result<T>(const NodeReader&)>& sum) const;

    std::unique_ptr<Snapshot> snapshot_;
    TreeSize size_;
    Hash root_;
    std::optional<std::string> note_;  // of the checkpoint over just that size
};

}  // namespace wsoa
