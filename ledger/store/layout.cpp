#include "ledger/store/layout.h"

#include "ledger/store/store.h"

namespace wsoa::layout {
namespace {

Bytes begin_with(char table) { return {static_cast<std::uint8_t>(table)}; }

Bytes plan_prefix(const std::optional<PlanRef>& plan) {
    auto key = begin_with('p');
    if (plan) {
        append(key, plan->str());
    }
    key.push_back(0);
    return key;
}

Bytes subject_prefix(const SubjectRef& subject) {
    auto key = begin_with('s');
    append(key, subject.str());
    key.push_back(0);
    return key;
}

Range under(Bytes prefix) {
    auto end = after_prefix(prefix);
    return {.from = std::move(prefix), .to = std::move(end)};
}

}  // namespace

Bytes event_key(EventIndex index) {
    auto key = begin_with('e');
    append_u64(key, index.value);
    return key;
}

Bytes plan_event_key(const std::optional<PlanRef>& plan, EventIndex index) {
    auto key = plan_prefix(plan);
    append_u64(key, index.value);
    return key;
}

Bytes plan_count_key(const std::optional<PlanRef>& plan) {
    auto key = begin_with('n');
    if (plan) {
        append(key, plan->str());
    }
    return key;
}

Bytes subject_key(const SubjectRef& subject, std::uint32_t version) {
    auto key = subject_prefix(subject);
    append_u32(key, version);
    return key;
}

Bytes change_id_key(const KeyId& author, const ChangeId& id) {
    auto key = begin_with('i');
    append(key, author.view());
    append(key, id.view());
    return key;
}

Bytes node_key(NodeRef node) {
    auto key = begin_with('h');
    key.push_back(static_cast<std::uint8_t>(node.level));
    append_u64(key, node.index);
    return key;
}

Bytes words_key(EventIndex index) {
    auto key = begin_with('w');
    append_u64(key, index.value);
    return key;
}

Bytes erasure_key(EventIndex erased) {
    auto key = begin_with('x');
    append_u64(key, erased.value);
    return key;
}

Bytes vault_mark_key() { return begin_with('v'); }

Bytes checkpoint_key(TreeSize size) {
    auto key = begin_with('c');
    append_u64(key, size.value);
    return key;
}

Bytes manifest_key(DocumentNumber number) {
    auto key = begin_with('d');
    append_u64(key, number.value);
    return key;
}

Range events(EventIndex from, TreeSize to) {
    return {.from = event_key(from), .to = event_key(EventIndex{to.value})};
}

Range plan_events(const std::optional<PlanRef>& plan) { return under(plan_prefix(plan)); }
Range plan_counts() { return under(begin_with('n')); }

Result<std::optional<PlanRef>> plan_counted_in(ByteView key) {
    if (key.size() <= 1) {
        return std::optional<PlanRef>{};
    }
    auto plan = TRY(PlanRef::parse(text_of(key.subspan(1))));
    return std::optional(std::move(plan));
}

Range subject_versions(const SubjectRef& subject) { return under(subject_prefix(subject)); }
Range checkpoints() { return under(begin_with('c')); }
Range checkpoints_to(TreeSize size) {
    return {.from = begin_with('c'), .to = checkpoint_key(TreeSize{size.value + 1})};
}
Range manifests() { return under(begin_with('d')); }

Result<std::uint64_t> number_at_end(ByteView bytes) {
    if (bytes.size() < 8) {
        return Error{Fault::corrupt, "a stored number is too short"};
    }
    ByteReader reader(bytes.last(8));
    return reader.u64();
}

Bytes number_value(std::uint64_t value) {
    Bytes bytes;
    append_u64(bytes, value);
    return bytes;
}

}  // namespace wsoa::layout
