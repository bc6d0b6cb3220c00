#pragma once

#include "ledger/base/bytes.h"

#include <string>

namespace wsoa::test {

// Whether the bytes are those that tests/golden/<path> spells: hexadecimal, 32 bytes a line. Fails
// the running test otherwise. Where WSOA_UPDATE_GOLDEN=1 stands in the environment, the file is
// written instead: for those who changed a format on purpose, before v1.0.
void expect_golden(const std::string& path, ByteView bytes);

}  // namespace wsoa::test
