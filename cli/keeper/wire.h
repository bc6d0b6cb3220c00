#pragma once

#include "ledger/event/words.h"
#include "ledger/ledger.h"
#include "schemas/keeper.capnp.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wsoa {

// How keeper and client say to each other what schemas/keeper.capnp has fields for. What comes in
// is checked here, so that nobody behind it has to.
namespace wire {

inline constexpr std::uint32_t protocol = 4;

// A message holds a submission and little else; a larger one ends the connection unread.
inline constexpr std::uint64_t message_bytes_max = std::uint64_t{4} << 20;
// About so many bytes of rows go into one answer.
inline constexpr std::size_t rows_bytes_usual = std::size_t{1} << 20;
// So many rows one message asks for by their keys.
inline constexpr std::size_t keys_max = 256;

ByteView view_of(capnp::Data::Reader data);
capnp::Data::Reader data_of(ByteView bytes);

void put_failure(schema::Failure::Builder to, const Error& error);
// Null if it says that there is none. A number of no fault of ours is `unavailable`.
std::optional<Error> get_failure(schema::Failure::Reader from);

void put_keys(capnp::List<capnp::Data>::Builder to, std::span<const Bytes> keys);
// `invalid` for more than keys_max. They hold as long as the message.
Result<std::vector<ByteView>> get_keys(capnp::List<capnp::Data>::Reader from);

void put_values(capnp::List<schema::Value>::Builder to,
                std::span<const std::optional<Bytes>> values);
// The values of as many of the keys as were answered. `distrusted` for none of them, and for more
// than were asked for.
Result<std::vector<std::optional<Bytes>>> get_values(capnp::List<schema::Value>::Reader from,
                                                     std::size_t asked);

// Of its document the number alone: the keeper has all the rest.
void put_submission(schema::Submission::Builder to, const Submission& submission);
// `invalid` for what no author's tool would send.
Result<Submission> get_submission(schema::Submission::Reader from);

// What the keeper answers to a submission.
struct Recorded {
    Committed committed;
    SignedCheckpoint checkpoint;  // the newest one
};
void put_outcome(schema::Outcome::Builder to, const Result<Committed>& outcome,
                 const SignedCheckpoint& checkpoint);
// `distrusted` for an answer that cannot be read. Nothing of it is verified.
Result<Recorded> get_outcome(schema::Outcome::Reader from);

}  // namespace wire

// The record of an erasure, as whoever meets the gap is told of it.
struct ErasureOf {
    EventIndex event;     // that says it was carried out
    EventIndex decision;  // that granted it
    SubjectRef request;

    bool operator==(const ErasureOf&) const = default;
};

// A word as a reader may see it: its text, or in brackets why there is none.
struct ReadableWord {
    schema::WordField field = schema::WordField::UNSET;
    enum class Is : std::uint8_t { text, erased, sealed, damaged, withheld } is = Is::text;
    std::string text;                       // of `text`; otherwise the bracketed sentence
    std::optional<ErasureOf> erasure = {};  // of an erased one; null where none is on record

    bool operator==(const ReadableWord&) const = default;
};

namespace wire {

void put_words(capnp::List<schema::ReadableWord>::Builder to,
               const std::vector<ReadableWord>& words);
// `distrusted` for a field, a state or a text that no keeper of this release sends.
Result<std::vector<ReadableWord>> get_words(capnp::List<schema::ReadableWord>::Reader from);

}  // namespace wire
}  // namespace wsoa
