#pragma once

#include "ledger/event/kinds.h"
#include "ledger/plan/plan.h"
#include "tests/support/ledger_builder.h"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace wsoa::test {

// Appends one event after another to two plans and to the people, as chance has it: of every kind,
// sensible ones, late ones, ones about what is not there, and ones by keys that nobody holds. The
// same seed gives the same history.
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
    void append_of_any_kind();
    std::string any_subject(SubjectKind kind);
    std::string any_part();
    std::string any_value(const Field& field);
    Draft any_draft(const KindInfo& info);

    LedgerBuilder& ledger_;
    std::mt19937_64 chance_;
    std::vector<EventIndex> proposals_;
    std::map<std::string, EventIndex> newest_;  // of any kind, by subject
    std::size_t enrolled_ = 0;
};

}  // namespace wsoa::test
