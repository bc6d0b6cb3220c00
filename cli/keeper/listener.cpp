#include "cli/keeper/listener.h"

#include "cli/keeper/address.h"
#include "cli/keeper/service.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>
#include <kj/async-unix.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace wsoa {
namespace {

constexpr int waiting_connections_max = 128;
constexpr mode_t socket_mode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;
// After accepting has failed, as when this process has too many files open.
constexpr std::int64_t pause_ms = 100;

Error failure(std::string_view doing, const std::filesystem::path& path) {
    return error(Fault::unavailable, "{} {} failed: {}", doing, path.string(),
                 std::strerror(errno));
}

// Whoever mistypes a path loses no file of theirs.
Result<void> expect_no_other_file(const std::filesystem::path& path) {
    std::error_code failed;
    const auto there = std::filesystem::symlink_status(path, failed);
    if (std::filesystem::exists(there) && !std::filesystem::is_socket(there)) {
        return error(Fault::invalid, "{} is there already and is no socket", path.string())
            .advise("name another place with --socket PATH");
    }
    return done();
}

// One client. What it was served goes with it.
class Connection {
public:
    Connection(kj::Own<kj::AsyncIoStream> stream, const KeeperParts& parts,
               KeeperService::Peer peer)
        : stream_(kj::mv(stream)),
          service_(kj::heap<KeeperService>(parts, kj::addRef(*activity_), peer)),
          network_(*stream_, capnp::rpc::twoparty::Side::SERVER, options()),
          rpc_(capnp::makeRpcServer(network_, service_)) {
        rpc_.setFlowLimit(wire::message_bytes_max / sizeof(capnp::word) * 2);
    }

    // Ends when the client goes, or has been idle for too long.
    kj::Promise<void> served(kj::Timer& timer, kj::Duration idle) {
        return network_.onDisconnect().exclusiveJoin(watch(timer, idle, activity_->calls));
    }

private:
    static capnp::ReaderOptions options() {
        capnp::ReaderOptions options;
        options.traversalLimitInWords = wire::message_bytes_max / sizeof(capnp::word);
        options.nestingLimit = 16;
        return options;
    }
    kj::Promise<void> watch(kj::Timer& timer, kj::Duration idle, std::uint64_t calls) {
        return timer.afterDelay(idle).then([this, &timer, idle, calls]() -> kj::Promise<void> {
            if (activity_->under_way == 0 && activity_->calls == calls) {
                return kj::READY_NOW;
            }
            return watch(timer, idle, activity_->calls);
        });
    }

    kj::Own<Activity> activity_ = kj::refcounted<Activity>();
    kj::Own<kj::AsyncIoStream> stream_;
    capnp::Capability::Client service_;
    capnp::TwoPartyVatNetwork network_;
    capnp::RpcSystem<capnp::rpc::twoparty::VatId> rpc_;
};

// Accepts clients for ever. Whatever goes wrong with one ends with that one.
class Acceptor final : private kj::TaskSet::ErrorHandler {
public:
    Acceptor(kj::ConnectionReceiver& receiver, kj::Timer& timer, const KeeperParts& parts,
             const KeeperLimits& limits)
        : receiver_(receiver), timer_(timer), parts_(parts), limits_(limits), clients_(*this) {}

