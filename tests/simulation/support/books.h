#pragma once

#include "ledger/history.h"
#include "tests/simulation/support/model.h"
#include "tests/support/open_ledger.h"
#include "tests/support/receipts.h"

#include <map>
#include <string>
#include <vector>

namespace wsoa::test {

// What the world outside holds of a ledger, event by event.
struct Held {
    Bytes entry;
    std::optional<Receipt> receipt;  // null if its author was not answered
    std::vector<Word> words;
};

// Holds a ledger against the model and against what is held of it. The errors say what is not so.
class Comparison {
public:
    Comparison(OpenLedger& open, const Model& model, const std::vector<Held>& held)
        : open_(open), model_(model), held_(held) {}

    // Size, root, guard, every event's bytes, every subject's version, and the folded state.
    Result<void> all();
    // The receipts of so many events from one on prove them, and the words that were handed in with
    // these can be read.
    Result<void> receipts(ReceiptCheck& check, std::size_t from, std::size_t count);

private:
    Result<void> entries(const History& history);
    Result<void> subjects(const History& history);
    Result<void> state();
    Result<void> keys(const State& state);
    Result<void> words(const History& history, std::size_t index);

    OpenLedger& open_;
    const Model& model_;
    const std::vector<Held>& held_;
};

}  // namespace wsoa::test
