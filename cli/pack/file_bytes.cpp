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

Result<void> FileBytes::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
    for (std::size_t at = 0; at < into.size();) {
        const auto got =
            ::pread(file_, into.data() + at, into.size() - at, static_cast<off_t>(offset + at));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return error(got == 0 ? Fault::corrupt : Fault::unavailable, "it cannot be read: {}",
                         got == 0 ? "it ends before it should" : std::strerror(errno));
        }
        at += static_cast<std::size_t>(got);
    }
    return done();
}

}  // namespace wsoa
