#pragma once

#include "cli/commands/published.h"
#include "ledger/store/witness.h"
#include "ledger/tree/policy.h"

#include <string>
#include <vector>

namespace wsoa {

// What the commands share that witness, or have a checkpoint witnessed.

// A refusal by a witness, as a failure of the command that asked; not of one that cosigned.
Error witness_refusal(const WitnessAnswer& answer);

// What a witness is asked that last saw so many events, of which the ledger has no fewer: see
// hear_of_size.
Result<WitnessRequest> request_to_witness(const Reading& reading,
                                          const PublishedCheckpoint& published, TreeSize seen);

// Whose lines were kept of a checkpoint.
struct KeptCosignatures {
    TreeSize size;
    std::vector<std::string> witnesses;  // as the policy names them
    bool is_quorum_met = false;
};

// Holds the lines with which witnesses answered against the checkpoint and the policy, and keeps
// those of the policy's witnesses in the ledger's folder. `distrusted` if none is, or one does not
// hold.
Result<KeptCosignatures> keep_witness_lines(const LedgerFolder& folder, const Policy& policy,
                                            const PublishedCheckpoint& published,
                                            const std::vector<NoteSignature>& lines);

// What was kept, as people and programs read it; the object has yet to say where it came from.
void tell_kept(Output& output, const KeptCosignatures& kept);
Json kept_json(const KeptCosignatures& kept);

// How many events somebody typed. `invalid` for anything but a number.
Result<TreeSize> size_typed(const std::string& typed);

// --policy of a command that keeps what witnesses say.
OptionSpec witness_policy_option();

}  // namespace wsoa
