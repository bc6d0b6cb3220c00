#pragma once

#include "ledger/recorder.h"

#include <kj/async.h>

#include <functional>
#include <memory>

namespace wsoa {

// Asks something of the ledger on the recorder's thread, and brings the answer back to the event
// loop of the caller's.
template <typename T>
kj::Promise<Result<T>> on_recorder(Recorder& recorder, std::function<Result<T>(Ledger&)> ask) {
    struct Pending {
        kj::Own<kj::CrossThreadPromiseFulfiller<Result<T>>> fulfiller;
        std::function<Result<T>(Ledger&)> ask;
    };
    auto pair = kj::newPromiseAndCrossThreadFulfiller<Result<T>>();
    // Owned by the task, which is run once; a standard function cannot hold what is only moved.
    auto* const pending =
        std::make_unique<Pending>(Pending{kj::mv(pair.fulfiller), std::move(ask)}).release();
    recorder.post([pending](Ledger* ledger) {
        const std::unique_ptr<Pending> owned(pending);
        owned->fulfiller->fulfill(
            ledger != nullptr
                ? owned->ask(*ledger)
                : Result<T>(Error{Fault::unavailable, "the keeper is stopping", "try again"}));
    });
    return kj::mv(pair.promise);
}

}  // namespace wsoa
