#include "ledger/store/file_batch.h"

#include "ledger/store/system_call.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

Result<void> fill(int descriptor, ByteView bytes, const fs::path& path) {
    std::uint64_t offset = 0;
    while (!bytes.empty()) {
        const auto count =
            ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return call_failure(errno, "writing", path);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return done();
}

}  // namespace

Result<std::unique_ptr<FileBatch>> FileBatch::open(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return call_failure(errno, "opening", folder);
    }
    return std::unique_ptr<FileBatch>(new FileBatch(descriptor, folder));
}

FileBatch::~FileBatch() {
    for (const auto& file : files_) {
        if (!file.temporary.empty()) {
            ::unlink(file.temporary.c_str());
        }
    }
    ::close(descriptor_);
}

Result<void> FileBatch::add(const fs::path& path, ByteView bytes, Access access) {
    CHECK(!is_full());
    // As write_durably names them, so that destroy_leftovers finds what a crash leaves.
    auto name =
        (path.parent_path() / fmt::format(".{}.XXXXXX.tmp", path.filename().string())).string();
    const int file = ::mkostemps(name.data(), 4, O_CLOEXEC);
    if (file < 0) {
        return call_failure(errno, "creating a file beside", path);
    }
    files_.push_back({name, path});
    auto filled = ::fchmod(file, access == Access::owner ? 0600 : 0644) == 0
                      ? fill(file, bytes, name)
                      : Result<void>(call_failure(errno, "setting the permissions of", name));
    if (::close(file) != 0 && errno != EINTR && filled.ok()) {
        return call_failure(errno, "closing", name);
    }
    return filled;
}

Result<void> FileBatch::sync() const {
    if (::syncfs(descriptor_) != 0) {
        return call_failure(errno, "syncing the disk of", folder_);
    }
    return done();
}

Result<void> FileBatch::commit() {
    if (files_.empty()) {
        return done();
    }
    TRY(sync());
    for (auto& file : files_) {
        if (::rename(file.temporary.c_str(), file.path.c_str()) != 0) {
            return call_failure(errno, "putting in place", file.path);
        }
        file.temporary.clear();
    }
    TRY(sync());
    files_.clear();
    return done();
}

}  // namespace wsoa
