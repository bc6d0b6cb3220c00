#pragma once

#include "tests/simulation/support/books.h"
#include "tests/simulation/support/crew.h"
#include "tests/simulation/support/pen.h"
#include "tests/simulation/support/still_engine.h"
#include "tests/support/disk/machine.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wsoa::test {

// What came up in simulations, added up.
struct Tally {
    std::uint64_t seeds = 0;
    std::uint64_t handed_in = 0;
    std::uint64_t acknowledged = 0;                // recorded, and their author was told
    std::uint64_t there_already = 0;               // and got the first receipt again
    std::map<std::string, std::uint64_t> refused;  // by rule, or by fault where there is none
    std::uint64_t restarts = 0;
    std::uint64_t crashes = 0;  // amid a commit, amid an opening, or at rest
    std::uint64_t hits = 0;     // operations on the disk that went wrong
    std::uint64_t refused_openings = 0;
    std::uint64_t whole = 0;  // groups that were answered to nobody and found whole
    std::uint64_t gone = 0;   // or not at all
};

// A crew at work on one ledger, on one thread, under a clock that only the simulation moves, while
// power fails and processes die. After each step the ledger is held against the model.
class Simulation {
public:
    // The same seed gives the same life. With lies, syncs of those paths do nothing.
    Simulation(std::uint64_t seed, Tally& tally, Disk::Lies lies = {});
    ~Simulation();
    Simulation(const Simulation&) = delete;
    Simulation& operator=(const Simulation&) = delete;

    // The error says at which step ledger and model part, and what was done last.
    Result<void> run(std::size_t steps);
    // All that was done, line by line.
    const std::vector<std::string>& story() const { return story_; }

private:
    // A group on its way, and what is to come of it.
    struct Attempt {
        std::vector<Ask> asks;
        std::vector<Submission> submissions;
        std::vector<Model::Answer> answers;
        Model after;
        std::vector<Held> held;  // what is added
    };

    Result<void> step();
    Result<void> hand_in_group();
    Attempt prepare();
    Result<void> answer(Attempt& attempt, const std::vector<Result<Committed>>& outcomes);
    Result<void> compare(const Attempt& attempt, std::size_t place,
                         const Result<Committed>& outcome);
    Result<void> fail(Attempt attempt, const Error& error);
    Result<void> crash();
    Result<void> switch_on(DiskImage image);
    Result<bool> try_to_open();
    Result<void> settle();
    Result<void> restart();
    void advance_clock();
    Model::Moment moment() const { return {.durable = model_.size(), .ms = now_}; }
    LedgerPlace place();
    template <typename... Args>
    void tell(fmt::format_string<Args...> format, Args&&... args) {
        story_.push_back(fmt::format(format, std::forward<Args>(args)...));
    }

    Tally& tally_;
    Disk::Lies lies_;
    SeededRandom chance_;
    Model model_;
    std::vector<Held> held_;
    std::map<std::uint64_t, Hash> roots_;  // of each size that was shown to anybody
    Crew crew_;
    Pen pen_;
    ReceiptCheck receipts_;
    std::int64_t now_;
    std::vector<std::string> story_;
    std::optional<Attempt> in_flight_;

    std::unique_ptr<Machine> machine_;
    std::unique_ptr<StillEngine> engine_;
    std::unique_ptr<OpenLedger> open_;  // goes first
};

}  // namespace wsoa::test
