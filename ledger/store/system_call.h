#pragma once

#include "ledger/base/error.h"

#include <filesystem>
#include <string_view>

namespace wsoa {

// What a call of the system that failed means, by its errno, with the path and what the system
// said: files.h tells which fault stands for what.
Error call_failure(int code, std::string_view doing, const std::filesystem::path& path);

}  // namespace wsoa
