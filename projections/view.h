#pragma once

#include "ledger/history.h"
#include "ledger/store/layout.h"
#include "ledger/store/store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

namespace wsoa {

// Which view: the name of its projection, of lower-case letters and hyphens, and the version of
// what the projection writes. Rows of another version are never read; they are made anew.
struct ViewId {
    std::string_view name;
    std::uint32_t version = 1;
};

// How far a view goes: its rows say what the first `size` events say, in the history that had this
// root at that size.
struct Cursor {
    TreeSize size;
    Hash root;

    bool operator==(const Cursor&) const = default;
};

// Which key of the views' store holds what. Each view has a part of its own.
namespace view_layout {

// name || 0x00 -> u32 version || u64 size || 32 bytes of root. The first key of the view's part, so
// that erasing the part from its front takes the cursor first.
Bytes cursor_key(const ViewId& view);
Bytes cursor_value(const ViewId& view, const Cursor& cursor);
// name || 0x00 || version in decimal || 0x00, then whatever key the projection gives a row.
Bytes rows_prefix(const ViewId& view);
// The cursor and the rows of every version.
layout::Range part_of(const ViewId& view);

}  // namespace view_layout

// The rows of one view at one moment of the views' store, under the keys that its projection gave
// them. Borrows the snapshot.
class ViewReader {
public:
    ViewReader(const Snapshot& snapshot, const ViewId& view);

    // Null if there is none, it was written by another version, or it cannot be read.
    Result<std::optional<Cursor>> cursor() const;
    // How many events of this history the rows can be believed for. 0 if there are no rows, or they
    // were made from a history that was longer or another one.
    Result<TreeSize> size_within(const History& history) const;

    Result<std::optional<Bytes>> get(ByteView key) const;
    // The last row with from <= key < to, and its key; null if there is none.
    Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from, ByteView to) const;
    // Every row whose key begins so, in the order of the keys.
    Result<void> scan(ByteView begins_with, const Snapshot::Visit& visit) const;

private:
    const Snapshot& snapshot_;
    ViewId view_;
    Bytes prefix_;
};

// What a projection writes into its view until the next batch. Reading shows what was written
// before.
class ViewWriter {
public:
    ViewWriter(const Snapshot& snapshot, const ViewId& view);

    Result<std::optional<Bytes>> get(ByteView key) const;
    // What the view held before all of this.
    const ViewReader& stored() const { return stored_; }
    void put(Bytes key, Bytes value);
    void erase(Bytes key);
    // Adds the writes, in the order of their keys.
    void add_to(Batch& batch) const;

private:
    ViewReader stored_;
    Bytes prefix_;
    std::map<Bytes, std::optional<Bytes>> written_;  // null for a row that was erased
};

}  // namespace wsoa
