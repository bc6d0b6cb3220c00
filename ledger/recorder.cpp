#include "ledger/recorder.h"

#include <algorithm>
#include <future>
#include <utility>

namespace wsoa {
namespace {

Error stopped() {
    return Error{Fault::unavailable,
                 "the ledger was closed before the change was recorded, or nobody knows whether it "
                 "was",
                 "give the same change again once it is open: it is recorded once"};
}

}  // namespace

Recorder::Recorder(Ledger& ledger, const Store& store, const RecorderLimits& limits)
    : ledger_(ledger),
      store_(store),
      limits_(limits),
      ledger_id_(ledger.facts().ledger),
      checkpoint_(ledger.checkpoint()) {
    CHECK(limits.waiting_max > 0 && limits.group_changes_max > 0);
    thread_ = std::thread([this] { run(); });
}

Recorder::~Recorder() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    has_work_.notify_all();
    has_room_.notify_all();
    thread_.join();
}

Result<Committed> Recorder::record(Submission submission) {
    auto checked = TRY(CheckedSubmission::check(std::move(submission), ledger_id_));
    std::promise<Result<Committed>> promise;
    auto answer = promise.get_future();
    {
        std::unique_lock lock(mutex_);
        has_room_.wait(lock, [&] { return queue_.size() < limits_.waiting_max || !is_open(); });
        if (!is_open()) {
            return stopped();
        }
        queue_.emplace_back(Waiting{std::move(checked), [&promise](Result<Committed> outcome) {
                                        promise.set_value(std::move(outcome));
                                    }});
    }
    has_work_.notify_one();
    return answer.get();
}

void Recorder::submit(CheckedSubmission checked, Answer answer) {
    std::optional<Error> refusal;
    {
        const std::lock_guard lock(mutex_);
        if (!is_open()) {
            refusal = stopped();
        } else if (queue_.size() >= limits_.waiting_max) {
            refusal = error(Fault::busy, "{} changes wait already", queue_.size())
                          .advise("try again in a moment");
        } else {
            queue_.emplace_back(Waiting{std::move(checked), std::move(answer)});
        }
    }
    if (refusal) {
        answer(std::move(*refusal));
        return;
    }
    has_work_.notify_one();
}

void Recorder::post(Task task) {
    {
        const std::lock_guard lock(mutex_);
        if (is_open()) {
            queue_.emplace_back(std::move(task));
            task = nullptr;
        }
    }
    if (task) {
        task(nullptr);
        return;
    }
    has_work_.notify_one();
}

Result<void> Recorder::with_ledger(const std::function<void(Ledger&)>& task) {
    std::promise<Result<void>> promise;
    auto outcome = promise.get_future();
    post([&](Ledger* ledger) {
        if (ledger != nullptr) {
            task(*ledger);
        }
        promise.set_value(ledger != nullptr ? done() : Result<void>(stopped()));
    });
    return outcome.get();
}

Result<std::unique_ptr<History>> Recorder::history() const {
    TreeSize size;
    {
        const std::lock_guard lock(mutex_);
        size = checkpoint_.checkpoint.size;
    }
    // Taken after the size: what the size covers is in it.
    auto snapshot = TRY(store_.snapshot());
    return History::open(std::move(snapshot), size);
}

SignedCheckpoint Recorder::checkpoint() const {
    const std::lock_guard lock(mutex_);
    return checkpoint_;
}

bool Recorder::has_failed() const {
    const std::lock_guard lock(mutex_);
    return has_failed_;
}

Recorder::Counts Recorder::counts() const {
    const std::lock_guard lock(mutex_);
    auto counts = counts_;
    counts.waiting = queue_.size();
    return counts;
}

void Recorder::run() {
    for (;;) {
        std::unique_lock lock(mutex_);
        has_work_.wait(lock, [&] { return !queue_.empty() || !is_open(); });
        if (!is_open()) {
            break;
        }
        auto turn = next_turn(lock);
        lock.unlock();
        has_room_.notify_all();
        if (turn.task) {
            turn.task(&ledger_);
        } else {
            commit(turn);
        }
    }
    turn_away_all();
}

// A task that is first in the queue, or all changes up to the next one, within the limits.
Recorder::Turn Recorder::next_turn(std::unique_lock<std::mutex>& lock) {
    CHECK(lock.owns_lock());
    Turn turn;
    if (auto* task = std::get_if<Task>(&queue_.front())) {
        turn.task = std::move(*task);
        queue_.pop_front();
        return turn;
    }
    std::size_t bytes = 0;
    while (!queue_.empty() && turn.changes.size() < limits_.group_changes_max &&
           bytes < limits_.group_bytes_max) {
        auto* waiting = std::get_if<Waiting>(&queue_.front());
        if (waiting == nullptr) {
            break;
        }
        bytes += waiting->checked.bytes();
        turn.changes.push_back(std::move(waiting->checked));
        turn.answers.push_back(std::move(waiting->answer));
        queue_.pop_front();
    }
    return turn;
}

void Recorder::commit(Turn& turn) {
    auto outcomes = ledger_.commit_all(turn.changes);
    {
        const std::lock_guard lock(mutex_);
        ++counts_.groups;
        counts_.changes += turn.changes.size();
        counts_.largest_group = std::max(counts_.largest_group, turn.changes.size());
        if (outcomes.ok()) {
            checkpoint_ = ledger_.checkpoint();
        } else {
            // What is on the disk is unknown until the ledger is opened again.
            has_failed_ = true;
        }
    }
    for (std::size_t i = 0; i < turn.answers.size(); ++i) {
        turn.answers[i](outcomes.ok() ? std::move(outcomes.value()[i])
                                      : Result<Committed>(outcomes.error()));
    }
}

void Recorder::turn_away_all() {
    std::deque<Place> left;
    {
        const std::lock_guard lock(mutex_);
        left.swap(queue_);
    }
    has_room_.notify_all();
    for (auto& place : left) {
        if (auto* waiting = std::get_if<Waiting>(&place)) {
            waiting->answer(stopped());
        } else {
            std::get<Task>(place)(nullptr);
        }
    }
}

}  // namespace wsoa
