#pragma once

#include "tests/support/ledger_builder.h"

#include <random>

namespace wsoa::test {

// Appends one event after another to two plans and to the people, as chance has it: sensible ones,
// late ones, ones about what is not there, and ones by keys that nobody holds. The same seed gives
// the same history.
class RandomHistory {
public:
    RandomHistory(LedgerBuilder& ledger, std::uint64_t seed) : ledger_(ledger), chance_(seed) {}

    void append(std::size_t events);

private:
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(chance_() % end); }
    std::string any_plan() { return below(4) == 0 ? "MK" : "TH"; }
    std::string any_action() { return any_plan() + "-1." + std::to_string(1 + below(4)); }
    std::string any_day();
    void append_one();
    void append_to_plan();
    void append_by_stranger();

    LedgerBuilder& ledger_;
    std::mt19937_64 chance_;
    std::vector<EventIndex> proposals_;
    std::size_t enrolled_ = 0;
};

}  // namespace wsoa::test
