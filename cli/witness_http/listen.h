#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

// Where a server listens: an address of this machine in figures, and a port; 0 is one that is free.
struct ListenAddress {
    enum class Family : std::uint8_t { ipv4, ipv6 };
    Family family = Family::ipv4;
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;

    // "127.0.0.1:8080" or "[::1]:8080". `invalid` for anything else, a name too: what a name leads
    // to may change.
    static Result<ListenAddress> parse(std::string_view text);
    std::string str() const;
    // Whether only this machine reaches it.
    bool is_loopback() const;
    bool operator==(const ListenAddress&) const = default;
};

// A socket that listens and does not block; the caller closes it. `unavailable`, saying why, if
// that address cannot be had.
Result<int> listen_on(const ListenAddress& address);

// Where a socket listens.
Result<ListenAddress> address_of(int socket);

}  // namespace wsoa
