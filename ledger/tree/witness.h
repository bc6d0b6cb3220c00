#pragma once

#include "ledger/tree/policy.h"
#include "ledger/tree/proof.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What a log asks of a witness: "you last saw me at this size; here is a later checkpoint, and the
// proof that it continues what you saw" (c2sp.org/tlog-witness, the body of add-checkpoint).
struct WitnessRequest {
    TreeSize old_size;
    std::vector<Hash> path;  // of the consistency proof; empty from size 0
    std::string checkpoint_note;

    static constexpr std::size_t path_max = 63;
    static constexpr std::size_t bytes_max = 262'144 + 64 * 64;

    // `invalid` unless it is a request to the letter, within these bounds. Nothing is verified.
    static Result<WitnessRequest> parse(std::string_view text);
    std::string str() const;
    bool operator==(const WitnessRequest&) const = default;
};

// What a witness answers with, by the numbers of the specification.
enum class WitnessStatus : std::uint16_t {
    cosigned = 200,
    malformed = 400,     // or the old size is beyond the new one
    untrusted = 403,     // no trusted key has signed, or a trusted key's line does not hold
    unknown_log = 404,   // no log of that origin
    other_size = 409,    // the witness last cosigned another size: ask again from that one
    inconsistent = 422,  // the checkpoint does not continue what the witness saw
};

// What a witness last cosigned of a log.
struct WitnessedHead {
    TreeSize size;
    Hash root;

    bool operator==(const WitnessedHead&) const = default;
};

// Whether a witness may cosign, and why not.
struct WitnessJudgement {
    WitnessStatus status = WitnessStatus::malformed;
    std::string say;            // one sentence
    std::string text;           // of the checkpoint, where one could be read
    Checkpoint checkpoint;      // the same
    std::string log_signature;  // the trusted lines, where they hold
    TreeSize seen;              // at other_size: what it last cosigned
};

// Gives what the witness last cosigned of the log with this origin; for one that it never saw, size
// 0 with the empty root. An error if it cannot know: then it must not sign.
using WitnessMemory = std::function<Result<WitnessedHead>(const std::string& origin)>;

// Judges a request as the specification orders it; the logs are those of the policy, each trusted
// under its key's name. The error is the memory's alone.
Result<WitnessJudgement> judge_request(std::string_view request, const Policy& policy,
                                       const WitnessMemory& memory);

}  // namespace wsoa
