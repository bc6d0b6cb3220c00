// The one home of libmicrohttpd. What it is trusted with: sockets, and cutting a stream of bytes
// into head and body. What it takes that we do not is refused in answer.cpp.

#include "cli/witness_http/server.h"

#include "cli/witness_http/system_library.h"

#include <microhttpd.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace wsoa {
namespace {

using Steady = std::chrono::steady_clock;

// What is used of the library.
struct Functions {
    decltype(&::MHD_start_daemon) start_daemon = nullptr;
    decltype(&::MHD_quiesce_daemon) quiesce_daemon = nullptr;
    decltype(&::MHD_stop_daemon) stop_daemon = nullptr;
    decltype(&::MHD_run) run = nullptr;
    decltype(&::MHD_get_timeout) get_timeout = nullptr;
    decltype(&::MHD_get_daemon_info) get_daemon_info = nullptr;
    decltype(&::MHD_get_connection_info) get_connection_info = nullptr;
    decltype(&::MHD_get_connection_values) get_connection_values = nullptr;
    decltype(&::MHD_create_response_from_buffer) create_response_from_buffer = nullptr;
    decltype(&::MHD_add_response_header) add_response_header = nullptr;
    decltype(&::MHD_queue_response) queue_response = nullptr;
    decltype(&::MHD_destroy_response) destroy_response = nullptr;
};

Result<Functions> load() {
    const auto library = TRY(SystemLibrary::load(WSOA_LIBMICROHTTPD));
    Functions found;
    TRY(library.find(found.start_daemon, "MHD_start_daemon"));
    TRY(library.find(found.quiesce_daemon, "MHD_quiesce_daemon"));
    TRY(library.find(found.stop_daemon, "MHD_stop_daemon"));
    TRY(library.find(found.run, "MHD_run"));
    TRY(library.find(found.get_timeout, "MHD_get_timeout"));
    TRY(library.find(found.get_daemon_info, "MHD_get_daemon_info"));
    TRY(library.find(found.get_connection_info, "MHD_get_connection_info"));
    TRY(library.find(found.get_connection_values, "MHD_get_connection_values"));
    TRY(library.find(found.create_response_from_buffer, "MHD_create_response_from_buffer"));
    TRY(library.find(found.add_response_header, "MHD_add_response_header"));
    TRY(library.find(found.queue_response, "MHD_queue_response"));
    TRY(library.find(found.destroy_response, "MHD_destroy_response"));
    return found;
}

// Loaded once, by the first server that starts.
const Result<Functions>& loaded() {
    static const auto functions = load();
    return functions;
}
// Once it is.
const Functions& mhd() { return loaded().value(); }

// What an answer opens itself, and what the process has open already.
constexpr rlim_t files_kept_free = 32;

unsigned connections_within(unsigned wanted) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) {
        return wanted;
    }
    const auto left = files.rlim_cur > files_kept_free ? files.rlim_cur - files_kept_free : 1;
    return static_cast<unsigned>(std::min<rlim_t>(wanted, left));
}

sigset_t ending_signals() {
    sigset_t signals{};
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    return signals;
}

// A descriptor that is closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

// Everything an answer says beside its body. Null if there is no memory for it.
MHD_Response* response_of(const HttpAnswer& answer) {
    // The library takes the bytes as they are and copies them; its type is older than const.
    auto* const bytes = const_cast<char*>(answer.body.data());
    auto* const response =
        mhd().create_response_from_buffer(answer.body.size(), bytes, MHD_RESPMEM_MUST_COPY);
    if (response == nullptr) {
        return nullptr;
    }
    mhd().add_response_header(response, "Content-Type", answer.content_type.c_str());
    mhd().add_response_header(response, "Cache-Control", "no-store");
    mhd().add_response_header(response, "X-Content-Type-Options", "nosniff");
    mhd().add_response_header(response, "Connection", "close");
    for (const auto& [name, value] : answer.headers) {
        mhd().add_response_header(response, name.c_str(), value.c_str());
    }
    return response;
}

MHD_Result queue(MHD_Connection* connection, const HttpAnswer& answer) {
    auto* const response = response_of(answer);
    if (response == nullptr) {
        return MHD_NO;
    }
    const auto queued = mhd().queue_response(connection, answer.status, response);
    mhd().destroy_response(response);
    return queued;
}

MHD_Result add_header(void* headers, MHD_ValueKind, const char* name, const char* value) {
    static_cast<HttpHeaders*>(headers)->emplace_back(name, value == nullptr ? "" : value);
    return MHD_YES;
}

}  // namespace

