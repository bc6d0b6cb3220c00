#pragma once

#include "ledger/event/event.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/inspection/erasure_check.h"
#include "ledger/inspection/findings.h"
#include "ledger/inspection/link_check.h"
#include "ledger/inspection/tree_check.h"

#include <map>
#include <utility>

namespace wsoa {

// Compares with each event the rows that lead to it and the sealed words beside it, and in the end
// the number of rows: so that no row can lead astray, and none can have been added. Where there are
// no rows but words that were chosen, those are compared with what each event commits to.
class RowCheck {
public:
    // `word_keys` is the vault's tree, null where it is not open.
    RowCheck(const VerifySource& source, const KeyTree* word_keys)
        : source_(source), word_keys_(KeyWalk::over(word_keys)), erasures_(source, word_keys) {}

    // An event whose subject is not known, since it cannot be read: gaps in versions are allowed
    // for it.
    void skip() { ++skipped_; }
    // `leaf`: the event's hash in the tree.
    void add(const Event& event, const Hash& leaf, const Row<Bytes>& words, Findings& findings);
    // Goes through the whole source once; `events` were verified, and are what the state folded.
    // Gives the tables that could not be gone through, and why.
    Result<std::vector<std::string>> finish(TreeSize events, const State& state,
                                            Findings& findings);

    std::uint64_t words_checked() const { return words_checked_; }
    // Words that events commit to, and that were not among those that were chosen.
    std::uint64_t words_not_chosen() const { return words_not_chosen_; }

private:
    void check_ids(Findings& findings);
    // Gives the version that was due.
    std::uint32_t check_version(const Event& event, Findings& findings);
    void check_words(const Event& event, const Row<Bytes>& words, Findings& findings);
    void check_chosen_words(const Event& event, Findings& findings);
    bool has_rows() const { return source_.holds() == VerifySource::Holds::all_rows; }
    void check_counts(const RowCounts& counts, TreeSize events, Findings& findings);
    void check_plans(const RowCounts& counts, Findings& findings);

    const VerifySource& source_;
    std::optional<KeyWalk> word_keys_;
    std::uint64_t skipped_ = 0;
    std::uint64_t forgiven_ = 0;  // gaps in versions that skipped events account for
    std::uint64_t words_checked_ = 0;
    std::uint64_t words_not_chosen_ = 0;
    std::uint64_t documents_ = 0;  // that events name
    LinkCheck links_;
    ErasureCheck erasures_;
    std::map<SubjectRef, std::uint32_t> versions_;
    std::map<std::string, std::uint64_t> plan_events_;
    // Where no index has them; sorted once all are there.
    struct Identified {
        ChangeId id;
        KeyId author;
        EventIndex event;
        auto operator<=>(const Identified&) const = default;
    };
    std::vector<Identified> ids_;
};

}  // namespace wsoa
