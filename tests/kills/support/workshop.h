#pragma once

#include "ledger/store/system.h"
#include "tests/support/environment.h"
#include "tests/support/open_ledger.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace wsoa::test {

// A ledger on the machine's disk that several processes work at, one after the other or at once.
// Each of them has one of these, and all know the same people and the same pieces of work.
class Workshop {
public:
    explicit Workshop(std::filesystem::path root);

    Result<void> found() { return found_ledger_with(place(), people_); }
    Result<std::unique_ptr<OpenLedger>> open() { return OpenLedger::open(place(), people_); }

    LedgerPlace place();
    std::filesystem::path socket() const { return root_ / "keeper.sock"; }
    LedgerBuilder& people() { return people_; }
    // How many events there are before any work.
    std::uint64_t beginning() const { return people_.size().value; }

    // The n-th piece of work: no other has to do with it, and it is the same bytes each time.
    Submission work(std::uint64_t number);
    // Which piece of work an event is.
    static Result<std::uint64_t> number_of(const Event& event);

private:
    std::filesystem::path root_;
    LedgerBuilder people_;
    SystemClock clock_;
    SystemRandom random_;
    NullLog log_;
};

// What a writer says of a piece of work for which it was given a receipt: a line that goes through
// a pipe as a whole.
struct Acknowledgement {
    std::uint64_t number = 0;
    Instant recorded_at;
    bool was_there = false;
    Receipt receipt;

    std::string str() const;
    static Result<Acknowledgement> parse(const std::string& line);
};

// How many pieces of work a writer by groups takes at once, if this is the first of them.
std::uint64_t group_size(std::uint64_t first);

}  // namespace wsoa::test
