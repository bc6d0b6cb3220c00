#pragma once

#include "ledger/base/result.h"

#include <kj/async.h>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace wsoa {

// One answer on its way from another thread to the event loop that waits for it. The answer passes
// through a slot under a mutex of ours, and KJ only wakes the loop: who guards what can be read
// here, and the thread sanitizer, which does not see the locks inside KJ's library, can follow it.
template <typename T>
class Handoff {
public:
    // To be called on the thread of the event loop.
    Handoff() {
        auto pair = kj::newPromiseAndCrossThreadFulfiller<void>();
        fulfiller_ = kj::mv(pair.fulfiller);
        promise_ = pair.promise.then([slot = slot_]() -> Result<T> {
            const std::lock_guard lock(slot->mutex);
            return std::move(*slot->answer);
        });
    }

    // What the loop waits for. It fails if the answer is never given. To be taken once, on the
    // loop's thread and before the handoff is passed on.
    kj::Promise<Result<T>> take() { return kj::mv(promise_); }
    // Gives the answer, once, on any thread.
    void give(Result<T> answer) {
        {
            const std::lock_guard lock(slot_->mutex);
            slot_->answer.emplace(std::move(answer));
        }
        fulfiller_->fulfill();
    }

private:
    struct Slot {
        std::mutex mutex;
        std::optional<Result<T>> answer;
    };

    std::shared_ptr<Slot> slot_ = std::make_shared<Slot>();
    kj::Own<kj::CrossThreadPromiseFulfiller<void>> fulfiller_;
    kj::Promise<Result<T>> promise_ = nullptr;
};

}  // namespace wsoa
