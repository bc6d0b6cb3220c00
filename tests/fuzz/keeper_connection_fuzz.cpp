// A client of the keeper that sends whatever it likes and is gone: whoever else is connected is
// served as before.

#include "cli/keeper/service.h"
#include "tests/fuzz/target.h"
#include "tests/support/office.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

#include <latch>

using namespace wsoa;

namespace {

capnp::ReaderOptions options() {
    capnp::ReaderOptions options;
    options.traversalLimitInWords = wire::message_bytes_max / sizeof(capnp::word);
    options.nestingLimit = 16;
    return options;
}

// What the keeper's listener makes of a stream.
class Connection {
public:
    Connection(kj::Own<kj::AsyncIoStream> stream, const KeeperParts& parts)
        : stream_(kj::mv(stream)),
          network_(*stream_, capnp::rpc::twoparty::Side::SERVER, options()),
          rpc_(capnp::makeRpcServer(network_,
                                    kj::heap<KeeperService>(parts, kj::refcounted<Activity>(),
                                                            KeeperService::Peer::anyone))) {
        rpc_.setFlowLimit(wire::message_bytes_max / sizeof(capnp::word) * 2);
    }

private:
    kj::Own<kj::AsyncIoStream> stream_;
    capnp::TwoPartyVatNetwork network_;
    capnp::RpcSystem<capnp::rpc::twoparty::VatId> rpc_;
};

// Reads and forgets what is answered.
kj::Promise<void> swallow(kj::AsyncIoStream& stream, kj::ArrayPtr<kj::byte> buffer) {
    return stream.tryRead(buffer.begin(), 1, buffer.size())
        .then([&stream, buffer](std::size_t count) -> kj::Promise<void> {
            return count == 0 ? kj::Promise<void>(kj::READY_NOW) : swallow(stream, buffer);
        });
}

// A keeper of a ledger in memory, and a client that was there before.
class Keeper {
public:
    Keeper()
        : recorder_(office_.ledger(), office_.store()),
          pool_(1, 1'000),
          io_(kj::setupAsyncIo()),
          pipe_(kj::newTwoWayPipe()),
          served_(kj::mv(pipe_.ends[0]), parts()),
          neighbour_(*pipe_.ends[1]),
          keeper_(neighbour_.bootstrap().castAs<schema::Keeper>()) {}

    void send(ByteView input) {
        auto pipe = kj::newTwoWayPipe();
        auto buffer = kj::heapArray<kj::byte>(4'096);
        {
            auto& client = *pipe.ends[1];
            Connection connection(kj::mv(pipe.ends[0]), parts());
            const auto ignore = [](kj::Exception&&) {};
            auto answers = swallow(client, buffer).eagerlyEvaluate(ignore);
            auto sent = client.write(input.data(), input.size())
                            .then([&client] { client.shutdownWrite(); })
                            .eagerlyEvaluate(ignore);
            // All that it asked of the other threads is done before it is gone.
            io_.waitScope.poll();
            std::latch checked(1);
            CHECK(pool_.post([&checked] { checked.count_down(); }));
            checked.wait();
            CHECK(recorder_.with_ledger([](Ledger&) {}).ok());
            io_.waitScope.poll();
        }
        const auto about = keeper_.aboutRequest().send().wait(io_.waitScope);
        CHECK(equal(wire::view_of(about.getLedger()), recorder_.ledger().view()));
        CHECK(!recorder_.has_failed());
    }

private:
    KeeperParts parts() {
        return {.recorder = recorder_,
                .truth = office_.store(),
                .views = nullptr,
                .word_keys = office_.builder().word_keys(),
                .checkers = pool_,
                .environment = office_.environment().environment(),
                .process = 7};
    }

    test::Office office_;
    Recorder recorder_;
    TaskPool pool_;
    kj::AsyncIoContext io_;
    kj::TwoWayPipe pipe_;
    Connection served_;
    capnp::TwoPartyClient neighbour_;
    schema::Keeper::Client keeper_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Keeper keeper;
    keeper.send(ByteView(data, size));
    return 0;
}
