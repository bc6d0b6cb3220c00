#include "ledger/history.h"

#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

Error lacking(std::string_view what, std::uint64_t number) {
    return error(Fault::corrupt, "the store lacks {} {}", what, number)
        .advise("stop writing, and put the ledger back from a mirror or a backup");
}

Result<Hash> hash_in(const std::optional<Bytes>& row, NodeRef node) {
    if (!row) {
        return error(Fault::corrupt, "the store lacks the hash of node {} at level {}", node.index,
                     node.level);
    }
    return Hash::of(*row);
}

std::vector<Bytes> keys_of(const std::vector<NodeRef>& refs) {
    std::vector<Bytes> keys;
    keys.reserve(refs.size());
    for (const auto& ref : refs) {
        keys.push_back(layout::node_key(ref));
    }
    return keys;
}

// Reads nodes among those whose rows were read before, the first of these rows. Borrows both.
NodeReader among(const std::vector<NodeRef>& refs, const std::vector<std::optional<Bytes>>& rows) {
    return [&](NodeRef node) -> Result<Hash> {
        const auto found = std::ranges::find(refs, node);
        CHECK(found != refs.end());
        return hash_in(rows[static_cast<std::size_t>(found - refs.begin())], node);
    };
}

}  // namespace

Result<std::unique_ptr<History>> History::open(std::unique_ptr<Snapshot> snapshot, TreeSize size) {
    std::unique_ptr<History> history(new History(std::move(snapshot), size));
    TRY(history->check_edge());
    return history;
}

std::unique_ptr<History> History::just_written(std::unique_ptr<Snapshot> snapshot,
                                               const Checkpoint& checkpoint) {
    std::unique_ptr<History> history(new History(std::move(snapshot), checkpoint.size));
    history->root_ = checkpoint.root;
    return history;
}

Result<TreeSize> History::newest_size(const Snapshot& snapshot) {
    const auto range = layout::checkpoints();
    const auto newest = TRY(snapshot.last(range.from, range.to));
    if (!newest) {
        return TreeSize{0};
    }
    const auto size = TRY(layout::number_at_end(newest->first));
    return TreeSize{size};
}

// All rows at once: where they lie far away, each question costs more than its answer.
Result<void> History::check_edge() {
    root_ = empty_root();
    if (size_.value == 0) {
        return done();
    }
    const EventIndex last{size_.value - 1};
    const NodeRef leaf{.level = 0, .index = last.value};
    auto refs = complete_subtrees(size_);
    refs.push_back(leaf);
    auto keys = keys_of(refs);
    keys.push_back(layout::event_key(last));
    keys.push_back(layout::checkpoint_key(size_));
    auto rows = TRY(snapshot_->get_many(keys));
    if (rows.back()) {
        note_ = std::string(text_of(*rows.back()));
    } else {
        const auto newest = TRY(newest_size(*snapshot_));
        if (newest < size_) {
            return error(Fault::corrupt, "the store ends at event {}, but {} were signed",
                         newest.value, size_.value)
                .advise(
                    "this copy is older than what was signed: put the missing events back with "
                    "`wsoa guard restore --from COPY`, or a newer backup in its place");
        }
    }
    const auto& entry = rows[refs.size()];
    const auto nodes = among(refs, rows);
    root_ = TRY(wsoa::root_at(size_, nodes));
    if (!entry) {
        return lacking("event", last.value);
    }
    const auto stored_leaf = TRY(nodes(leaf));
    if (hash_leaf(*entry) != stored_leaf) {
        return error(Fault::corrupt, "event {} is not what the tree says it was", last.value);
    }
    return check_note();
}

Result<void> History::check_note() {
    if (!note_) {
        return done();  // a size between two checkpoints: its root follows from the nodes
    }
    const auto parsed = TRY(Note::parse(*note_));
    const auto checkpoint = TRY(Checkpoint::parse(parsed.text));
    if (checkpoint.root != root_ || checkpoint.size != size_) {
        return error(Fault::corrupt,
                     "the tree does not give the root of the checkpoint over {} events",
                     size_.value);
    }
    return done();
}

Result<Bytes> History::entry(EventIndex index) const {
    if (!size_.holds(index)) {
        return error(Fault::missing, "there is no event {}; the ledger holds {}", index.value,
                     size_.value);
    }
    auto value = TRY(snapshot_->get(layout::event_key(index)));
    if (!value) {
        return lacking("event", index.value);
    }
    return std::move(*value);
}

