#pragma once

#include "cli/commands/reading.h"
#include "cli/desk.h"
#include "cli/pack/archive_writer.h"

namespace wsoa {

// Adds the checkpoints and timestamps to which events of the history commit (`checkpointAnchored`),
// as far as they are still kept: a checkpoint has the ledger's signature and the lines of those
// witnesses whom an event names, so that the same pack is made again when others have answered in
// between.
Result<void> add_earlier(ArchiveWriter& archive, Desk& desk, const Reading& reading,
                         const History& history);

}  // namespace wsoa
