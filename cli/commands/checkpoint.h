#pragma once

#include "cli/command.h"
#include "ledger/tree/checkpoint.h"

#include <filesystem>

namespace wsoa {

// A checkpoint that somebody kept in a file. `invalid` if the file holds none. Whether the ledger
// signed it is for the caller to check.
Result<SignedCheckpoint> read_kept_checkpoint(const std::filesystem::path& path);

// Shows the newest signed checkpoint.
CommandSpec checkpoint_command();

}  // namespace wsoa
