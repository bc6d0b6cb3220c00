#pragma once

#include "cli/pack/archive_writer.h"
#include "ledger/history.h"

#include <optional>

namespace wsoa {

// The entry as a pack has it: where a plan is named, an empty one for one that is neither of that
// plan nor of the ledger itself. `unavailable` for one that only a newer program reads, where its
// plan must be known.
Result<Bytes> entry_of_pack(EventIndex index, ByteView entry, const std::optional<PlanRef>& only);

// Adds the tree's tiles and the bundles of its entries as a pack has them. Gives how many
// entries are in it, and errors as above.
Result<std::uint64_t> add_leaves(ArchiveWriter& archive, const History& history,
                                 const std::optional<PlanRef>& only);

}  // namespace wsoa
