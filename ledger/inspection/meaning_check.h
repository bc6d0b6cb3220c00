#pragma once

#include "ledger/base/time.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/tree_check.h"
#include "ledger/plan/rulebook.h"

#include <optional>
#include <vector>

namespace wsoa {

// Judges each change again by every rule of the rulebook in force at its index, those of authority
// apart: whether a program that kept the rules could have recorded it.
//
// Words are read where a rule asks for them and the vault is open. What was erased or is not to be
// read cannot be judged any more, and the rules then pass it over.
class MeaningCheck {
public:
    // `state` is folded by the caller, after each event; `word_keys` is null where the vault is not
    // open. `source` gives the words of earlier events.
    MeaningCheck(const State& state, const VerifySource& source, const KeyTree* word_keys)
        : state_(state), source_(source), word_keys_(KeyWalk::over(word_keys)) {}

    // Before the event is folded. `gaps`: how many events before it could not be folded.
    void add(const Event& event, const Row<Bytes>& words, std::uint64_t gaps, Findings& findings);
    // Once everything is folded: events that could be recorded, but change nothing.
    void add_anomalies(Findings& findings) const;

    std::uint64_t judged() const { return judged_; }
    // How many were recorded after the day on which they were true.
    std::uint64_t late() const { return late_; }
    // Events whose words a rule might have asked for, and that could not be read.
    std::uint64_t without_words() const { return without_words_; }

private:
    // Null where they cannot be read. They hold until it is asked again.
    const std::vector<Word>* words_of(const Event& event, const Row<Bytes>& record);
    std::optional<std::string> earlier_word(EventIndex index, schema::WordField field) const;

    const State& state_;
    const VerifySource& source_;
    std::optional<KeyWalk> word_keys_;
    std::optional<std::vector<Word>> opened_;  // of the event at hand, from the vault
    std::optional<Zone> zone_;
    std::uint64_t judged_ = 0;
    std::uint64_t late_ = 0;
    std::uint64_t without_words_ = 0;
};

}  // namespace wsoa