// None of them lets an exception out into the library, which is C: what throws, for want of memory,
// ends the process, and nothing is signed.
struct WitnessServer::Callbacks {
    static void on_connection(void* self, MHD_Connection* connection, void**,
                              MHD_ConnectionNotificationCode what) noexcept {
        auto& server = *static_cast<WitnessServer*>(self);
        if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
            server.clients_.erase(connection);
            server.has_room_again_ = true;
            return;
        }
        const auto* const info =
            mhd().get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        auto& client = server.clients_[connection];
        client.socket = info == nullptr ? -1 : info->connect_fd;
        client.until = Steady::now() + server.limits_.whole_max;
    }

    // The target as it was sent; what the library makes of it later is not looked at.
    static void* on_target(void* self, const char* target, MHD_Connection* connection) noexcept {
        auto& client = static_cast<WitnessServer*>(self)->clients_[connection];
        client.has_head = false;
        client.is_answered = false;
        client.request = HttpRequest{.method = {}, .target = target};
        return nullptr;
    }

    static std::size_t leave_escapes(void*, MHD_Connection*, char* text) noexcept {
        return std::strlen(text);
    }

    // The library asks for these eight.
    // NOLINTNEXTLINE(readability-function-size)
    static MHD_Result on_request(void* self, MHD_Connection* connection, const char*,
                                 const char* method, const char* version, const char* bytes,
                                 std::size_t* count, void**) noexcept {
        auto& server = *static_cast<WitnessServer*>(self);
        auto& client = server.clients_[connection];
        if (!client.request) {
            return MHD_NO;
        }
        if (!client.has_head) {
            HttpRequest head{
                .method = method, .target = client.request->target, .version = version};
            mhd().get_connection_values(connection, MHD_HEADER_KIND, add_header, &head.headers);
            const auto refused = server.take_head(client, std::move(head));
            return refused ? answer(client, connection, *refused) : MHD_YES;
        }
        if (*count > 0) {
            if (client.request->body.size() + *count > WitnessRequest::bytes_max) {
                return MHD_NO;
            }
            client.request->body.append(bytes, *count);
            *count = 0;
            return MHD_YES;
        }
        return answer(client, connection, server.answer(client));
    }

    static MHD_Result answer(Client& client, MHD_Connection* connection, const HttpAnswer& answer) {
        client.is_answered = true;
        return queue(connection, answer);
    }

    static void on_trouble(void* self, const char* format, std::va_list arguments) noexcept {
        std::array<char, 512> text{};
        static_cast<void>(std::vsnprintf(text.data(), text.size(), format, arguments));
        static_cast<WitnessServer*>(self)->log_.write(
            Log::Level::info, fmt::format("event=http_library says=\"{}\"", text.data()));
    }
};

Result<std::unique_ptr<WitnessServer>> WitnessServer::open(const ListenAddress& at,
                                                           const ServedWitness& witness, Log& log,
                                                           const HttpLimits& limits) {
    std::unique_ptr<WitnessServer> server(new WitnessServer(witness, log, limits));
    TRY(server->start(at));
    return server;
}

Result<void> WitnessServer::start(const ListenAddress& at) {
    if (!loaded().ok()) {
        return loaded().error();
    }
    stopped_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (stopped_ < 0) {
        return error(Fault::unavailable, "no descriptor is free: {}", std::strerror(errno));
    }
    listening_ = TRY(listen_on(at));
    address_ = TRY(address_of(listening_));
    daemon_ = mhd().start_daemon(
        MHD_USE_EPOLL | MHD_USE_ERROR_LOG, 0, nullptr, nullptr, &Callbacks::on_request, this,
        MHD_OPTION_EXTERNAL_LOGGER, &Callbacks::on_trouble, this,  //
        MHD_OPTION_LISTEN_SOCKET, listening_,                      //
        MHD_OPTION_CONNECTION_LIMIT, connections_within(limits_.connections_max),
        MHD_OPTION_CONNECTION_TIMEOUT, limits_.idle_seconds_max,        //
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits_.head_bytes_max,     //
        MHD_OPTION_STRICT_FOR_CLIENT, 1,                                //
        MHD_OPTION_NOTIFY_CONNECTION, &Callbacks::on_connection, this,  //
        MHD_OPTION_URI_LOG_CALLBACK, &Callbacks::on_target, this,       //
        MHD_OPTION_UNESCAPE_CALLBACK, &Callbacks::leave_escapes, this,  //
        MHD_OPTION_END);
    if (daemon_ == nullptr) {
        return error(Fault::unavailable, "libmicrohttpd did not start on {}", address_.str());
    }
    return done();
}

