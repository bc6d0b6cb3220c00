#pragma once

#include "ledger/store/files.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

// A folder in the ledger's for what comes from others over its life: cosignatures, timestamps. It
// is there from the first thing that is kept.

namespace wsoa {

// The names in the folder, in the order of their bytes; none where nothing was kept yet.
Result<std::vector<std::string>> names_kept_in(const std::filesystem::path& folder);

// Makes the folder where it is not there yet, keeps every other process from writing into it while
// the returned file is held, and destroys what a write that was cut short has left. `busy` if
// another process still writes after the wait.
Result<std::unique_ptr<OpenFile>> lock_kept(const std::filesystem::path& folder,
                                            std::chrono::milliseconds wait);

}  // namespace wsoa
