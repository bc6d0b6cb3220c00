#pragma once

#include "ledger/tree/checkpoint.h"
#include "ledger/tree/note.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// Whom to believe: which logs, and which of which witnesses must have cosigned before a checkpoint
// counts (c2sp.org/tlog-policy). Whoever checks brings it along; one that came with what is checked
// proves nothing.
struct Policy {
    struct Log {
        NoteKey key;  // its name is the log's origin
        std::optional<std::string> url;
    };
    struct Witness {
        std::string name;  // bytes, for this file alone: the key has a name of its own
        NoteKey key;
        std::optional<std::string> url;
    };
    // Has witnessed a checkpoint once so many of its members have.
    struct Group {
        std::string name;
        std::size_t threshold = 1;
        std::vector<std::string> members;  // witnesses and groups that stand above it
    };

    std::vector<Log> logs;
    std::vector<Witness> witnesses;
    std::vector<Group> groups;
    std::optional<std::string> quorum;  // a witness or a group; null where "none" was written

    static constexpr std::size_t bytes_max = 524'288;
    static constexpr std::size_t members_max = 64;  // of each sort; tlog-policy: at least 32

    // `invalid`, naming the line, unless it is a policy to the letter, within these bounds. A key
    // that could sign many messages at once is refused too, and so are types that neither logs nor
    // witnesses have. Keys of type 0x06 (ML-DSA-44) are taken, though nothing here can verify by
    // them.
    static Result<Policy> parse(std::string_view text);
    // The log with this origin; null if there is none.
    const Log* log(std::string_view origin) const;
};

// What a policy says of a checkpoint.
struct PolicyVerdict {
    Checkpoint checkpoint;
    NoteKey log;  // whose signature holds
    struct Cosigned {
        std::string witness;        // as the policy names it
        std::uint64_t seconds = 0;  // POSIX time; of several, the latest
        bool operator==(const Cosigned&) const = default;
    };
    std::vector<Cosigned> cosigned;  // in the order of the policy
    // Witnesses that signed by a method that cannot be checked here, and so do not count.
    std::vector<std::string> unchecked;
    bool is_quorum_met = false;
};

// Judges a note that holds a checkpoint. Lines of unknown keys are passed over. `distrusted` if a
// known key's line does not hold, no log of the policy has signed, the checkpoint's origin is not
// the name of the log that did, or size 0 has another root than the empty tree's; `invalid` if the
// note is no checkpoint. A quorum that is not met is no error: it stands in the verdict.
Result<PolicyVerdict> evaluate(const Policy& policy, const Note& note);

}  // namespace wsoa
