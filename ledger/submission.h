#pragma once

#include "ledger/event/event.h"
#include "ledger/event/words.h"

#include <optional>
#include <vector>

namespace wsoa {

// A document that comes in with the change that names it: its pieces are durable already, and this
// is its sealed manifest.
struct HandedDocument {
    DocumentNumber number;
    Bytes record;
};

// A signed change with the words that it commits to, as an author hands it in.
struct Submission {
    SignedChange signed_change;
    std::vector<Word> words;
    // In a rehearsal only: the instant to record it at, in place of the clock's.
    std::optional<Instant> recorded_at = {};
    std::optional<HandedDocument> document = {};
};

// A submission that passed whatever asks for no history: it is a change for this ledger, its
// author's signature holds, the words are just those that it commits to, and the document that it
// names, if any, came with it.
//
// That is the slow part of admitting a change, and any number of threads can do it at once.
class CheckedSubmission {
public:
    // `invalid` for what is no change for this ledger or has other words or another document,
    // `refused` for a signature that does not hold.
    static Result<CheckedSubmission> check(Submission submission, const Hash& ledger);

    const Change& change() const { return change_; }
    const Submission& submission() const { return submission_; }
    // Of the change and the words: what a queue of them is bounded by.
    std::size_t bytes() const;

private:
    CheckedSubmission(Submission submission, Change change)
        : submission_(std::move(submission)), change_(std::move(change)) {}

    Submission submission_;
    Change change_;
};

}  // namespace wsoa
