#pragma once

#include "ledger/inspection/outside.h"
#include "ledger/inspection/pack.h"
#include "ledger/inspection/source.h"

namespace wsoa {

// What verification reads from a pack: its leaves, the words that were chosen, and one checkpoint.
// Of the tree's hashes it gives those alone that stand for leaves which were left out; the others
// follow from the leaves, and whether the pack's tiles hold them is another check. The pack is
// borrowed.
class PackSource final : public VerifySource {
public:
    explicit PackSource(const PackFile& pack) : pack_(pack) {}

    Holds holds() const override { return Holds::chosen_words; }
    const std::vector<Word>& chosen_words(EventIndex event) const override {
        return pack_.words_of(event);
    }
    bool leaves_out(EventIndex event) const override { return pack_.is_left_out(event); }
    TreeSize size() const override { return pack_.about().size; }
    Result<Rows<Bytes>> entries(LeafRange range) const override;
    Result<Rows<Hash>> nodes(std::uint32_t level, LeafRange range) const override;
    Result<Checkpoints> checkpoints(LeafRange sizes) const override;
    // The rest is what a ledger's store alone has.
    Result<Rows<Bytes>> sealed_words(LeafRange range) const override;
    Result<std::optional<Bytes>> manifest(DocumentNumber number) const override;
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
    const PackFile& pack_;
};

// The pack's checkpoints and the timestamps over them, as what outsiders said of the ledger. The
// pack is borrowed; whom to believe is for the caller to add.
Outside outside_of(const PackFile& pack);

}  // namespace wsoa
