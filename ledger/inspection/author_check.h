#pragma once

#include "ledger/base/workers.h"
#include "ledger/event/event.h"
#include "ledger/inspection/findings.h"
#include "ledger/plan/fold.h"
#include "ledger/tree/checkpoint.h"

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace wsoa {

// Checks signatures on all cores while the next events are read: those of authors, and those of the
// ledger under its checkpoints.
class SignatureCheck {
public:
    // What an author signed, without the rest of the event.
    struct Signed {
        explicit Signed(const Event& event);

        EventIndex index;
        KeyId author;
        Bytes message;  // labelled
        Signature signature;
    };
    // A checkpoint as it is stored, with what it must say.
    struct Stated {
        TreeSize size;
        std::string note;
        NoteKey key;
        std::string origin;
        Hash root;
    };
    struct Work {
        std::vector<Signed> changes;
        std::vector<Stated> checkpoints;
    };
    // What is under way at once: enough that no core waits while the rest is done that no other
    // core can do, little enough that memory stays bounded.
    static constexpr std::size_t signatures_max = 16'384;
    static constexpr std::size_t bytes_max = std::size_t{64} << 20;

    explicit SignatureCheck(Workers& workers) : workers_(workers) {}
    ~SignatureCheck();
    SignatureCheck(const SignatureCheck&) = delete;
    SignatureCheck& operator=(const SignatureCheck&) = delete;

    // Begins this, and tells what was found by the work before it, as much as must end for this to
    // have room. When that is hangs on the work alone, so that the findings come in the same order
    // on any number of cores.
    void begin(Work work, Findings& findings);
    // Begins other tasks beside it; they have run once finish() returns.
    void begin(std::vector<Workers::Task> tasks);
    void finish(Findings& findings);

private:
    struct Lot {
        explicit Lot(Work given);
        std::size_t signatures() const { return holds.size() + wrong.size(); }
        void check(std::size_t from, std::size_t to);

        Work work;
        std::size_t bytes = 0;
        // A place for each signature, so that no two threads write the same.
        std::vector<std::uint8_t> holds;
        std::vector<std::string> wrong;  // of each checkpoint; empty for one that is right
    };
    bool has_room_for(const Lot& lot) const;
    void finish_first(Findings& findings);

    Workers& workers_;
    std::deque<std::unique_ptr<Lot>> lots_;  // under way, in the order of their events
};

// Judges again who may speak, as of each event's index, by the rulebook in force there.
class AuthorityCheck {
public:
    // `state` is folded by the caller, after each event.
    explicit AuthorityCheck(const State& state) : state_(state) {}

    // Before the event is folded. `gaps`: how many events before it could not be folded.
    void add(const Event& event, std::uint64_t gaps, Findings& findings);
    // Once everything is folded: what hangs on a key that was in other hands.
    void add_doubts(Findings& findings) const;

    std::uint64_t judged() const { return judged_; }
    // Of a rulebook that this program does not know.
    std::uint64_t unknown() const { return unknown_; }
    // Why roles could not be judged by their dates; empty if they could.
    const std::string& obstacle() const { return obstacle_; }

private:
    const State& state_;
    std::optional<Zone> zone_;
    std::string obstacle_ = "event 0 does not state the ledger's time zone";
    std::uint64_t judged_ = 0;
    std::uint64_t unknown_ = 0;
    std::vector<std::pair<EventIndex, KeyId>> authors_;
};

}  // namespace wsoa
