#include "cli/witness_http/listen.h"

#include "ledger/base/text.h"
#include "ledger/tree/lines.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

namespace wsoa {
namespace {

constexpr int waiting_connections_max = 128;

using Family = ListenAddress::Family;

int number_of(Family family) { return family == Family::ipv4 ? AF_INET : AF_INET6; }

// Room for either sort, and how much of it is used.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    sockaddr_in* ipv4() { return reinterpret_cast<sockaddr_in*>(&storage); }
    sockaddr_in6* ipv6() { return reinterpret_cast<sockaddr_in6*>(&storage); }
};

SocketAddress of(const ListenAddress& address) {
    SocketAddress out;
    out.storage.ss_family = static_cast<sa_family_t>(number_of(address.family));
    void* host = nullptr;
    if (address.family == Family::ipv4) {
        out.ipv4()->sin_port = htons(address.port);
        out.size = sizeof(sockaddr_in);
        host = &out.ipv4()->sin_addr;
    } else {
        out.ipv6()->sin6_port = htons(address.port);
        out.size = sizeof(sockaddr_in6);
        host = &out.ipv6()->sin6_addr;
    }
    CHECK(::inet_pton(number_of(address.family), address.host.c_str(), host) == 1);
    return out;
}

Error no_address(std::string_view text) {
    return error(Fault::invalid, "{} is no address to listen on", excerpt_of(text))
        .advise("write it in figures with a port, such as 127.0.0.1:8080 or [::1]:8080");
}

Error failure(const ListenAddress& address) {
    return error(Fault::unavailable, "listening on {} failed: {}", address.str(),
                 std::strerror(errno));
}

}  // namespace

Result<ListenAddress> ListenAddress::parse(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return no_address(text);
    }
    auto host = text.substr(0, colon);
    ListenAddress address;
    if (host.starts_with('[') && host.ends_with(']')) {
        address.family = Family::ipv6;
        host = host.substr(1, host.size() - 2);
    }
    address.host = std::string(host);
    const auto port = parse_decimal(text.substr(colon + 1));
    std::array<std::uint8_t, sizeof(in6_addr)> parsed{};
    if (!port.ok() || port.value() > std::numeric_limits<std::uint16_t>::max() ||
        address.host.find('\0') != std::string::npos ||
        ::inet_pton(number_of(address.family), address.host.c_str(), parsed.data()) != 1) {
        return no_address(text);
    }
    address.port = static_cast<std::uint16_t>(port.value());
    return address;
}

std::string ListenAddress::str() const {
    return family == Family::ipv4 ? fmt::format("{}:{}", host, port)
                                  : fmt::format("[{}]:{}", host, port);
}

bool ListenAddress::is_loopback() const {
    return family == Family::ipv4 ? host.starts_with("127.") : host == "::1";
}

Result<int> listen_on(const ListenAddress& address) {
    const int socket =
        ::socket(number_of(address.family), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) {
        return failure(address);
    }
    const int yes = 1;
    auto at = of(address);
    // A port that the last process has just left is taken at once.
    if (::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
        ::bind(socket, at.get(), at.size) != 0 || ::listen(socket, waiting_connections_max) != 0) {
        auto failed = failure(address);
        ::close(socket);
        return failed;
    }
    return socket;
}

Result<ListenAddress> address_of(int socket) {
    SocketAddress at;
    ListenAddress address;
    if (::getsockname(socket, at.get(), &at.size) != 0) {
        return failure(address);
    }
    address.family = at.storage.ss_family == AF_INET6 ? Family::ipv6 : Family::ipv4;
    const void* host = nullptr;
    if (address.family == Family::ipv4) {
        host = &at.ipv4()->sin_addr;
        address.port = ntohs(at.ipv4()->sin_port);
    } else {
        host = &at.ipv6()->sin6_addr;
        address.port = ntohs(at.ipv6()->sin6_port);
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    CHECK(::inet_ntop(number_of(address.family), host, text.data(), text.size()) != nullptr);
    address.host = text.data();
    return address;
}

}  // namespace wsoa
