#pragma once

#include "cli/keeper/handoff.h"
#include "ledger/recorder.h"

#include <functional>
#include <memory>

namespace wsoa {

// Asks something of the ledger on the recorder's thread, and brings the answer back to the event
// loop of the caller's.
template <typename T>
kj::Promise<Result<T>> on_recorder(Recorder& recorder, std::function<Result<T>(Ledger&)> ask) {
    struct Pending {
        Handoff<T> handoff;
        std::function<Result<T>(Ledger&)> ask;
    };
    Handoff<T> handoff;
    auto promise = handoff.take();
    // Owned by the task, which is run once; a standard function cannot hold what is only moved.
    auto* const pending =
        std::make_unique<Pending>(Pending{std::move(handoff), std::move(ask)}).release();
    recorder.post([pending](Ledger* ledger) {
        const std::unique_ptr<Pending> owned(pending);
        owned->handoff.give(
            ledger != nullptr
                ? owned->ask(*ledger)
                : Result<T>(Error{Fault::unavailable, "the keeper is stopping", "try again"}));
    });
    return promise;
}

}  // namespace wsoa
