#pragma once

#include "ledger/base/bytes.h"

#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// This program's page, up to and including its mark line: what checks a pack in a browser, alone
// and without a network. A pack's index.html is these bytes and the pack's data behind them.
ByteView released_page();

// SHA-256 of those bytes in hex, as it is published with a release.
std::string_view released_page_sha256();

// Of every page that was released before or with this program, the same (docs/released-pages.txt).
// The program's own is among them once its version is released.
std::vector<std::string> released_pages();

}  // namespace wsoa
