#pragma once

#include "ledger/inspection/pack.h"
#include "ledger/inspection/pack_source.h"
#include "ledger/inspection/verify.h"
#include "ledger/plan/fold.h"

#include <optional>
#include <string>

namespace wsoa {

// What a pack's entries add up to.
struct PackFold {
    // All of them; null where one is no event or none names a time zone, which the check of events
    // tells.
    std::optional<State> state;
    // The pack's plan by what was recorded by the end of `as_known`. `missing` if there was none,
    // `invalid` where that cannot be said.
    Result<Plan> known;
};
PackFold fold_of(const PackFile& pack);

// Where the papers are, and what they follow from.
struct PapersToCheck {
    const PackFile& pack;
    const PackSource& source;
    const PackFold& fold;
};
// The members that people read follow from the others. Those that this very program wrote it writes
// again and compares, byte for byte; of another program's it says that they were not checked.
void check_papers(const PapersToCheck& given, const std::string& program, Verdict& verdict);

}  // namespace wsoa
