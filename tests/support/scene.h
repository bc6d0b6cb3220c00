#pragma once

#include "ledger/event/event.h"
#include "ledger/keys/signature.h"
#include "ledger/plan/rulebook.h"
#include "ledger/tree/tree.h"
#include "tests/support/step.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa::test {

// The key of that name: its seed is a hash of the name. A person's first key bears their id.
std::unique_ptr<MemorySigner> signer_named(std::string_view name);
KeyId key_named(std::string_view name);
Signature signed_by(std::string_view name, ByteView message);

// A ledger in memory, without store, clock or checkpoint: it makes real changes of steps, signs
// them, has them judged by the rules, and folds those that are accepted. A value; copying it gives
// a history that goes on apart.
class Scene {
public:
    // What the rules say, and nothing is recorded.
    Result<void> judge(const Step& step) const;
    std::vector<Error> judge_all(const Step& step) const;
    // What one rule alone says.
    Result<void> judge_by(const Rule& rule, const Step& step) const;
    // Records the step if the rules accept it.
    Result<void> record(const Step& step);
    // Records it whatever the rules say: for folds, which take everything.
    void force(const Step& step);
    // Makes the entry that the step would be.
    Bytes entry_of(const Step& step) const;

    const State& state() const { return state_; }
    const Keyring& keyring() const { return state_.keyring; }
    const Plan& plan(std::string_view ref) const;
    const Action& action(std::string_view ref) const;
    // The entries of the log so far.
    const std::vector<Bytes>& entries() const { return entries_; }
    Event event(std::uint64_t index) const;
    EventIndex next_index() const { return EventIndex{entries_.size()}; }
    // The last event of the kind about the subject; null if there is none.
    std::optional<EventIndex> last(Kind kind, const std::string& subject) const;
    // The event of that label, which must be there.
    EventIndex index_of(const std::string& label) const;
    const std::map<EventIndex, std::vector<Word>>& words() const { return words_; }

private:
    struct Made {
        Bytes change;
        std::vector<Word> words;
        Date today;
    };
    Made make(const Step& step) const;
    Envelope envelope_for(const Step& step, Date today) const;
    schema::Role role_for(const Step& step) const;
    Bytes entry_for(const Step& step, const Made& made) const;
    void add(const Step& step, Made made);
    template <typename Judge>
    auto with_case(const Made& made, Judge judge) const;

    State state_;
    std::vector<Bytes> entries_;
    std::map<EventIndex, std::vector<Word>> words_;
    std::map<std::string, std::uint32_t> versions_;
    std::map<std::pair<Kind, std::string>, EventIndex> last_;
    std::map<std::string, EventIndex> labels_;
    std::string today_ = "2022-02-01";
    Frontier frontier_;
};

}  // namespace wsoa::test
