#include "ledger/event/event.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/event/message.h"
#include "ledger/event/walk.h"
#include "schemas/event.capnp.h"

#include <algorithm>
#include <tuple>

namespace wsoa {
namespace {

// No event is older than the count of its milliseconds, which begins in 1970.
Result<Instant> recorded_instant(std::int64_t ms) {
    auto instant = instant_from_ms(ms);
    if (!instant.ok() || ms < 0) {
        return Error{Fault::invalid, "an event is recorded between 1970 and 2199"};
    }
    return instant;
}

// Whether there is no more in the entry than this program knows.
Result<void> check_extent(capnp::AnyStruct::Reader entry) {
    if (entry.getDataSection().size() > 8 || entry.getPointerSection().size() > 2) {
        return Error{Fault::unavailable,
                     "the entry holds a field that this program does not know but a newer one may"};
    }
    return done();
}

Result<ByteView> part_at(capnp::AnyStruct::Reader entry, unsigned place, std::string_view name) {
    const auto pointers = entry.getPointerSection();
    auto part = bytes_at(place < pointers.size() ? pointers[place] : capnp::AnyPointer::Reader{});
    if (!part.ok()) {
        return std::move(part).error().explain("{}", name);
    }
    return part;
}

// An entry as a program of ours writes it, whose canonical form leaves no choice: a pointer to the
// struct, its instant, pointers to its two lists of bytes, and these, each filled up with zeros.
struct PlainEntry {
    Instant recorded_at;
    ByteView change;
    Signature signature;
};

// Null for whatever is not that to the bit; only the examination can tell what it is.
std::optional<PlainEntry> plain_entry(ByteView bytes) {
    constexpr std::size_t word = 8;
    constexpr std::size_t head = 4 * word;
    constexpr std::size_t signature_bytes = std::tuple_size_v<decltype(Signature::bytes)>;
    constexpr auto list_of = [](std::uint64_t offset, std::uint64_t count) {
        constexpr std::uint64_t list_of_bytes = 1 | (std::uint64_t{2} << 32);
        return list_of_bytes | offset << 2 | count << 35;
    };
    if (bytes.size() < head || bytes.size() > limits::event_bytes_max ||
        number_at(bytes, 0, 64) != ((std::uint64_t{1} << 32) | (std::uint64_t{2} << 48))) {
        return std::nullopt;
    }
    const auto size = number_at(bytes, 2 * word * 8, 64) >> 35;
    const auto padded = (size + word - 1) / word * word;
    if (size == 0 || bytes.size() != head + padded + signature_bytes ||
        number_at(bytes, 2 * word * 8, 64) != list_of(1, size) ||
        number_at(bytes, 3 * word * 8, 64) != list_of(padded / word, signature_bytes)) {
        return std::nullopt;
    }
    const auto rest = bytes.subspan(head + size, padded - size);
    const auto instant =
        recorded_instant(static_cast<std::int64_t>(number_at(bytes, word * 8, 64)));
    // An instant of zero would be cut from the struct.
    if (!instant.ok() || instant.value().ms == 0 ||
        std::ranges::any_of(rest, [](std::uint8_t byte) { return byte != 0; })) {
        return std::nullopt;
    }
    PlainEntry entry{
        .recorded_at = instant.value(), .change = bytes.subspan(head, size), .signature = {}};
    std::ranges::copy(bytes.last(signature_bytes), entry.signature.bytes.begin());
    return entry;
}

Result<EntryView> examine(const Words& words) {
    Message message(words, Message::Trust::none);
    const auto root = TRY(message.root());
    EntryView view;
    view.recorded_at =
        TRY(recorded_instant(static_cast<std::int64_t>(number_at(data_of(root), 0, 64))));
    const auto change = TRY(part_at(root, 0, "change"));
    if (change.empty()) {
        return Error{Fault::invalid, "the entry holds no change"};
    }
    const auto signature = TRY(part_at(root, 1, "signature"));
    view.signature = TRY(Signature::of(signature));
    TRY(check_canonical(words, root));
    TRY(check_extent(root));
    view.change = copy_of(change);
    return view;
}

Result<Bytes> encode(Instant recorded_at, ByteView change, const Signature& signature) {
    TRY(recorded_instant(recorded_at.ms));
    if (change.empty()) {
        return Error{Fault::invalid, "the entry holds no change"};
    }
    if (change.size() > limits::change_bytes_max) {
        return error(Fault::invalid, "the change has {} bytes; at most {} are taken", change.size(),
                     limits::change_bytes_max);
    }
    capnp::MallocMessageBuilder message;
    auto event = message.initRoot<schema::Event>();
    event.setRecordedAt(recorded_at.ms);
    event.setChange({change.data(), change.size()});
    event.setSignature({signature.bytes.data(), signature.bytes.size()});
    const auto words = capnp::canonicalize(event.asReader());
    static_assert(limits::change_bytes_max + 1'024 <= limits::event_bytes_max);
    return copy_of(bytes_of(words));
}

// What the log hands out was checked before it was written: if it does not read, it was changed.
Error as_stored(Error error) {
    if (error.fault == Fault::invalid) {
        error.fault = Fault::corrupt;
    }
    return error;
}

}  // namespace

Event::Event(EventIndex index, Bytes bytes, Instant recorded_at, const Signature& signature,
             Change change)
    : index_(index),
      bytes_(std::move(bytes)),
      recorded_at_(recorded_at),
      signature_(signature),
      change_(std::move(change)) {}

Result<Event> Event::read(EventIndex index, ByteView bytes) {
    if (const auto plain = plain_entry(bytes)) {
        auto change = Change::read(plain->change);
        if (change.ok()) {
            return Event(index, copy_of(bytes), plain->recorded_at, plain->signature,
                         std::move(change).value());
        }
    }
    auto entry = read_entry(bytes);
    if (!entry.ok()) {
        return std::move(entry).error().explain("event {}", index.value);
    }
    auto change = Change::read(entry.value().change);
    if (!change.ok()) {
        return as_stored(std::move(change).error()).explain("event {}", index.value);
    }
    return Event(index, copy_of(bytes), entry.value().recorded_at, entry.value().signature,
                 std::move(change).value());
}

Result<Event> Event::accepted(EventIndex index, Instant recorded_at, const Change& change,
                              const Signature& signature) {
    auto bytes = TRY(encode(recorded_at, change.bytes(), signature));
    return Event(index, std::move(bytes), recorded_at, signature, change);
}

Hash Event::leaf() const { return hash_leaf(bytes_); }

Result<Bytes> event_bytes(Instant recorded_at, const SignedChange& change) {
    return encode(recorded_at, change.change, change.signature);
}

Result<EntryView> read_entry(ByteView bytes) {
    const auto words = words_of(bytes, limits::event_bytes_max);
    if (!words.ok()) {
        return as_stored(words.error());
    }
    auto view = without_exceptions([&] { return examine(words.value()); });
    if (!view.ok()) {
        return as_stored(std::move(view).error());
    }
    return view;
}

}  // namespace wsoa
