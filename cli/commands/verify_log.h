#pragma once

#include "cli/command.h"
#include "ledger/tree/policy.h"

#include <filesystem>

namespace wsoa {

// Checks what lies before us without any ledger: a proof that an entry is in a log, or a log in a
// folder of tiles. The invocation is that of `verify`, and names it as PATH.
Result<Exit> verify_without_ledger(const Invocation& given, Surroundings& around);

// A policy in a file. `invalid`, naming file and line, if it is none.
Result<Policy> read_policy(const std::filesystem::path& path);

}  // namespace wsoa
