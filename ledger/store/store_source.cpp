#include "ledger/store/store_source.h"

#include "ledger/base/limits.h"
#include "ledger/store/layout.h"

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::size_t number_bytes = 8;
constexpr std::size_t numbered_key_bytes = 1 + number_bytes;
constexpr std::size_t node_key_bytes = 2 + number_bytes;
constexpr std::size_t change_id_key_bytes = 1 + 32 + 16;
constexpr std::size_t version_bytes = 4;
constexpr std::uint8_t tree_levels = 35;  // of limits::events_max leaves

// The tables in the order of their keys, and what they hold.
struct Table {
    std::uint8_t prefix;
    std::string_view name;
};
constexpr std::array<Table, 11> tables{{{'c', "checkpoints"},
                                        {'d', "the manifests of documents"},
                                        {'e', "events"},
                                        {'h', "the tree's hashes"},
                                        {'i', "the index of change ids"},
                                        {'n', "the numbers of events of plans"},
                                        {'p', "the events of plans"},
                                        {'s', "the index of subjects"},
                                        {'v', "the last vault"},
                                        {'w', "sealed words"},
                                        {'x', "the index of erasures"}}};

// A row that is too short or too long to be what it should be counts as one that lacks.
std::optional<EventIndex> index_in(ByteView value) {
    if (value.size() != number_bytes) {
        return std::nullopt;
    }
    const auto number = layout::number_at_end(value);
    return number.ok() ? std::optional(EventIndex{number.value()}) : std::nullopt;
}
std::optional<EventIndex> index_in(const std::optional<Bytes>& value) {
    return value ? index_in(ByteView(*value)) : std::nullopt;
}

// The plan in a key that is 'p' or 'n', the plan, and so many bytes; null if it is none's.
std::optional<std::string> plan_in(ByteView key, std::size_t bytes_after) {
    if (key.size() < 1 + bytes_after) {
        return std::nullopt;
    }
    const std::string plan(text_of(key.subspan(1, key.size() - 1 - bytes_after)));
    return plan.empty() || PlanRef::parse(plan).ok() ? std::optional(plan) : std::nullopt;
}

// The subject in a key that is 's', a reference, 0x00, a version; null if it is none's.
std::optional<SubjectRef> subject_in(ByteView key) {
    constexpr auto around = 1 + 1 + version_bytes;
    if (key.size() <= around || key[key.size() - version_bytes - 1] != 0) {
        return std::nullopt;
    }
    auto subject = SubjectRef::parse(text_of(key.subspan(1, key.size() - around)));
    return subject.ok() ? std::optional(std::move(subject).value()) : std::nullopt;
}

std::uint32_t version_in(ByteView subject_key) {
    std::uint32_t version = 0;
    for (const auto byte : subject_key.last(version_bytes)) {
        version = version << 8 | byte;
    }
    return version;
}

// Shows the row, if it is one of those that lead to an event.
void show_row(RowVisitor& visitor, ByteView key, ByteView value) {
    constexpr std::size_t author_bytes = 32;
    const auto index = index_in(value);
    if (key[0] == 's' && index) {
        if (const auto subject = subject_in(key)) {
            visitor.subject_row(*subject, version_in(key), *index);
        }
    } else if (key[0] == 'i' && index && key.size() == change_id_key_bytes) {
        const auto author = KeyId::of(key.subspan(1, author_bytes));
        const auto id = ChangeId::of(key.subspan(1 + author_bytes));
        if (author.ok() && id.ok()) {
            visitor.change_id_row(author.value(), id.value(), *index);
        }
    } else if (key[0] == 'p' && key.size() >= numbered_key_bytes) {
        const auto plan = key.subspan(1, key.size() - numbered_key_bytes);
        visitor.plan_copy_row(text_of(plan), *index_in(key.last(number_bytes)), value);
    }
}

}  // namespace

Result<VerifySource::Rows<Bytes>> StoreSource::rows(LeafRange range, ByteView from,
                                                    ByteView to) const {
    Rows<Bytes> rows(range.count());
    TRY(snapshot_.scan(from, to, [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
        // Keys of another length may lie between; count_rows finds them.
        if (key.size() == from.size()) {
            const auto number = TRY(layout::number_at_end(key));
            rows[number - range.begin] = copy_of(value);
        }
        return Snapshot::Step::next;
    }));
    return rows;
}

Result<VerifySource::Rows<Bytes>> StoreSource::entries(LeafRange range) const {
    return rows(range, layout::event_key(EventIndex{range.begin}),
                layout::event_key(EventIndex{range.end}));
}

Result<VerifySource::Rows<Bytes>> StoreSource::sealed_words(LeafRange range) const {
    return rows(range, layout::words_key(EventIndex{range.begin}),
                layout::words_key(EventIndex{range.end}));
}

Result<std::optional<Bytes>> StoreSource::manifest(DocumentNumber number) const {
    return snapshot_.get(layout::manifest_key(number));
}

