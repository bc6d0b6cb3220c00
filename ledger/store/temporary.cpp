#include "ledger/store/temporary.h"

#include "ledger/store/system_call.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

mode_t mode_of(Access access) {
    switch (access) {
        case Access::owner: return 0600;
        case Access::everyone: return 0644;
    }
    CHECK(false);
}

}  // namespace

Held::~Held() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void Held::hold(int descriptor) {
    CHECK(descriptor_ < 0);
    descriptor_ = descriptor;
}

int Held::released() { return std::exchange(descriptor_, -1); }

Result<void> Held::close(const fs::path& path) {
    const int closing = released();
    if (::close(closing) != 0 && errno != EINTR) {
        return call_failure(errno, "closing", path);
    }
    return done();
}

Temporary::~Temporary() {
    if (!path_.empty()) {
        ::unlink(path_.c_str());
    }
}

Result<void> Temporary::write(const fs::path& place, ByteView bytes, Access access) {
    CHECK(place_.empty());
    place_ = place;
    auto name =
        (folder_of(place) / fmt::format(".{}.XXXXXX.tmp", place.filename().string())).string();
    file_.hold(uninterrupted([&] { return ::mkostemps(name.data(), 4, O_CLOEXEC); }));
    if (file_.get() < 0) {
        return call_failure(errno, "creating a file beside", place);
    }
    path_ = name;
    if (::fchmod(file_.get(), mode_of(access)) != 0) {
        return call_failure(errno, "setting the permissions of", path_);
    }
    size_ = bytes.size();
    return write_all(file_.get(), 0, bytes, path_);
}

Result<void> Temporary::begin_sync() const {
    if (::sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WRITE) != 0) {
        return call_failure(errno, "writing", path_);
    }
    return done();
}

Result<void> Temporary::sync() const { return sync_all(file_.get(), path_); }

Result<void> Temporary::close() { return file_.close(path_); }

Result<void> Temporary::rename_into_place() {
    if (::rename(path_.c_str(), place_.c_str()) != 0) {
        return call_failure(errno, "putting in place", place_);
    }
    path_.clear();
    return done();
}

Result<void> Temporary::link_into_place() {
    if (::link(path_.c_str(), place_.c_str()) != 0) {
        return call_failure(errno, "creating", place_);
    }
    TRY(remove_file(path_));
    path_.clear();
    return done();
}

}  // namespace wsoa
