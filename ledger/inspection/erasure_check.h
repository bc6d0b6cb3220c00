#pragma once

#include "ledger/event/event.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/source.h"
#include "ledger/plan/fold.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// Compares what the vault has forgotten with the erasures that are on record, in both directions:
// nothing is gone that two people did not decide on, and nothing that is said to be gone can be
// opened. Looks too that the rows lead to those erasures, and that each is about what it was asked
// about.
class ErasureCheck {
public:
    // `word_keys` is the vault's tree, null where it is not open.
    ErasureCheck(const VerifySource& source, const KeyTree* word_keys)
        : source_(source), word_keys_(word_keys) {}

    // Every event, in the order of the log.
    void add(const Event& event, Findings& findings);
    // That the vault cannot open this word.
    void gone(EventIndex index, schema::WordField field) { gone_[index].push_back(field); }

    // What is known once every event was met.
    struct Whole {
        const State& state;  // all of them folded
        TreeSize size;
        std::uint64_t skipped = 0;  // events that could not be read, and may have been erasures
        std::uint64_t rows = 0;     // that lead to erasures
    };
    void finish(const Whole& whole, Findings& findings) const;

private:
    void check_request(const Event& event, Findings& findings) const;
    void check_rows(const Whole& whole, Findings& findings) const;
    void check_gone(EventIndex index, const std::string& fields, const Whole& whole,
                    Findings& findings) const;

    const VerifySource& source_;
    const KeyTree* word_keys_;
    std::map<EventIndex, EventIndex> erasures_;  // by the event whose words went
    std::optional<EventIndex> last_mark_;        // the last that names a vault
    std::map<EventIndex, std::vector<schema::WordField>> gone_;
};

}  // namespace wsoa
