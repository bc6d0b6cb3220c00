#include "tests/support/fault_counts.h"

#include "ledger/base/check.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

namespace wsoa::test {

void Counts::write() const {
    const auto* path = std::getenv("WSOA_FAULT_TABLE");
    if (path == nullptr) {
        return;
    }
    std::ofstream file(path, std::ios::app);
    file << fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", trial, fault, runs, hits,
                        refused, acknowledged, completed, lost);
    CHECK(file.good());
}

}  // namespace wsoa::test
