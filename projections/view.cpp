#include "projections/view.h"

#include <fmt/format.h>

namespace wsoa {
namespace {

Bytes joined(const Bytes& prefix, ByteView key) {
    auto whole = prefix;
    append(whole, key);
    return whole;
}

struct StoredCursor {
    std::uint32_t version = 0;
    Cursor cursor;
};

Result<StoredCursor> read_cursor(ByteView value) {
    ByteReader reader(value);
    StoredCursor stored;
    stored.version = TRY(reader.u32());
    stored.cursor.size.value = TRY(reader.u64());
    stored.cursor.root = TRY(reader.hash());
    TRY(reader.finish());
    return stored;
}

}  // namespace

namespace view_layout {

Bytes cursor_key(const ViewId& view) {
    Bytes key;
    append(key, view.name);
    key.push_back(0);
    return key;
}

Bytes cursor_value(const ViewId& view, const Cursor& cursor) {
    Bytes value;
    append_u32(value, view.version);
    append_u64(value, cursor.size.value);
    append(value, cursor.root.view());
    return value;
}

Bytes rows_prefix(const ViewId& view) {
    auto prefix = cursor_key(view);
    append(prefix, fmt::format("{}", view.version));
    prefix.push_back(0);
    return prefix;
}

layout::Range part_of(const ViewId& view) {
    auto from = cursor_key(view);
    auto to = after_prefix(from);
    return {.from = std::move(from), .to = std::move(to)};
}

}  // namespace view_layout

ViewReader::ViewReader(const Snapshot& snapshot, const ViewId& view)
    : snapshot_(snapshot), view_(view), prefix_(view_layout::rows_prefix(view)) {}

Result<std::optional<Cursor>> ViewReader::cursor() const {
    const auto value = TRY(snapshot_.get(view_layout::cursor_key(view_)));
    if (!value) {
        return std::optional<Cursor>{};
    }
    const auto stored = read_cursor(*value);
    const bool is_ours = stored.ok() && stored.value().version == view_.version;
    return is_ours ? std::optional(stored.value().cursor) : std::nullopt;
}

Result<TreeSize> ViewReader::size_within(const History& history) const {
    const auto found = TRY(cursor());
    if (!found || found->size > history.size()) {
        return TreeSize{0};
    }
    const auto root = TRY(history.root_at(found->size));
    return root == found->root ? found->size : TreeSize{0};
}

Result<std::optional<Bytes>> ViewReader::get(ByteView key) const {
    return snapshot_.get(joined(prefix_, key));
}

Result<std::optional<std::pair<Bytes, Bytes>>> ViewReader::last(ByteView from, ByteView to) const {
    auto row = TRY(snapshot_.last(joined(prefix_, from), joined(prefix_, to)));
    if (row) {
        row->first.erase(row->first.begin(),
                         row->first.begin() + static_cast<std::ptrdiff_t>(prefix_.size()));
    }
    return row;
}

Result<void> ViewReader::scan(ByteView begins_with, const Snapshot::Visit& visit) const {
    const auto from = joined(prefix_, begins_with);
    return snapshot_.scan(from, after_prefix(from), [&](ByteView key, ByteView value) {
        return visit(key.subspan(prefix_.size()), value);
    });
}

ViewWriter::ViewWriter(const Snapshot& snapshot, const ViewId& view)
    : stored_(snapshot, view), prefix_(view_layout::rows_prefix(view)) {}

Result<std::optional<Bytes>> ViewWriter::get(ByteView key) const {
    const auto found = written_.find(copy_of(key));
    return found == written_.end() ? stored_.get(key) : found->second;
}

void ViewWriter::put(Bytes key, Bytes value) {
    written_.insert_or_assign(std::move(key), std::move(value));
}

void ViewWriter::erase(Bytes key) { written_.insert_or_assign(std::move(key), std::nullopt); }

void ViewWriter::add_to(Batch& batch) const {
    for (const auto& [key, value] : written_) {
        if (value) {
            batch.put(joined(prefix_, key), *value);
        } else {
            batch.erase(joined(prefix_, key));
        }
    }
}

}  // namespace wsoa
