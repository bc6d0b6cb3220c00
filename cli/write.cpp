#include "cli/write.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace wsoa {

int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (errno == EAGAIN) {
            // Whoever started us left the pipe non-blocking.
            pollfd waiting{descriptor, POLLOUT, 0};
            ::poll(&waiting, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

std::string reason_of(int number) { return std::generic_category().message(number); }

}  // namespace wsoa
