#pragma once

#include "tests/faults/support/script.h"
#include "tests/support/receipts.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace wsoa::test {

// What an author holds of an event that was acknowledged, and what was said then.
struct Acknowledged {
    Bytes entry;
    Receipt receipt;
    std::vector<Word> words;
};

// What the world outside knows of a ledger. A value: each trial starts with its own.
struct Books {
    std::vector<Acknowledged> events;   // by index; event 0 has no receipt
    std::vector<Submission> in_flight;  // handed in, and not answered
    std::size_t next_group = 0;
    // The event whose words the vault is to forget, from when it was asked to, and whether it said
    // that they are forgotten.
    std::optional<EventIndex> forgetting;
    bool is_forgotten = false;
};

// The life of a ledger, session by session: in each the machine is on, a command opens the ledger,
// does something and closes it. Founding is session 0.
class Life {
public:
    static constexpr std::size_t sessions = 5;

    Life();
    LedgerBuilder& people() { return people_; }

    // The whole session, or the error of the first step that failed. Whatever is open then stays in
    // `open`, so that the power can be cut before any destructor runs.
    Result<void> session(std::size_t number, Machine& machine, Books& books,
                         std::unique_ptr<OpenLedger>& open);
    // Hands in what is in flight, or the next group of the script, and writes down the answers.
    Result<void> commit_next(OpenLedger& open, Books& books);
    // Everything that was acknowledged is there, proves, and can be read; nothing else is there but
    // the whole of what is in flight; verification finds nothing. The error says what is not so.
    Result<void> check(OpenLedger& open, const Books& books);

private:
    Result<void> write_down(OpenLedger& open, Books& books,
                            const std::vector<Result<Committed>>& outcomes);
    Result<void> check_event(const History& history, const Acknowledged& known, EventIndex index);
    Result<void> check_words(OpenLedger& open, const Books& books, EventIndex index);
    Result<void> check_in_flight(const History& history, const Books& books);
    Result<void> verify_all(OpenLedger& open, const History& history);

    LedgerBuilder people_;
    std::vector<std::vector<NewEvent>> script_;
    ReceiptCheck receipts_;
    // The heads over whose leaves the authors were verified. The leaves are those of the root,
    // which each verification rebuilds from the rows, and what is said of their authors follows
    // from them.
    std::set<std::pair<TreeSize, Hash>> verified_;
};

}  // namespace wsoa::test
