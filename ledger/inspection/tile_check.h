#pragma once

#include "ledger/inspection/log_verdict.h"
#include "ledger/tree/tile.h"

#include <functional>
#include <string>

namespace wsoa {

// Reads a file of a log by its path below the log's prefix (c2sp.org/tlog-tiles). `missing` if
// there is none; `invalid` if it has more than so many bytes, or is no file; any other fault means
// that the machine failed.
using LogFiles = std::function<Result<Bytes>(const std::string& path, std::size_t bytes_max)>;

// Checks a log that lies before us as files, ours or anybody's: every entry is hashed and compared
// with its leaf, every hash with those beneath it, and the root with the checkpoint's. Goes from
// left to right, and holds one tile of each level at a time. Where both a tile of leaf hashes and
// its entries are missing it ends there and says so: what a checkpoint claims to hold does not make
// it run on.
//
// The error is for a log whose checkpoint could not be read at all.
Result<LogVerdict> verify_tiles(const LogFiles& files, const LogQuestion& question);

}  // namespace wsoa
