#pragma once

#include "ledger/base/workers.h"
#include "ledger/event/event.h"
#include "ledger/inspection/findings.h"
#include "ledger/plan/fold.h"
#include "ledger/tree/checkpoint.h"

#include <functional>
#include <optional>
#include <vector>

namespace wsoa {

// Checks signatures on all cores while the next events are read: those of authors, and those of the
// ledger under its checkpoints.
class SignatureCheck {
public:
    // A checkpoint as it is stored, with what it must say.
    struct Stated {
        TreeSize size;
        std::string note;
        NoteKey key;
        std::string origin;
        Hash root;
    };
    struct Work {
        std::vector<Event> events;
        std::vector<Stated> checkpoints;
    };

    explicit SignatureCheck(Workers& workers) : workers_(workers) {}
    ~SignatureCheck() { workers_.wait(); }
    SignatureCheck(const SignatureCheck&) = delete;
    SignatureCheck& operator=(const SignatureCheck&) = delete;

    // Waits for the work before it, tells what that found, and begins this.
    void begin(Work work, Findings& findings);
    void finish(Findings& findings);

private:
    void check_part(std::size_t part, std::size_t parts);

    Workers& workers_;
    Work work_;
    // A place for each signature, so that no two threads write the same.
    std::vector<std::uint8_t> holds_;
    std::vector<std::string> wrong_;  // of each checkpoint; empty for one that is right
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
