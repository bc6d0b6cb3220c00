#pragma once

#include "cli/keeper/client.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

namespace wsoa {

// What the parts of a client share: client.cpp, client_documents.cpp.

// Far longer than any commit takes: a keeper that is silent for so long was stopped.
inline const auto keeper_patience = 60 * kj::SECONDS;

inline Error keeper_went_away() {
    return Error{Fault::unavailable, "the keeper went away before it answered",
                 "run the command again; if it recorded, give --id with the same id"};
}

inline Error error_of(const kj::Exception& exception) {
    switch (exception.getType()) {
        case kj::Exception::Type::DISCONNECTED: return keeper_went_away();
        case kj::Exception::Type::OVERLOADED:
            return Error{Fault::busy, "the keeper does not answer", "try again in a moment"};
        case kj::Exception::Type::FAILED:
        case kj::Exception::Type::UNIMPLEMENTED: break;
    }
    return error(Fault::unavailable, "the keeper could not do it: {}",
                 exception.getDescription().cStr());
}

// The event loop and the connection.
struct KeeperClient::Line {
    kj::AsyncIoContext io = kj::setupAsyncIo();
    kj::Own<kj::AsyncIoStream> stream;
    kj::Own<capnp::TwoPartyVatNetwork> network;
    kj::Own<capnp::RpcSystem<capnp::rpc::twoparty::VatId>> rpc;
    kj::Maybe<schema::Keeper::Client> keeper;
    kj::Maybe<schema::Words::Client> words;
    bool is_lost = false;

    // The answer to what was sent, taken apart by a function. No exception passes it.
    template <typename T, typename Request, typename Take>
    Result<T> ask(Request&& request, Take take) {
        std::optional<Result<T>> answer;
        auto failed = kj::runCatchingExceptions([&] {
            auto response = io.provider->getTimer()
                                .timeoutAfter(keeper_patience, request.send())
                                .wait(io.waitScope);
            answer.emplace(take(response));
        });
        KJ_IF_MAYBE (exception, failed) {
            is_lost = is_lost || exception->getType() == kj::Exception::Type::DISCONNECTED;
            return error_of(*exception);
        }
        CHECK(answer.has_value());
        return std::move(*answer);
    }
    schema::Keeper::Client& service() { return KJ_ASSERT_NONNULL(keeper); }
};

}  // namespace wsoa
