#pragma once

#include "cli/witness_http/answer.h"
#include "cli/witness_http/listen.h"

#include <chrono>
#include <map>
#include <memory>
#include <string_view>

struct MHD_Connection;
struct MHD_Daemon;

namespace wsoa {

// What clients may cost.
struct HttpLimits {
    // Further ones wait in the kernel. Fewer are taken where the process may open few files.
    unsigned connections_max = 64;
    unsigned idle_seconds_max = 10;               // without a byte
    std::chrono::milliseconds whole_max{30'000};  // from connecting to the last byte of the answer
    std::size_t head_bytes_max = 32'768;
};

// A witness's address: takes requests in, and hands each whole one to the witness, one at a time,
// on the thread that serves.
//
// It speaks HTTP in the clear, to a proxy that speaks TLS to the world (docs/witness.md). Whoever
// sends what is no request, too much, half of it, or nothing at all loses its own connection and
// harms nobody else.
class WitnessServer {
public:
    // Listens. `unavailable` if the address cannot be had. Witness and log are borrowed.
    static Result<std::unique_ptr<WitnessServer>> open(const ListenAddress& at,
                                                       const ServedWitness& witness, Log& log,
                                                       const HttpLimits& limits = {});
    ~WitnessServer();
    WitnessServer(const WitnessServer&) = delete;
    WitnessServer& operator=(const WitnessServer&) = delete;

    const ListenAddress& address() const { return address_; }

    // Who else ends the service than stop().
    enum class EndsOn : std::uint8_t { stop, stop_or_signal };
    // Serves on the calling thread. Told to end, it accepts nobody more, finishes what is being
    // asked, and returns. `unavailable` if it cannot go on. For SIGTERM and SIGINT to end it,
    // take_signals() comes before any thread.
    Result<void> serve(EndsOn ends_on);
    static void take_signals();
    // From any thread, before or while it serves.
    void stop();

private:
    // One client.
    struct Client {
        int socket = -1;
        std::chrono::steady_clock::time_point until;
        bool is_ended = false;
        bool has_head = false;
        bool is_answered = false;
        std::optional<HttpRequest> request;
    };
    // What the library calls back.
    struct Callbacks;

    WitnessServer(const ServedWitness& witness, Log& log, const HttpLimits& limits)
        : witness_(witness), log_(log), limits_(limits) {}
    Result<void> start(const ListenAddress& at);
    int wait_ms() const;
    bool is_asked() const;
    void stop_accepting();
    void end_overdue();
    bool has_gone(const Client& client) const;
    // Null where more of the request is to come.
    std::optional<HttpAnswer> take_head(Client& client, HttpRequest head);
    HttpAnswer answer(const Client& client);

    const ServedWitness& witness_;
    Log& log_;
    HttpLimits limits_;
    ListenAddress address_;
    int listening_ = -1;
    int stopped_ = -1;  // an eventfd
    MHD_Daemon* daemon_ = nullptr;
    std::map<const MHD_Connection*, Client> clients_;
    bool has_room_again_ = false;  // somebody has gone since the library looked for new ones
};

}  // namespace wsoa
