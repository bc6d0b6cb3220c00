#pragma once

#include "ledger/base/numbers.h"
#include "ledger/tree/note.h"

#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// A log's statement "so many entries, this root": the text of a signed note
// (c2sp.org/tlog-checkpoint).
struct Checkpoint {
    std::string origin;  // names the log; any line of text, since other logs use other shapes
    TreeSize size;
    Hash root;
    std::vector<std::string> extensions;  // whole lines, not empty; ours has none

    // `invalid` unless it is a checkpoint to the letter. That the root of size 0 is the empty
    // tree's is not asked here: a witness has an answer of its own for that.
    static Result<Checkpoint> parse(std::string_view text);
    // The lines that are signed, the last line feed among them.
    std::string text() const;
    bool operator==(const Checkpoint&) const = default;
};

// A checkpoint with the note that says so, as it was signed or came in: the note is what is kept,
// handed on and checked again.
struct SignedCheckpoint {
    Checkpoint checkpoint;
    std::string note;

    bool operator==(const SignedCheckpoint&) const = default;
};

// The checkpoint as a note under the key name that its origin gives. `invalid` if the origin cannot
// name a key, a line is empty or holds a line feed, or size 0 has another root than the empty
// tree's.
Result<SignedCheckpoint> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer);

// The checkpoint that this key signed for this origin. `distrusted` if the key did not sign it, it
// is of another origin, or size 0 has another root than the empty tree's; `invalid` if it is no
// checkpoint.
Result<SignedCheckpoint> open_checkpoint(std::string_view note, const NoteKey& key,
                                         std::string_view origin);

}  // namespace wsoa
