#pragma once

#include "ledger/inspection/pack_reading.h"

#include <string>

namespace wsoa {

// Where the papers are, and what they follow from.
struct PapersToCheck {
    const PackFile& pack;
    const PackReading& reading;  // of the whole pack
    const HashTree& tree;
    const Keyring& keyring;
};
// The members that people read follow from the others. Those that this very program wrote it writes
// again and compares, byte for byte; of another program's it says that they were not checked.
void check_papers(const PapersToCheck& given, const std::string& program, Verdict& verdict);

}  // namespace wsoa
