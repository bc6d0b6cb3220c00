#pragma once

#include "ledger/base/result.h"

#include <sys/un.h>

#include <filesystem>

namespace wsoa {

// The address of a Unix socket at a path. `invalid` if the path is longer than the 107 bytes that
// unix(7) has room for.
Result<sockaddr_un> socket_address(const std::filesystem::path& path);

}  // namespace wsoa
