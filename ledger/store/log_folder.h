#pragma once

#include "ledger/inspection/tile_check.h"
#include "ledger/store/files.h"

namespace wsoa {

// The files of a log in a folder, for verify_tiles. Only plain files are read: whatever else lies
// under a name, a pipe for instance, is `invalid` and is not opened.
LogFiles log_files_in(const std::filesystem::path& folder);

}  // namespace wsoa
