#include "cli/pack/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace wsoa {

Result<std::unique_ptr<FileBytes>> FileBytes::open(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return error(errno == ENOENT ? Fault::missing : Fault::unavailable, "{}: {}", path.string(),
                     std::strerror(errno));
    }
    struct stat about {};
    const bool is_file = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    if (!is_file) {
        ::close(file);
        return error(Fault::invalid, "{} is no file", path.string());
    }
    return std::unique_ptr<FileBytes>(
        new FileBytes(file, static_cast<std::uint64_t>(about.st_size)));
}

FileBytes::~FileBytes() { ::close(file_); }

Result<Bytes> FileBytes::read(std::uint64_t offset, std::size_t count) const {
    if (offset > size_ || count > size_ - offset) {
        return Error{Fault::corrupt, "it ends before it should"};
    }
    Bytes bytes(count);
    std::size_t at = 0;
    while (at < count) {
        const auto got =
            ::pread(file_, bytes.data() + at, count - at, static_cast<off_t>(offset + at));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return error(got == 0 ? Fault::corrupt : Fault::unavailable, "it cannot be read: {}",
                         got == 0 ? "it was cut short meanwhile" : std::strerror(errno));
        }
        at += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace wsoa
