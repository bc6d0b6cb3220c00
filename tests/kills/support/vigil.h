#pragma once

#include "tests/kills/support/process.h"
#include "tests/kills/support/workshop.h"
#include "tests/support/receipts.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wsoa::test {

// Who writes in the cycles of a vigil.
enum class Writer : std::uint8_t { direct, groups, recorder, keeper };
std::string_view name_of(Writer writer);

// One ledger whose writers are killed, cycle after cycle, while somebody reads: everything that a
// writer acknowledged must be there afterwards.
class Vigil {
public:
    Vigil(const std::filesystem::path& root, Writer writer, std::uint64_t seed);

    // Starts a writer, kills it at a moment that the seed tells, opens the ledger again and looks.
    // The error says what is wrong.
    Result<void> cycle();
    // Everything at once: each receipt, and verification of every author.
    Result<void> look_at_all();

    std::size_t acknowledged() const { return known_.size(); }
    // In how many cycles work was there for which nobody had been given a receipt.
    std::uint64_t completed() const { return completed_; }
    // How often somebody read beside the writer, and was shown what it should be.
    std::uint64_t looks() const { return looks_; }

private:
    struct Known {
        EventIndex index;
        Bytes entry;
        Acknowledgement acknowledgement;
    };
    std::vector<std::string> command(const std::string& role) const;
    Result<void> write_until_killed();
    Result<void> hear(Process& speaker, std::uint64_t most, Process& killed);
    Result<void> take(const std::string& line);
    bool begin_look();
    Result<void> end_look();

    Result<void> look_again();
    Result<void> find_all(const History& history);
    Result<void> check(const History& history, const Known& known);
    Result<void> take_up_the_rest(OpenLedger& open);
    Result<void> ask_again(OpenLedger& open, std::uint64_t number);
    Result<void> judge_the_rest() const;

    Workshop shop_;
    std::string root_;
    Writer writer_;
    SeededRandom chance_;
    ReceiptCheck receipts_;
    std::vector<std::uint64_t> next_;  // of each thread
    std::map<std::uint64_t, Known> known_;
    std::vector<std::uint64_t> fresh_;          // of this cycle
    std::map<std::uint64_t, EventIndex> rest_;  // there, and nobody said so
    std::uint64_t completed_ = 0;
    std::uint64_t looks_ = 0;
    std::unique_ptr<Process> reader_;
};

}  // namespace wsoa::test
