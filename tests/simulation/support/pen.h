#pragma once

#include "ledger/submission.h"
#include "tests/simulation/support/ask.h"

namespace wsoa::test {

// Makes of what somebody asks the signed change that their tool would hand in.
class Pen {
public:
    explicit Pen(const Hash& ledger) : ledger_(ledger) {}

    // `seen` is what the tool remembers.
    Submission write(const Ask& ask, const Seen& seen) const;

private:
    Envelope envelope_of(const Ask& ask, const Seen& seen) const;
    Draft draft_of(const Ask& ask) const;

    Hash ledger_;
};

}  // namespace wsoa::test