    kj::Promise<void> run() {
        return receiver_.accept().then(
            [this](kj::Own<kj::AsyncIoStream> stream) {
                serve(kj::mv(stream));
                return run();
            },
            [this](kj::Exception&& failed) {
                parts_.environment.log.write(Log::Level::warning,
                                             fmt::format("event=accept_failed reason=\"{}\"",
                                                         failed.getDescription().cStr()));
                return timer_.afterDelay(pause_ms * kj::MILLISECONDS).then([this] {
                    return run();
                });
            });
    }

private:
    void serve(kj::Own<kj::AsyncIoStream> stream) {
        ucred peer{};
        unsigned size = sizeof(peer);
        stream->getsockopt(SOL_SOCKET, SO_PEERCRED, &peer, &size);
        if (count_ >= limits_.connections_max) {
            parts_.environment.log.write(
                Log::Level::warning,
                fmt::format("event=client_turned_away uid={} connections={}", peer.uid, count_));
            return;  // the stream closes; the client tries again
        }
        parts_.environment.log.write(Log::Level::debug,
                                     fmt::format("event=client uid={} pid={}", peer.uid, peer.pid));
        ++count_;
        auto connection = kj::heap<Connection>(
            kj::mv(stream), parts_,
            peer.uid == parts_.owner ? KeeperService::Peer::owner : KeeperService::Peer::anyone);
        auto served = connection->served(timer_, limits_.idle_ms_max * kj::MILLISECONDS);
        clients_.add(served.attach(kj::mv(connection)).attach(kj::defer([this] { --count_; })));
    }
    void taskFailed(kj::Exception&& failed) override {
        parts_.environment.log.write(
            Log::Level::info,
            fmt::format("event=client_failed reason=\"{}\"", failed.getDescription().cStr()));
    }

    kj::ConnectionReceiver& receiver_;
    kj::Timer& timer_;
    KeeperParts parts_;
    KeeperLimits limits_;
    unsigned count_ = 0;
    kj::TaskSet clients_;
};

}  // namespace

Result<std::unique_ptr<KeeperListener>> KeeperListener::open(const std::filesystem::path& path,
                                                             const KeeperLimits& limits) {
    TRY(socket_address(path));
    TRY(expect_no_other_file(path));
    // Beside its place first: a client for whom a killed keeper's socket is still there waits for
    // the next one, and would take an empty place for an end.
    const std::filesystem::path beside = path.string() + "~";
    TRY(expect_no_other_file(beside));
    const auto address = TRY(socket_address(beside));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) {
        return failure("making the socket", path);
    }
    std::unique_ptr<KeeperListener> listener(new KeeperListener(socket, path, limits));
    ::unlink(beside.c_str());
    // The file has its mode before anybody can connect: nobody listens yet.
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
        ::chmod(beside.c_str(), socket_mode) != 0 ||
        ::listen(socket, waiting_connections_max) != 0 ||
        ::rename(beside.c_str(), path.c_str()) != 0) {
        return failure("listening on", path);
    }
    return listener;
}

KeeperListener::~KeeperListener() {
    ::unlink(path_.c_str());
    ::close(socket_);
}

void KeeperListener::take_signals() {
    kj::UnixEventPort::captureSignal(SIGTERM);
    kj::UnixEventPort::captureSignal(SIGINT);
}

void KeeperListener::stop() {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    KJ_IF_MAYBE (stop, stop_) {
        (*stop)->fulfill();
    }
}

Result<void> KeeperListener::serve(KeeperParts parts, EndsOn ends_on) {
    auto io = kj::setupAsyncIo();
    auto stop = kj::newPromiseAndCrossThreadFulfiller<void>();
    {
        const std::lock_guard lock(mutex_);
        if (is_stopped_) {
            return done();
        }
        stop_ = kj::mv(stop.fulfiller);
    }
    auto failed = kj::newPromiseAndFulfiller<void>();
    parts.failed = [&] { failed.fulfiller->fulfill(); };
    bool has_failed = false;
    auto end = stop.promise.exclusiveJoin(failed.promise.then([&] { has_failed = true; }));
    if (ends_on == EndsOn::stop_or_signal) {
        end = end.exclusiveJoin(io.unixEventPort.onSignal(SIGTERM).ignoreResult())
                  .exclusiveJoin(io.unixEventPort.onSignal(SIGINT).ignoreResult());
    }
    auto receiver = io.lowLevelProvider->wrapListenSocketFd(socket_);
    {
        Acceptor acceptor(*receiver, io.provider->getTimer(), parts, limits_);
        acceptor.run().exclusiveJoin(kj::mv(end)).wait(io.waitScope);
    }
    const std::lock_guard lock(mutex_);
    stop_ = nullptr;
    if (has_failed) {
        return Error{Fault::unavailable,
                     "a write has failed, so that the keeper stops before it answers anything more",
                     "find out what is wrong with the disk, then start it again"};
    }
    return done();
}

}  // namespace wsoa
