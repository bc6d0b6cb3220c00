#include "ledger/store/store_source.h"

#include "ledger/store/layout.h"

namespace wsoa {
namespace {

// A row that is too short or too long to be what it should be counts as one that lacks.
std::optional<EventIndex> index_in(const std::optional<Bytes>& value) {
    if (!value || value->size() != 8) {
        return std::nullopt;
    }
    const auto number = layout::number_at_end(*value);
    return number.ok() ? std::optional(EventIndex{number.value()}) : std::nullopt;
}

}  // namespace

Result<std::optional<Bytes>> StoreSource::entry(EventIndex index) const {
    return snapshot_.get(layout::event_key(index));
}

Result<std::optional<Bytes>> StoreSource::plan_copy(const std::optional<PlanRef>& plan,
                                                    EventIndex index) const {
    return snapshot_.get(layout::plan_event_key(plan, index));
}

Result<std::optional<Hash>> StoreSource::node(NodeRef node) const {
    const auto value = TRY(snapshot_.get(layout::node_key(node)));
    const auto hash = value ? Hash::of(*value) : Result<Hash>(Hash{});
    return value && hash.ok() ? std::optional(hash.value()) : std::optional<Hash>{};
}

Result<std::optional<EventIndex>> StoreSource::subject_event(const SubjectRef& subject,
                                                             std::uint32_t version) const {
    const auto value = TRY(snapshot_.get(layout::subject_key(subject, version)));
    return index_in(value);
}

Result<std::optional<EventIndex>> StoreSource::change_event(const KeyId& author,
                                                            const ChangeId& id) const {
    const auto value = TRY(snapshot_.get(layout::change_id_key(author, id)));
    return index_in(value);
}

Result<std::optional<Bytes>> StoreSource::sealed_words(EventIndex index) const {
    return snapshot_.get(layout::words_key(index));
}

Result<void> StoreSource::each_checkpoint(const VisitCheckpoint& visit) const {
    const auto range = layout::checkpoints();
    return snapshot_.scan(range.from, range.to,
                          [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                              const auto size = TRY(layout::number_at_end(key));
                              TRY(visit(TreeSize{size}, text_of(value)));
                              return Snapshot::Step::next;
                          });
}

}  // namespace wsoa
