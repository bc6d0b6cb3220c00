#pragma once

#include "cli/command.h"

#include <filesystem>

namespace wsoa {

// Whether a file is a pack, by its first bytes: whatever follows is judged by verify_pack_file.
// `missing` if there is no such file.
Result<bool> is_pack_file(const std::filesystem::path& path);

// `wsoa verify PACK`: without any ledger, as wsoa-verify does.
Result<Exit> verify_pack_file(const Invocation& given, Surroundings& around);

}  // namespace wsoa
