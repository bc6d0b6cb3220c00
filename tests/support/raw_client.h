#pragma once

#include "ledger/base/check.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa::test {

// A connection to a port of this machine over which a test says what no client would.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // Whoever waits in vain for an answer fails, and does not wait for ever.
        const timeval patience{.tv_sec = 60, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        CHECK(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) ==
              0);
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // As much of it as is listened to.
    void say(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    void stop_talking() const { ::shutdown(socket_, SHUT_WR); }
    // All that comes until the other side ends.
    std::string hear() const {
        std::string heard;
        std::array<char, 4'096> buffer{};
        for (ssize_t count = 0; (count = ::recv(socket_, buffer.data(), buffer.size(), 0)) > 0;) {
            heard.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return heard;
    }

private:
    int socket_;
};

// All that is answered to these bytes.
inline std::string heard_from(std::uint16_t port, std::string_view bytes) {
    const RawClient client(port);
    client.say(bytes);
    return client.hear();
}

}  // namespace wsoa::test
