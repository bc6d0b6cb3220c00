#pragma once

#include "tests/kills/support/workshop.h"

namespace wsoa::test {

// Reads the ledger beside whoever writes it, as the commands do: the guard, then a reader of the
// store, which catches up where rows are missing.
//
// On its standard input come acknowledgements, then the line "look": it answers "held N" where all
// N of them prove under what the guard vouches for, "busy" where the writer left no moment to read
// in, and else what is wrong. It ends when nobody tells it anything any more.
Result<void> read_when_told(Workshop& shop);

}  // namespace wsoa::test
