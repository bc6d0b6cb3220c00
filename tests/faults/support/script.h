#pragma once

#include "tests/support/disk/machine.h"

#include <vector>

namespace wsoa::test {

// A change like those of the script.
NewEvent area_added(const std::string& area);

// The groups of changes that the ledger here records in its life, in order; all of them are
// accepted. The index of each event is known beforehand, so that later ones answer it.
std::vector<std::vector<NewEvent>> script_of_life(LedgerBuilder& people);

// A group as its authors hand it in, made for the ledger as it stands. The same number gives the
// same ids, so that a group handed in again is known again.
std::vector<Submission> submissions_for(Ledger& ledger, LedgerBuilder& people, std::size_t number,
                                        const std::vector<NewEvent>& group);

}  // namespace wsoa::test
