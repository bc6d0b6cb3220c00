#pragma once

#include "ledger/ledger.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <variant>

namespace wsoa {

// How much may wait, and how much goes into one commit.
struct RecorderLimits {
    std::size_t waiting_max = 8'192;
    std::size_t group_changes_max = 512;
    std::size_t group_bytes_max = std::size_t{1} << 20;
};

// The one thread that commits what many callers hand in, in groups: rules and fold in order, then
// one batch, one sync, one checkpoint and one guard for all of the group. No timer makes anybody
// wait: a group is what had come in while the one before it was written.
//
// Each caller gets a receipt or a refusal of their own, and one refused change takes no other with
// it. After a write has failed nothing more is recorded: everybody who waits, and whoever comes, is
// told `unavailable`, and the owner opens the ledger again, which verifies its right edge. A change
// that was handed in again then gets the receipt that it would have had.
class Recorder {
public:
    // Called once, on the recorder's thread, or on the caller's if the change is not even queued.
    // It must not block.
    using Answer = std::function<void(Result<Committed>)>;

    // The ledger is the recorder's alone until it is gone. The store is the ledger's.
    Recorder(Ledger& ledger, const Store& store, const RecorderLimits& limits = {});
    // Writes the group at hand, and tells all others that they were not recorded.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // Checks the signature on the caller's own thread, waits for a place and for the answer. For
    // any thread but the recorder's.
    Result<Committed> record(Submission submission);
    // Queues the change and returns: `busy` if too many wait.
    void submit(CheckedSubmission checked, Answer answer);
    // Runs a task on the recorder's thread between two groups, for whoever needs the state that the
    // rules look at. It is given null if the recorder has stopped, and must not block.
    using Task = std::function<void(Ledger*)>;
    void post(Task task);
    // The same, and waits for it. `unavailable` if the recorder has stopped.
    Result<void> with_ledger(const std::function<void(Ledger&)>& task);

    // What is durable now, for any thread.
    Result<std::unique_ptr<History>> history() const;
    SignedCheckpoint checkpoint() const;
    const Hash& ledger() const { return ledger_id_; }
    // Whether a write has failed, so that the ledger must be opened again.
    bool has_failed() const;

    struct Counts {
        std::uint64_t groups = 0;
        std::uint64_t changes = 0;  // that were answered
        std::size_t largest_group = 0;
        std::size_t waiting = 0;  // in the queue now, tasks among them
    };
    Counts counts() const;

private:
    struct Waiting {
        CheckedSubmission checked;
        Answer answer;
    };
    using Place = std::variant<Waiting, Task>;
    // What the next turn of the thread is about.
    struct Turn {
        std::vector<CheckedSubmission> changes;
        std::vector<Answer> answers;
        Task task;
    };

    void run();
    Turn next_turn(std::unique_lock<std::mutex>& lock);
    void commit(Turn& turn);
    void turn_away_all();
    // Whether changes are still taken. The mutex must be held.
    bool is_open() const { return !is_stopping_ && !has_failed_; }

    Ledger& ledger_;
    const Store& store_;
    const RecorderLimits limits_;
    const Hash ledger_id_;

    mutable std::mutex mutex_;
    std::condition_variable has_work_;
    std::condition_variable has_room_;
    std::deque<Place> queue_;
    bool is_stopping_ = false;
    bool has_failed_ = false;
    SignedCheckpoint checkpoint_;
    Counts counts_;

    std::thread thread_;  // last, since it uses all of the above
};

}  // namespace wsoa