WitnessServer::~WitnessServer() {
    if (daemon_ != nullptr) {
        mhd().stop_daemon(daemon_);
        clients_.clear();
    }
    for (const int descriptor : {listening_, stopped_}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

void WitnessServer::take_signals() {
    const auto signals = ending_signals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void WitnessServer::stop() {
    // It can only fail where the count is full already, and then it ends all the same.
    static_cast<void>(::eventfd_write(stopped_, 1));
}

Result<void> WitnessServer::serve(EndsOn ends_on) {
    const auto signals = ending_signals();
    const Descriptor signalled(ends_on == EndsOn::stop_or_signal
                                   ? ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK)
                                   : -1);
    const auto* const events = mhd().get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
    if (events == nullptr || (ends_on == EndsOn::stop_or_signal && signalled.number() < 0)) {
        return error(Fault::unavailable, "no descriptor is free: {}", std::strerror(errno));
    }
    std::array<pollfd, 3> watched{pollfd{events->epoll_fd, POLLIN, 0}, pollfd{stopped_, POLLIN, 0},
                                  pollfd{signalled.number(), POLLIN, 0}};
    bool is_ending = false;
    while (!is_ending || is_asked()) {
        // Once it ends, what told it so is not looked at again.
        const int ready = ::poll(watched.data(), is_ending ? 1 : watched.size(), wait_ms());
        if (ready < 0 && errno != EINTR) {
            return error(Fault::unavailable, "waiting for clients failed: {}",
                         std::strerror(errno));
        }
        if (!is_ending && (watched[1].revents != 0 || watched[2].revents != 0)) {
            is_ending = true;
            stop_accepting();
        }
        has_room_again_ = false;
        if (mhd().run(daemon_) != MHD_YES) {
            return Error{Fault::unavailable, "libmicrohttpd cannot go on"};
        }
        end_overdue();
    }
    return done();
}

// Until something is due: what the library waits for, or a client's end. Where all places were
// taken, its descriptor tells of those who wait only after it has been run once more.
int WitnessServer::wait_ms() const {
    if (has_room_again_) {
        return 0;
    }
    MHD_UNSIGNED_LONG_LONG own = 0;
    std::int64_t wait = std::chrono::milliseconds(limits_.whole_max).count();
    if (mhd().get_timeout(daemon_, &own) == MHD_YES) {
        wait = std::min(wait, static_cast<std::int64_t>(own));
    }
    const auto now = Steady::now();
    for (const auto& [connection, client] : clients_) {
        if (!client.is_ended) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(client.until - now).count();
            wait = std::min(wait, std::max<std::int64_t>(0, left));
        }
    }
    return static_cast<int>(wait);
}

bool WitnessServer::is_asked() const {
    return std::ranges::any_of(clients_,
                               [](const auto& one) { return one.second.request.has_value(); });
}

void WitnessServer::stop_accepting() {
    const auto socket = mhd().quiesce_daemon(daemon_);
    if (socket != MHD_INVALID_SOCKET) {
        ::close(socket);
    }
    listening_ = -1;
}

// Whether it will send no more, though its request is not whole.
bool WitnessServer::has_gone(const Client& client) const {
    char next = 0;
    return !client.is_answered &&
           ::recv(client.socket, &next, sizeof(next), MSG_PEEK | MSG_DONTWAIT) == 0;
}

// The library counts from a client's last byte, so that one byte every few seconds would hold a
// place for ever, and it waits as long for the rest of a request from one that has hung up. Nobody
// closes a descriptor meanwhile: the library does so on this thread alone.
void WitnessServer::end_overdue() {
    const auto now = Steady::now();
    for (auto& [connection, client] : clients_) {
        if (!client.is_ended && (client.until <= now || has_gone(client))) {
            client.is_ended = true;
            ::shutdown(client.socket, SHUT_RDWR);
            log_.write(Log::Level::info, "event=request_unfinished");
        }
    }
}

std::optional<HttpAnswer> WitnessServer::take_head(Client& client, HttpRequest head) {
    client.has_head = true;
    client.request = std::move(head);
    auto refused = refuse_head(*client.request);
    if (refused) {
        log_.write(Log::Level::info, fmt::format("event=refused status={}", refused->status));
    }
    return refused;
}

HttpAnswer WitnessServer::answer(const Client& client) {
    const auto begin = Steady::now();
    auto answer = answer_http(*client.request, witness_);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin);
    auto line =
        fmt::format("event=answered method={} status={} bytes={} ms={}", client.request->method,
                    answer.status, client.request->body.size(), took.count());
    if (!answer.reason.empty()) {
        line += fmt::format(" reason=\"{}\"", answer.reason);
    }
    log_.write(answer.status >= 500 ? Log::Level::warning : Log::Level::info, line);
    return answer;
}

}  // namespace wsoa
