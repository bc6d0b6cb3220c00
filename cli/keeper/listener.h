#pragma once

#include "cli/keeper/parts.h"

#include <kj/async.h>

#include <filesystem>
#include <memory>
#include <mutex>

namespace wsoa {

// What a client may cost.
struct KeeperLimits {
    unsigned connections_max = 256;
    std::int64_t idle_ms_max = 300'000;  // without a call, then the connection is closed
};

// The keeper's Unix socket: accepts clients and serves each of them, on one thread.
//
// A client that sends what is no message, a message that is too large, half a message, or nothing
// at all loses its own connection and harms nobody else. Whoever may write to the socket's file may
// connect: its owner and group.
class KeeperListener {
public:
    // Listens. The caller holds the ledger's writer lock, so that a socket that is there already
    // was left by a process that is gone, and is replaced; its place is at no time empty. `invalid`
    // for a path that is too long for a socket, or where it or the same with "~" behind it is a
    // file of another kind; `unavailable` for anything else.
    static Result<std::unique_ptr<KeeperListener>> open(const std::filesystem::path& socket,
                                                        const KeeperLimits& limits = {});
    ~KeeperListener();
    KeeperListener(const KeeperListener&) = delete;
    KeeperListener& operator=(const KeeperListener&) = delete;

    // Who else ends the service than stop().
    enum class EndsOn : std::uint8_t { stop, stop_or_signal };
    // Serves on the calling thread until it is told to stop, or a write has failed: then
    // `unavailable`. For SIGTERM and SIGINT to end it, take_signals() comes before any thread.
    Result<void> serve(KeeperParts parts, EndsOn ends_on);
    static void take_signals();
    // From any thread, before or while it serves.
    void stop();

private:
    KeeperListener(int socket, std::filesystem::path path, const KeeperLimits& limits)
        : socket_(socket), path_(std::move(path)), limits_(limits) {}

    int socket_;
    std::filesystem::path path_;
    KeeperLimits limits_;
    std::mutex mutex_;
    bool is_stopped_ = false;
    kj::Maybe<kj::Own<kj::CrossThreadPromiseFulfiller<void>>> stop_;
};

}  // namespace wsoa
