#pragma once

#include "ledger/history.h"
#include "ledger/plan/fold.h"

#include <vector>

namespace wsoa {

// The state of a history's ledger and people, folded along with events that others bring: so that
// each event meets the people as they stood at its own index. Reads the events about ledger and
// people, which are few, once and when they are first asked for. Borrows the history.
class PeopleFold {
public:
    explicit PeopleFold(const History& history) : history_(history) {}

    // Folds those up to the index, itself included; earlier ones are there already.
    Result<void> fold_through(EventIndex index);
    State& state() { return state_; }
    // Begins again at nothing, without reading the events again.
    void restart();

private:
    const History& history_;
    State state_;
    std::vector<Event> events_;
    std::size_t folded_ = 0;
    bool is_read_ = false;
};

}  // namespace wsoa
