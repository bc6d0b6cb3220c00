#pragma once

#include "ledger/base/time.h"
#include "ledger/tree/note.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wsoa {

// How far another's clock may be ahead of the one that it is compared with.
inline constexpr std::uint64_t clock_skew_seconds_max = 600;

// A time that somebody outside gave, as people read it; what no calendar of ours holds, as a
// number.
std::string time_said(std::uint64_t seconds);
// Whether it lies further ahead of the instant than clocks differ.
bool is_ahead_of(std::uint64_t seconds, Instant now);

// What one witness said of a checkpoint, as an event commits to it.
//
// The note that is kept gains the lines of other witnesses later, so that its bytes are nothing to
// commit to. What is committed to is the SHA-256 of a note made of three things alone: the
// checkpoint's text, the log's own signature line, and this one witness's line.
struct SaidByWitness {
    NoteSignature line;
    std::uint64_t seconds = 0;  // POSIX time that the line bears
    Hash digest;                // of anchored_note

    bool operator==(const SaidByWitness&) const = default;
};

// The note without what others added to it, as the log signed it: its text and first line, which is
// the log's wherever a note of ours is kept. That is what timestamps are over.
std::string signed_by_log_alone(const Note& kept);

// That note. `missing` if the log's key has no line in the one that is kept.
Result<std::string> anchored_note(const Note& kept, const NoteKey& log, const NoteSignature& line);

// Every line of a kept note that has the form of a cosignature and is not the log's, in their
// order; `missing` as above. Nothing of it is verified.
Result<std::vector<SaidByWitness>> said_by_witnesses(const Note& kept, const NoteKey& log);

}  // namespace wsoa
