#pragma once

#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/tree/tree.h"

#include <optional>

// Which key of the store holds what. One table each, told apart by the first byte; integers are
// big-endian, so that the order of the bytes is the order of the numbers. schemas/README.md lists
// the tables for those who read a store without us.
namespace wsoa::layout {

// 'e' || u64 index -> the event's entry. Dense: index 0 to size - 1.
Bytes event_key(EventIndex index);
// 'p' || plan || 0x00 || u64 index -> the same entry again, so that a plan's events lie together;
// those about the ledger and its people under the empty plan.
Bytes plan_event_key(const std::optional<PlanRef>& plan, EventIndex index);
// 'n' || plan -> u64: how many events lie there, so that a scan knows where its end must be.
Bytes plan_count_key(const std::optional<PlanRef>& plan);
// 's' || subject || 0x00 || u32 version -> u64 index. Dense: version 0 to count - 1.
Bytes subject_key(const SubjectRef& subject, std::uint32_t version);
// 'i' || 32 bytes of key || 16 bytes of change id -> u64 index.
Bytes change_id_key(const KeyId& author, const ChangeId& id);
// 'h' || u8 level || u64 index -> 32 bytes: the hash of a complete subtree.
Bytes node_key(NodeRef node);
// 'w' || u64 index -> the event's sealed words; no row for an event without words.
Bytes words_key(EventIndex index);
// 'x' || u64 index -> u64 index: the event that records the erasure of this one's words.
Bytes erasure_key(EventIndex erased);
// 'v' -> u64 index: the last event that names a vault which forgot something.
Bytes vault_mark_key();
// 'c' || u64 size -> the signed checkpoint over so many events. One for each commit.
Bytes checkpoint_key(TreeSize size);
// 'd' || u64 number -> the sealed manifest of a document. It stays when the document is erased.
Bytes manifest_key(DocumentNumber number);

// What a scan over a table or a part of it begins and ends with.
struct Range {
    Bytes from;
    Bytes to;
};
Range events(EventIndex from, TreeSize to);
Range plan_events(const std::optional<PlanRef>& plan);
// One row for each plan, and one for the ledger and its people.
Range plan_counts();
// The plan in such a row's key; null for the ledger and its people.
Result<std::optional<PlanRef>> plan_counted_in(ByteView key);
Range subject_versions(const SubjectRef& subject);
Range checkpoints();
Range checkpoints_to(TreeSize size);
Range manifests();

// The last eight bytes of a key or the whole of a value, as a number.
Result<std::uint64_t> number_at_end(ByteView bytes);
Bytes number_value(std::uint64_t value);

}  // namespace wsoa::layout
