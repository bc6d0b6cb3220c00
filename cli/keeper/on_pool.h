#pragma once

#include "cli/keeper/handoff.h"
#include "ledger/store/task_pool.h"

#include <functional>
#include <memory>

namespace wsoa {

// Does something on a thread of the pool, and brings the answer back to the event loop of the
// caller's. `busy` if too much waits there.
template <typename T>
kj::Promise<Result<T>> on_pool(TaskPool& pool, std::function<Result<T>()> task) {
    struct Pending {
        Handoff<T> handoff;
        std::function<Result<T>()> task;
    };
    Handoff<T> handoff;
    auto promise = handoff.take();
    // Owned by the task, which is run once; a standard function cannot hold what is only moved.
    auto* const pending =
        std::make_unique<Pending>(Pending{std::move(handoff), std::move(task)}).release();
    const bool is_taken = pool.post([pending] {
        const std::unique_ptr<Pending> owned(pending);
        owned->handoff.give(owned->task());
    });
    if (!is_taken) {
        std::unique_ptr<Pending>(pending)->handoff.give(Result<T>(
            Error{Fault::busy, "the keeper has too much to do", "try again in a moment"}));
    }
    return promise;
}

}  // namespace wsoa
