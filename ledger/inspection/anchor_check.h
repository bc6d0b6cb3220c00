#pragma once

#include "ledger/event/event.h"
#include "ledger/inspection/outside.h"
#include "ledger/inspection/time_bounds.h"
#include "ledger/inspection/tree_check.h"
#include "ledger/keys/keyring.h"

#include <map>
#include <vector>

namespace wsoa {

// Checks what outsiders said of the ledger against its events: each note and token, and each event
// that commits to one; and gives every event the bounds in time that follow.
//
// Only what the reader's own policy or certificates vouch for bounds anything. Memory: 8 bytes an
// event, and what there is to know of each thing that was said.
class AnchorCheck {
public:
    // Every event in its order; where one cannot be read, that is skipped.
    void add(const Event& event);
    void skip() { recorded_.push_back(last_recorded()); }

    struct Answer {
        std::vector<std::string> checked;
        std::vector<std::string> not_checked;
        std::vector<TimeBound> bounds;
        // The largest checkpoint for which the witnesses that the policy asks for stand.
        std::optional<TreeSize> vouched_for;
        std::uint64_t unread = 0;
    };
    // Once every event was added: `tree` has as many leaves.
    Answer run(const Outside& outside, const LedgerFacts& facts, const TreeCheck& tree,
               Findings& findings);

private:
    // What an event says of an anchor.
    struct Anchor {
        EventIndex by;
        TreeSize size;
        schema::AnchorMeans means = schema::AnchorMeans::UNSET;
        Hash digest;
        std::uint64_t seconds = 0;
    };
    // What is kept of one.
    struct Said {
        TreeSize size;
        schema::AnchorMeans means = schema::AnchorMeans::UNSET;
        std::optional<std::uint64_t> seconds;  // null where only its authority could tell
        std::string by;
        bool is_verified = false;  // by the reader's own policy or certificates
        std::optional<EventIndex> anchored_by = {};
    };
    class Judge;

    Instant last_recorded() const { return recorded_.empty() ? Instant{} : recorded_.back(); }
    void match(std::map<Hash, Said>& said, Outside::From from, Findings& findings, Answer& answer);
    static bool is_other(const Anchor& anchor, const std::map<Hash, Said>& said);
    void add_bounds(const std::map<Hash, Said>& said, Findings& findings, Answer& answer) const;

    std::vector<Instant> recorded_;
    std::vector<Anchor> anchors_;
};

}  // namespace wsoa
