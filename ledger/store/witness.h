#pragma once

#include "ledger/base/time.h"
#include "ledger/store/files.h"
#include "ledger/tree/witness.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What stands where in a witness's folder.
//
//   witness.txt     "wsoa-witness/v1" and the verifier key that it cosigns with
//   witness.pem     that key, sealed or not
//   logs.policy     the logs that it knows, as lines "log VKEY"; its keeper writes it
//   heads/          what it last cosigned of each log: the checkpoint with both signatures
//   witness.lock    who answers now
class WitnessFolder {
public:
    explicit WitnessFolder(std::filesystem::path root) : root_(std::move(root)) {}

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path facts() const { return root_ / "witness.txt"; }
    std::filesystem::path key() const { return root_ / "witness.pem"; }
    std::filesystem::path logs() const { return root_ / "logs.policy"; }
    std::filesystem::path heads() const { return root_ / "heads"; }
    // Named by the hash of the log's origin, as the specification names it for those who monitor.
    std::filesystem::path head(std::string_view origin) const;
    std::filesystem::path lock() const { return root_ / "witness.lock"; }

    // A new witness, with no memory of any log. `conflict` if the folder holds anything.
    Result<void> create(const NoteKey& key, std::string_view key_file,
                        const std::vector<NoteKey>& logs) const;
    // The key that witness.txt names. `missing`, with what to do, if the folder is no witness's.
    Result<NoteKey> cosigner() const;
    Result<Policy> policy() const;

private:
    std::filesystem::path root_;
};

// What a witness last cosigned of one log.
struct WitnessedCheckpoint {
    Checkpoint checkpoint;
    std::uint64_t seconds = 0;
    std::string note;
};

// Null if it never saw the log. `corrupt` if what it kept does not bear its own cosignature: then
// it does not know what it signed, and must sign no more of that log.
Result<std::optional<WitnessedCheckpoint>> witnessed(const WitnessFolder& folder,
                                                     const NoteKey& cosigner,
                                                     const std::string& origin);

// A witness's answer, whichever way it is carried.
struct WitnessAnswer {
    WitnessStatus status = WitnessStatus::malformed;
    std::string say;    // one sentence for the person who asked
    std::string lines;  // at 200 the signature lines
    TreeSize seen;      // at 409 the size that it last cosigned
};

// Judges a request and cosigns what it may. What it signed is durable, together with the check of
// the old size, before it is answered; of one folder one process does this at a time (`busy`).
// `unavailable` if the clock is behind the last cosignature of that log.
Result<WitnessAnswer> answer_request(const WitnessFolder& folder, const Signer& signer,
                                     std::string_view request, Instant now);

}  // namespace wsoa