Result<Event> History::event(EventIndex index) const {
    const auto bytes = TRY(entry(index));
    return Event::read(index, bytes);
}

Result<std::optional<Bytes>> History::sealed_words(EventIndex index) const {
    if (!size_.holds(index)) {
        return std::optional<Bytes>{};
    }
    return snapshot_->get(layout::words_key(index));
}

Result<void> History::each_entry(EventIndex from, const VisitEntry& visit) const {
    if (from.value >= size_.value) {
        return done();
    }
    const auto range = layout::events(from, size_);
    std::uint64_t expected = from.value;
    bool was_stopped = false;
    TRY(snapshot_->scan(range.from, range.to,
                        [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                            const auto index = TRY(layout::number_at_end(key));
                            if (index != expected) {
                                return lacking("event", expected);
                            }
                            ++expected;
                            const auto step = TRY(visit(EventIndex{index}, value));
                            was_stopped = step == Snapshot::Step::stop;
                            return step;
                        }));
    if (!was_stopped && expected != size_.value) {
        return lacking("event", expected);
    }
    return done();
}

Result<void> History::each_event(EventIndex from, const VisitEvent& visit) const {
    return each_entry(from, [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
        const auto event = TRY(Event::read(index, entry));
        return visit(event);
    });
}

Result<void> History::each_entry_of(const std::optional<PlanRef>& plan,
                                    const VisitEntry& visit) const {
    return each_entry_of(plan, ReadSoFar{}, visit);
}

Result<void> History::each_entry_of(const std::optional<PlanRef>& plan, const ReadSoFar& read,
                                    const VisitEntry& visit) const {
    const auto count_row = TRY(snapshot_->get(layout::plan_count_key(plan)));
    const std::uint64_t expected = count_row ? TRY(layout::number_at_end(*count_row)) : 0;
    const auto from = layout::plan_event_key(plan, EventIndex{read.size.value});
    std::uint64_t count = read.events;
    bool was_stopped = false;
    TRY(snapshot_->scan(from, layout::plan_events(plan).to,
                        [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                            const auto index = TRY(layout::number_at_end(key));
                            ++count;
                            if (index >= size_.value) {
                                return Snapshot::Step::next;  // counted, but not shown
                            }
                            const auto step = TRY(visit(EventIndex{index}, value));
                            was_stopped = step == Snapshot::Step::stop;
                            return step;
                        }));
    if (!was_stopped && count != expected) {
        return error(Fault::corrupt, "the store holds {} of the {} events of {}", count, expected,
                     plan ? plan->str() : "the ledger and its people");
    }
    return done();
}

Result<void> History::each_event_of(const std::optional<PlanRef>& plan,
                                    const VisitEvent& visit) const {
    return each_entry_of(plan, [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
        const auto event = TRY(Event::read(index, entry));
        return visit(event);
    });
}

Result<std::uint64_t> History::fold_into(State& state, const std::optional<PlanRef>& plan,
                                         const ReadSoFar& read) const {
    std::uint64_t count = 0;
    TRY(each_entry_of(plan, read, [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
        const auto event = TRY(Event::read(index, entry));
        fold(state, event);
        ++count;
        return Snapshot::Step::next;
    }));
    return count;
}

Result<std::vector<EventIndex>> History::trail_of(const SubjectRef& subject) const {
    const auto range = layout::subject_versions(subject);
    std::vector<EventIndex> trail;
    std::uint64_t expected = 0;
    TRY(snapshot_->scan(
        range.from, range.to, [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
            ByteReader version(key.last(4));
            const auto number = TRY(version.u32());
            if (number != expected) {
                return lacking("the version of " + subject.str() + " numbered", expected);
            }
            ++expected;
            const auto index = TRY(layout::number_at_end(value));
            if (index >= size_.value) {
                return Snapshot::Step::stop;
            }
            trail.push_back(EventIndex{index});
            return Snapshot::Step::next;
        }));
    return trail;
}

Result<std::uint32_t> History::version_of(const SubjectRef& subject) const {
    const auto range = layout::subject_versions(subject);
    const auto newest = TRY(snapshot_->last(range.from, range.to));
    if (!newest) {
        return std::uint32_t{0};
    }
    const auto index = TRY(layout::number_at_end(newest->second));
    if (index < size_.value) {
        ByteReader version(ByteView(newest->first).last(4));
        const auto number = TRY(version.u32());
        return number + 1;
    }
    const auto trail = TRY(trail_of(subject));
    return static_cast<std::uint32_t>(trail.size());
}

