#pragma once

#include "ledger/event/change.h"

namespace wsoa {

// A change with its author's signature over label::change, as it is handed to the ledger.
struct SignedChange {
    Bytes change;
    Signature signature;

    bool operator==(const SignedChange&) const = default;
};

// An accepted change with its place and instant.
class Event {
public:
    // Takes the log's entry at an index: canonical bytes of schema::Event, and in it of the change.
    // `corrupt` with what is wrong; `unavailable` for a kind or format that this program does not
    // know.
    static Result<Event> read(EventIndex index, ByteView bytes);
    // What a change becomes that was read before and is accepted now: the same that `read` gives
    // for its `event_bytes`, without reading it a second time.
    static Result<Event> accepted(EventIndex index, Instant recorded_at, const Change& change,
                                  const Signature& signature);

    EventIndex index() const { return index_; }
    Instant recorded_at() const { return recorded_at_; }
    const Signature& signature() const { return signature_; }
    const Change& change() const { return change_; }
    const Envelope& envelope() const { return change_.envelope(); }
    Kind kind() const { return change_.kind(); }
    // The entry, as it was read.
    ByteView bytes() const { return bytes_; }
    // RFC 6962, 2.1: SHA-256(0x00 || entry).
    Hash leaf() const;

private:
    Event(EventIndex index, Bytes bytes, Instant recorded_at, const Signature& signature,
          Change change);
    EventIndex index_;
    Bytes bytes_;
    Instant recorded_at_;
    Signature signature_;
    Change change_;
};

// The canonical entry bytes of an accepted change. `invalid` if they would pass event_bytes_max.
Result<Bytes> event_bytes(Instant recorded_at, const SignedChange& change);

// What an entry holds, without reading the change in it: for those that only check signatures or
// times.
struct EntryView {
    Instant recorded_at;
    Bytes change;
    Signature signature;
};
Result<EntryView> read_entry(ByteView bytes);

}  // namespace wsoa
