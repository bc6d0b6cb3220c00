#include "ledger/ledger_rows.h"

#include "ledger/plan/fold.h"
#include "ledger/store/layout.h"

namespace wsoa {

void put_event(Batch& batch, const EventRows& rows) {
    const auto& event = rows.event;
    const auto& envelope = event.envelope();
    const auto index = layout::number_value(event.index().value);
    batch.put(layout::event_key(event.index()), event.bytes());
    batch.put(layout::plan_event_key(envelope.plan, event.index()), event.bytes());
    batch.put(layout::plan_count_key(envelope.plan), layout::number_value(rows.plan_count));
    batch.put(layout::subject_key(envelope.subject, rows.version), index);
    batch.put(layout::change_id_key(envelope.author_key, envelope.id), index);
    for (const auto& node : rows.nodes) {
        batch.put(layout::node_key(node.ref), node.hash.view());
    }
    if (const auto erased = erased_event_in(event)) {
        batch.put(layout::erasure_key(*erased), index);
    }
    if (vault_mark_in(event)) {
        batch.put(layout::vault_mark_key(), index);
    }
}

}  // namespace wsoa
