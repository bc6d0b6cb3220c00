#include "ledger/store/files.h"
#include "ledger/store/system_call.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

// What is asked of the system at once, whatever a caller would take: a whole piece of a document,
// since bytes that grow are copied each time.
constexpr std::size_t read_bytes = std::size_t{1} << 20U;

}  // namespace

Result<std::unique_ptr<OpenFile>> OpenFile::open(const fs::path& path, Use use) {
    int flags = O_CLOEXEC;
    switch (use) {
        case Use::read: flags |= O_RDONLY; break;
        case Use::write: flags |= O_RDWR; break;
        case Use::create_write: flags |= O_RDWR | O_CREAT; break;
    }
    const int descriptor = uninterrupted([&] { return ::open(path.c_str(), flags, 0644); });
    if (descriptor < 0) {
        return call_failure(errno, "opening", path);
    }
    return std::unique_ptr<OpenFile>(new OpenFile(descriptor, path));
}

OpenFile::~OpenFile() { ::close(descriptor_); }

Result<Bytes> OpenFile::read_at(std::uint64_t offset, std::size_t bytes_max) const {
    Bytes bytes;
    while (bytes.size() < bytes_max) {
        const auto start = bytes.size();
        bytes.resize(start + std::min(read_bytes, bytes_max - start));
        const auto count = uninterrupted([&] {
            return ::pread(descriptor_, bytes.data() + start, bytes.size() - start,
                           static_cast<off_t>(offset + start));
        });
        if (count < 0) {
            return call_failure(errno, "reading", path_);
        }
        bytes.resize(start + static_cast<std::size_t>(count));
        if (count == 0) {
            break;
        }
    }
    return bytes;
}

Result<void> OpenFile::write_at(std::uint64_t offset, ByteView bytes) {
    return write_all(descriptor_, offset, bytes, path_);
}

Result<void> OpenFile::resize(std::uint64_t bytes) {
    if (uninterrupted([&] { return ::ftruncate(descriptor_, static_cast<off_t>(bytes)); }) != 0) {
        return call_failure(errno, "resizing", path_);
    }
    return done();
}

Result<void> OpenFile::sync() {
    if (uninterrupted([&] { return ::fdatasync(descriptor_); }) != 0) {
        return call_failure(errno, "syncing", path_);
    }
    return done();
}

Result<bool> OpenFile::try_lock() {
    if (uninterrupted([&] { return ::flock(descriptor_, LOCK_EX | LOCK_NB); }) == 0) {
        return true;
    }
    if (errno == EWOULDBLOCK) {
        return false;
    }
    return call_failure(errno, "locking", path_);
}

}  // namespace wsoa