Result<bool> History::is_next(const SubjectRef& subject, std::uint32_t version) const {
    const auto has = [&](std::uint32_t number) -> Result<bool> {
        const auto value = TRY(snapshot_->get(layout::subject_key(subject, number)));
        if (!value) {
            return false;
        }
        const auto index = TRY(layout::number_at_end(*value));
        return index < size_.value;
    };
    if (version > 0) {
        const bool follows = TRY(has(version - 1));
        if (!follows) {
            return false;
        }
    }
    const bool is_taken = TRY(has(version));
    return !is_taken;
}

// The event to which a row leads; null if there is no such row, or its event does not show.
Result<std::optional<EventIndex>> History::event_at(ByteView key) const {
    const auto value = TRY(snapshot_->get(key));
    if (!value) {
        return std::optional<EventIndex>{};
    }
    const auto index = TRY(layout::number_at_end(*value));
    return index < size_.value ? std::optional(EventIndex{index}) : std::nullopt;
}

Result<std::optional<EventIndex>> History::index_of(const KeyId& author, const ChangeId& id) const {
    return event_at(layout::change_id_key(author, id));
}

Result<std::optional<EventIndex>> History::erasure_of(EventIndex event) const {
    return event_at(layout::erasure_key(event));
}

Result<std::optional<VaultMark>> History::vault_mark() const {
    const auto index = TRY(event_at(layout::vault_mark_key()));
    if (!index) {
        return std::optional<VaultMark>{};
    }
    const auto last = TRY(event(*index));
    auto mark = vault_mark_in(last);
    if (!mark) {
        return error(Fault::corrupt, "the store says that event {} erased, which it did not",
                     index->value)
            .advise("run `wsoa verify`, and put the store back from a backup");
    }
    return mark;
}

NodeReader History::nodes() const {
    return [this](NodeRef node) -> Result<Hash> {
        const auto row = TRY(snapshot_->get(layout::node_key(node)));
        return hash_in(row, node);
    };
}

// Which nodes a sum asks for does not hang on their hashes: a first turn with others names them.
template <typename T>
Result<T> History::sum_of(const std::function<Result<T>(const NodeReader&)>& sum) const {
    std::vector<NodeRef> refs;
    TRY(sum([&](NodeRef node) {
        refs.push_back(node);
        return Result<Hash>(Hash{});
    }));
    const auto rows = TRY(snapshot_->get_many(keys_of(refs)));
    return sum(among(refs, rows));
}

Result<Hash> History::root_at(TreeSize size) const {
    if (size > size_) {
        return error(Fault::invalid, "the ledger holds {} events, not {}", size_.value, size.value);
    }
    return size == size_
               ? Result<Hash>(root_)
               : sum_of<Hash>([&](const NodeReader& nodes) { return wsoa::root_at(size, nodes); });
}

Result<InclusionProof> History::inclusion(EventIndex index) const {
    return sum_of<InclusionProof>(
        [&](const NodeReader& nodes) { return make_inclusion(index, size_, nodes); });
}

Result<ConsistencyProof> History::consistency(TreeSize old_size, TreeSize new_size) const {
    if (new_size > size_) {
        return error(Fault::invalid, "the ledger holds {} events, not {}", size_.value,
                     new_size.value);
    }
    return sum_of<ConsistencyProof>(
        [&](const NodeReader& nodes) { return make_consistency(old_size, new_size, nodes); });
}

Result<std::string> History::checkpoint_note() const {
    if (note_) {
        return *note_;
    }
    const auto range = layout::checkpoints_to(size_);
    auto newest = TRY(snapshot_->last(range.from, range.to));
    if (!newest) {
        return Error{Fault::missing, "the store holds no checkpoint"};
    }
    return std::string(text_of(newest->second));
}

Result<TreeSize> History::size_before(Instant instant) const {
    std::uint64_t low = 0;  // events below were recorded before the instant
    std::uint64_t high = size_.value;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto bytes = TRY(entry(EventIndex{middle}));
        const auto view = TRY(read_entry(bytes));
        if (view.recorded_at < instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return TreeSize{low};
}

}  // namespace wsoa
