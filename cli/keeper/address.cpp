#include "cli/keeper/address.h"

#include <sys/socket.h>

#include <algorithm>

namespace wsoa {

Result<sockaddr_un> socket_address(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto text = path.string();
    if (text.size() >= sizeof(address.sun_path)) {
        return error(Fault::invalid, "the path {} is too long for a socket, by {} bytes", text,
                     text.size() - sizeof(address.sun_path) + 1)
            .advise("give a shorter one with --socket PATH");
    }
    std::copy(text.begin(), text.end(), address.sun_path);
    return address;
}

}  // namespace wsoa
