#include "tests/support/random_history.h"

#include <fmt/format.h>

namespace wsoa::test {

void RandomHistory::append(std::size_t events) {
    for (std::size_t i = 0; i < events; ++i) {
        append_one();
    }
}

std::string RandomHistory::any_day() {
    return fmt::format("2022-{:02}-{:02}", 1 + below(12), 1 + below(28));
}

void RandomHistory::append_one() {
    if (below(8) == 0) {
        ledger_.advance_days(static_cast<int>(below(30)));
    }
    switch (below(12)) {
        case 0: ledger_.enrol(fmt::format("officer-{}", enrolled_++)); break;
        case 1: ledger_.grant(fmt::format("officer-{}", below(4)), "actionOwner"); break;
        case 2: ledger_.rotate_key(fmt::format("officer-{}", below(4))); break;
        case 3: append_by_stranger(); break;
        default: append_to_plan(); break;
    }
}

void RandomHistory::append_to_plan() {
    const auto plan = any_plan();
    switch (below(10)) {
        case 0: ledger_.draft_plan(plan); break;
        case 1: ledger_.add_area(plan + "-1"); break;
        case 2: ledger_.add_outcome(plan + "-O1", plan + "-1"); break;
        case 3: ledger_.add_action(any_action(), plan + "-O1"); break;
        case 4: ledger_.start(any_action()); break;
        case 5: proposals_.push_back(ledger_.propose(any_action(), "G", "A")); break;
        case 6: proposals_.push_back(ledger_.propose(plan + "-1", "NM", "S")); break;
        case 7:
            if (!proposals_.empty()) {
                ledger_.confirm(proposals_[below(proposals_.size())], any_day());
                break;
            }
            [[fallthrough]];
        case 8: ledger_.add_evidence(fmt::format("{}-E{:02}", plan, below(5))); break;
        default:
            ledger_.progress(any_action(), static_cast<int>(below(101)), any_day());
            break;
    }
}

void RandomHistory::append_by_stranger() {
    ledger_.append({.kind = Kind::ACTION_STARTED,
                    .subject = any_action(),
                    .by = fmt::format("officer-{}", below(8)),
                    .role = schema::Role::ACTION_OWNER,
                    .on_behalf_of = "head-of-send"});
}

}  // namespace wsoa::test
