#pragma once

#include "ledger/inspection/source.h"
#include "ledger/store/store.h"

namespace wsoa {

// What verification reads from a ledger's store: raw rows of one moment, up to a size, so that a
// store whose right edge is broken can be looked at too. The snapshot is borrowed.
class StoreSource final : public VerifySource {
public:
    // `newest` is the size that the store's own newest checkpoint covers, which may lie beyond what
    // the guard vouches for.
    StoreSource(const Snapshot& snapshot, TreeSize size, TreeSize newest)
        : snapshot_(snapshot), size_(size), newest_(newest) {}

    TreeSize size() const override { return size_; }
    Result<Rows<Bytes>> entries(LeafRange range) const override;
    Result<Rows<Bytes>> sealed_words(LeafRange range) const override;
    Result<std::optional<Bytes>> manifest(DocumentNumber number) const override;
    Result<Rows<Hash>> nodes(std::uint32_t level, LeafRange range) const override;
    Result<Checkpoints> checkpoints(LeafRange sizes) const override;
    Result<std::optional<Bytes>> plan_copy(const std::optional<PlanRef>& plan,
                                           EventIndex index) const override;
    Result<std::optional<EventIndex>> subject_event(const SubjectRef& subject,
                                                    std::uint32_t version) const override;
    Result<std::optional<EventIndex>> change_event(const KeyId& author,
                                                   const ChangeId& id) const override;
    Result<std::optional<EventIndex>> erasure_of(EventIndex event) const override;
    Result<std::optional<EventIndex>> vault_mark() const override;
    Result<RowCounts> count_rows(RowVisitor& visitor) const override;

private:
    // The rows from one key to another, whose keys differ in their last number only.
    Result<Rows<Bytes>> rows(LeafRange range, ByteView from, ByteView to) const;
    void count_row(RowCounts& counts, ByteView key, ByteView value) const;
    // Counts a row by the event that it leads to.
    void count(RowCount& rows, std::optional<EventIndex> index) const;

    const Snapshot& snapshot_;
    TreeSize size_;
    TreeSize newest_;
};

}  // namespace wsoa
