#include "ledger/store/system_call.h"

#include <unistd.h>

#include <system_error>

namespace wsoa {

Error call_failure(int code, std::string_view doing, const std::filesystem::path& path) {
    const auto fault = code == ENOENT   ? Fault::missing
                       : code == EEXIST ? Fault::conflict
                                        : Fault::unavailable;
    auto failed = error(fault, "{} {} failed: {}", doing, path.string(),
                        std::system_category().message(code));
    if (code == ENOSPC || code == EDQUOT) {
        failed.advice = "make room on that disk, then try again";
    } else if (code == EACCES || code == EPERM || code == EROFS) {
        failed.advice = "see that you may write and read there";
    }
    return failed;
}

Result<void> write_all(int descriptor, std::uint64_t offset, ByteView bytes,
                       const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const auto count = uninterrupted([&] {
            return ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        });
        if (count < 0) {
            return call_failure(errno, "writing", path);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return done();
}

Result<void> sync_all(int descriptor, const std::filesystem::path& path) {
    if (uninterrupted([&] { return ::fsync(descriptor); }) != 0) {
        return call_failure(errno, "syncing", path);
    }
    return done();
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace wsoa
