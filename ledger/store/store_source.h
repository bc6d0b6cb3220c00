#pragma once

#include "ledger/inspection/source.h"
#include "ledger/store/store.h"

namespace wsoa {

// What verification reads from a ledger's store: raw rows of one moment, up to a size, so that a
// store whose right edge is broken can be looked at too. The snapshot is borrowed.
class StoreSource final : public VerifySource {
public:
    StoreSource(const Snapshot& snapshot, TreeSize size) : snapshot_(snapshot), size_(size) {}

    TreeSize size() const override { return size_; }
    Result<std::optional<Bytes>> entry(EventIndex index) const override;
    Result<std::optional<Bytes>> plan_copy(const std::optional<PlanRef>& plan,
                                           EventIndex index) const override;
    Result<std::optional<Hash>> node(NodeRef node) const override;
    Result<std::optional<EventIndex>> subject_event(const SubjectRef& subject,
                                                    std::uint32_t version) const override;
    Result<std::optional<EventIndex>> change_event(const KeyId& author,
                                                   const ChangeId& id) const override;
    Result<std::optional<Bytes>> sealed_words(EventIndex index) const override;
    Result<void> each_checkpoint(const VisitCheckpoint& visit) const override;

private:
    const Snapshot& snapshot_;
    TreeSize size_;
};

}  // namespace wsoa
