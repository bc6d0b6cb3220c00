#pragma once

#include "ledger/base/bytes.h"

#include <capnp/message.h>
#include <capnp/rpc.capnp.h>
#include <capnp/schema.h>
#include <capnp/serialize.h>

#include <cstdint>
#include <functional>
#include <optional>

namespace wsoa::test {

// What a client sends, as it would go over the socket.
class Session {
public:
    Session() {
        write(
            [](capnp::rpc::Message::Builder message) { message.initBootstrap().setQuestionId(0); });
    }
    // Calls a method of the keeper, or of what the first pointer of an earlier answer leads to.
    template <typename Params, typename Interface>
    Session& call(std::uint16_t method, const std::function<void(typename Params::Builder)>& fill,
                  std::optional<unsigned> on_answer = {}) {
        write([&](capnp::rpc::Message::Builder message) {
            auto call = message.initCall();
            call.setQuestionId(++questions_);
            call.setInterfaceId(capnp::typeId<Interface>());
            call.setMethodId(method);
            auto target = call.initTarget().initPromisedAnswer();
            target.setQuestionId(on_answer.value_or(0));
            if (on_answer) {
                target.initTransform(1)[0].setGetPointerField(0);
            }
            fill(call.initParams().getContent().initAs<Params>());
        });
        return *this;
    }
    const Bytes& bytes() const { return bytes_; }

private:
    template <typename Fill>
    void write(const Fill& fill) {
        capnp::MallocMessageBuilder message(1 << 14);
        fill(message.initRoot<capnp::rpc::Message>());
        const auto words = capnp::messageToFlatArray(message);
        const auto flat = words.asBytes();
        append(bytes_, ByteView(flat.begin(), flat.size()));
    }

    Bytes bytes_;
    unsigned questions_ = 0;
};

}  // namespace wsoa::test