Result<VerifySource::Rows<Hash>> StoreSource::nodes(std::uint32_t level, LeafRange range) const {
    const auto stored = TRY(rows(range, layout::node_key({.level = level, .index = range.begin}),
                                 layout::node_key({.level = level, .index = range.end})));
    Rows<Hash> hashes(stored.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (stored[i]) {
            const auto hash = Hash::of(*stored[i]);
            hashes[i] = hash.ok() ? std::optional(hash.value()) : std::nullopt;
        }
    }
    return hashes;
}

Result<VerifySource::Checkpoints> StoreSource::checkpoints(LeafRange sizes) const {
    Checkpoints found;
    TRY(snapshot_.scan(layout::checkpoint_key(TreeSize{sizes.begin + 1}),
                       layout::checkpoint_key(TreeSize{sizes.end + 1}),
                       [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                           if (key.size() == numbered_key_bytes) {
                               const auto size = TRY(layout::number_at_end(key));
                               found.emplace_back(TreeSize{size}, text_of(value));
                           }
                           return Snapshot::Step::next;
                       }));
    return found;
}

Result<std::optional<Bytes>> StoreSource::plan_copy(const std::optional<PlanRef>& plan,
                                                    EventIndex index) const {
    return snapshot_.get(layout::plan_event_key(plan, index));
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

Result<std::optional<EventIndex>> StoreSource::erasure_of(EventIndex event) const {
    const auto value = TRY(snapshot_.get(layout::erasure_key(event)));
    return index_in(value);
}

Result<std::optional<EventIndex>> StoreSource::vault_mark() const {
    const auto value = TRY(snapshot_.get(layout::vault_mark_key()));
    return index_in(value);
}

Result<RowCounts> StoreSource::count_rows(RowVisitor& visitor) const {
    RowCounts counts;
    const auto go_through = [&](const Bytes& from, const Bytes& to, std::string_view name) {
        const auto gone =
            snapshot_.scan(from, to, [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                count_row(counts, key, value);
                if (!key.empty()) {
                    show_row(visitor, key, value);
                }
                return Snapshot::Step::next;
            });
        if (!gone.ok()) {
            counts.unread.push_back(fmt::format("{}: {}", name, gone.error().message));
            const bool is_of_plans = !from.empty() && (from[0] == 'n' || from[0] == 'p');
            counts.holds_all_of_plans = counts.holds_all_of_plans && !is_of_plans;
        }
    };
    Bytes reached;
    for (const auto& table : tables) {
        const Bytes begin{table.prefix};
        Bytes end{static_cast<std::uint8_t>(table.prefix + 1)};
        go_through(reached, begin, "rows of no table");
        go_through(begin, end, table.name);
        reached = std::move(end);
    }
    go_through(reached, Bytes(number_bytes, 0xff), "rows of no table");
    return counts;
}

void StoreSource::count(RowCount& rows, std::optional<EventIndex> index) const {
    if (!index || !newest_.holds(*index)) {
        ++rows.astray;
    } else {
        ++(size_.holds(*index) ? rows.within : rows.beyond);
    }
}

void StoreSource::count_row(RowCounts& counts, ByteView key, ByteView value) const {
    const auto numbered = key.size() == numbered_key_bytes ? index_in(key.last(number_bytes))
                                                           : std::optional<EventIndex>{};
    switch (key.empty() ? 0 : key[0]) {
        case 'e': return count(counts.entries, numbered);
        case 'w': return count(counts.words, numbered);
        case 'c':
            // A checkpoint's key is a size: that of the event before it, and one.
            return count(counts.checkpoints, numbered && numbered->value > 0
                                                 ? std::optional(EventIndex{numbered->value - 1})
                                                 : std::nullopt);
        case 'd':
            if (key.size() == numbered_key_bytes) {
                ++counts.manifests;
                return;
            }
            break;
        case 'h': {
            const auto last = key.size() == node_key_bytes ? index_in(key.last(number_bytes))
                                                           : std::optional<EventIndex>{};
            const auto level = key.size() > 1 ? key[1] : 0;
            // Small enough that its last leaf, to which it leads, has an index.
            const bool is_node =
                last && level < tree_levels && last->value < (limits::events_max >> level);
            return count(counts.nodes,
                         is_node ? std::optional(EventIndex{((last->value + 1) << level) - 1})
                                 : std::nullopt);
        }
        case 's': return count(counts.subjects, subject_in(key) ? index_in(value) : std::nullopt);
        case 'i':
            return count(counts.change_ids,
                         key.size() == change_id_key_bytes ? index_in(value) : std::nullopt);
        case 'p':
            if (const auto plan = plan_in(key, numbered_key_bytes)) {
                return count(counts.plans[*plan].copies, index_in(key.last(number_bytes)));
            }
            break;
        case 'x': return count(counts.erasures, numbered ? index_in(value) : std::nullopt);
        case 'v':
            // Where it leads to is asked for by itself.
            if (key.size() == 1 && index_in(value)) {
                return;
            }
            break;
        case 'n':
            if (const auto plan = plan_in(key, 0)) {
                const auto stated = index_in(value);
                counts.plans[*plan].stated = stated ? std::optional(stated->value) : std::nullopt;
                return;
            }
            break;
        default: break;
    }
    ++counts.strangers;
}

}  // namespace wsoa
