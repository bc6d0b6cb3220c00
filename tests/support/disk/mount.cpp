// The system's calls, as the linker hands them over (ld(1), --wrap): what lies on the mounted disk
// is answered by it, everything else by the system.

#include "tests/support/disk/mount.h"

#include "ledger/base/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <memory>

namespace wsoa::test {
namespace {

// Above every descriptor that a process may have.
constexpr int first_descriptor = 1'000'000'000;

struct Opened {
    Disk* disk = nullptr;
    Disk::NodeId node = 0;
    std::uint64_t offset = 0;
    bool has_lock = false;
};

struct Listing {
    std::vector<std::string> names;
    std::size_t next = 0;
    dirent entry{};
};

// What the wrapped functions, which have no object, share.
struct Mounted {
    std::mutex mutex;
    Disk* disk = nullptr;
    std::map<int, Opened> files;
    std::map<DIR*, std::unique_ptr<Listing>> listings;
    int next = first_descriptor;
    int temporaries = 0;
};

Mounted& mounted() {
    static Mounted only;
    return only;
}

bool is_ours(const char* path) {
    const std::string_view start(mount_point);
    const std::string_view whole(path);
    return whole.starts_with(start) && (whole.size() == start.size() || whole[start.size()] == '/');
}
bool is_ours(int descriptor) { return descriptor >= first_descriptor; }

std::string_view on_disk(const char* path) {
    CHECK(mounted().disk != nullptr);
    return std::string_view(path).substr(std::string_view(mount_point).size());
}

// The system's way to answer: 0, or -1 and errno.
int answer(int code) {
    errno = code;
    return code == 0 ? 0 : -1;
}

Opened opened(int descriptor) {
    const std::lock_guard lock(mounted().mutex);
    return mounted().files.at(descriptor);
}

int add(Disk& disk, Disk::NodeId node) {
    const std::lock_guard lock(mounted().mutex);
    mounted().files[mounted().next] = Opened{.disk = &disk, .node = node};
    return mounted().next++;
}

int open_on_disk(const char* path, int flags) {
    auto& disk = *mounted().disk;
    Disk::NodeId node = 0;
    int code = 0;
    if ((flags & O_DIRECTORY) != 0) {
        code = disk.find_folder(on_disk(path), node);
    } else {
        auto creates = Disk::Creates::nothing;
        if ((flags & O_CREAT) != 0) {
            creates = (flags & O_EXCL) != 0 ? Disk::Creates::only_new : Disk::Creates::if_missing;
        }
        code = disk.open(on_disk(path), creates, node);
    }
    return code == 0 ? add(disk, node) : answer(code);
}

void fill(struct stat& to, const Disk::About& about) {
    to = {};
    to.st_mode = about.is == DiskImage::Node::Is::folder ? S_IFDIR | 0700U : S_IFREG | 0644U;
    to.st_size = static_cast<off_t>(about.size);
    to.st_nlink = about.links;
}

ssize_t read_on_disk(const Opened& file, std::uint64_t offset, void* to, std::size_t count) {
    Bytes bytes;
    const auto code = file.disk->read(file.node, offset, count, bytes);
    if (code != 0) {
        return answer(code);
    }
    std::ranges::copy(bytes, static_cast<std::uint8_t*>(to));
    return static_cast<ssize_t>(bytes.size());
}

}  // namespace

Mount::Mount(Disk& disk) {
    CHECK(mounted().disk == nullptr);
    mounted().disk = &disk;
}

Mount::~Mount() { mounted().disk = nullptr; }

}  // namespace wsoa::test

// The names are the linker's.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {

using wsoa::test::add;
using wsoa::test::answer;
using wsoa::test::Disk;
using wsoa::test::is_ours;
using wsoa::test::mounted;
using wsoa::test::on_disk;
using wsoa::test::opened;

int __real_open(const char* path, int flags, ...);
int __real_close(int descriptor);
ssize_t __real_read(int descriptor, void* to, size_t count);
ssize_t __real_pread(int descriptor, void* to, size_t count, off_t offset);
ssize_t __real_pwrite(int descriptor, const void* from, size_t count, off_t offset);
int __real_fsync(int descriptor);
int __real_fdatasync(int descriptor);
int __real_syncfs(int descriptor);
int __real_sync_file_range(int descriptor, off_t offset, off_t bytes, unsigned int flags);
int __real_ftruncate(int descriptor, off_t size);
int __real_fchmod(int descriptor, mode_t mode);
int __real_flock(int descriptor, int operation);
int __real_fstat(int descriptor, struct stat* about);
int __real_lstat(const char* path, struct stat* about);
int __real_rename(const char* from, const char* to);
int __real_link(const char* from, const char* to);
int __real_unlink(const char* path);
int __real_rmdir(const char* path);
int __real_mkdir(const char* path, mode_t mode);
int __real_mkostemps(char* pattern, int suffix, int flags);
DIR* __real_opendir(const char* path);
dirent* __real_readdir(DIR* folder);
int __real_closedir(DIR* folder);

int __wrap_open(const char* path, int flags, ...) {
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    return is_ours(path) ? wsoa::test::open_on_disk(path, flags) : __real_open(path, flags, mode);
}

int __wrap_close(int descriptor) {
    if (!is_ours(descriptor)) {
        return __real_close(descriptor);
    }
    const auto file = opened(descriptor);
    if (file.has_lock) {
        file.disk->unlock(file.node);
    }
    const std::lock_guard lock(mounted().mutex);
    mounted().files.erase(descriptor);
    return 0;
}

ssize_t __wrap_read(int descriptor, void* to, size_t count) {
    if (!is_ours(descriptor)) {
        return __real_read(descriptor, to, count);
    }
    const auto file = opened(descriptor);
    const auto got = wsoa::test::read_on_disk(file, file.offset, to, count);
    if (got > 0) {
        const std::lock_guard lock(mounted().mutex);
        mounted().files.at(descriptor).offset += static_cast<std::uint64_t>(got);
    }
    return got;
}

ssize_t __wrap_pread(int descriptor, void* to, size_t count, off_t offset) {
    return is_ours(descriptor)
               ? wsoa::test::read_on_disk(opened(descriptor), static_cast<std::uint64_t>(offset),
                                          to, count)
               : __real_pread(descriptor, to, count, offset);
}

ssize_t __wrap_pwrite(int descriptor, const void* from, size_t count, off_t offset) {
    if (!is_ours(descriptor)) {
        return __real_pwrite(descriptor, from, count, offset);
    }
    const auto file = opened(descriptor);
    const wsoa::ByteView bytes(static_cast<const std::uint8_t*>(from), count);
    const auto code = file.disk->write(file.node, static_cast<std::uint64_t>(offset), bytes);
    return code == 0 ? static_cast<ssize_t>(count) : answer(code);
}

int __wrap_fsync(int descriptor) {
    if (!is_ours(descriptor)) {
        return __real_fsync(descriptor);
    }
    const auto file = opened(descriptor);
    return answer(file.disk->sync(file.node));
}

int __wrap_fdatasync(int descriptor) {
    return is_ours(descriptor) ? __wrap_fsync(descriptor) : __real_fdatasync(descriptor);
}

int __wrap_syncfs(int descriptor) {
    return is_ours(descriptor) ? answer(opened(descriptor).disk->sync_all())
                               : __real_syncfs(descriptor);
}

// Makes nothing durable, so that it changes nothing here.
int __wrap_sync_file_range(int descriptor, off_t offset, off_t bytes, unsigned int flags) {
    return is_ours(descriptor) ? 0 : __real_sync_file_range(descriptor, offset, bytes, flags);
}

int __wrap_ftruncate(int descriptor, off_t size) {
    if (!is_ours(descriptor)) {
        return __real_ftruncate(descriptor, size);
    }
    const auto file = opened(descriptor);
    return answer(file.disk->truncate(file.node, static_cast<std::uint64_t>(size)));
}

int __wrap_fchmod(int descriptor, mode_t mode) {
    return is_ours(descriptor) ? 0 : __real_fchmod(descriptor, mode);
}

int __wrap_flock(int descriptor, int operation) {
    if (!is_ours(descriptor)) {
        return __real_flock(descriptor, operation);
    }
    auto file = opened(descriptor);
    if (!file.has_lock && !file.disk->try_lock(file.node)) {
        return answer(EWOULDBLOCK);
    }
    const std::lock_guard lock(mounted().mutex);
    mounted().files.at(descriptor).has_lock = true;
    return 0;
}

int __wrap_fstat(int descriptor, struct stat* to) {
    if (!is_ours(descriptor)) {
        return __real_fstat(descriptor, to);
    }
    const auto file = opened(descriptor);
    Disk::About about;
    const auto code = file.disk->about(file.node, about);
    wsoa::test::fill(*to, about);
    return answer(code);
}

int __wrap_lstat(const char* path, struct stat* to) {
    if (!is_ours(path)) {
        return __real_lstat(path, to);
    }
    Disk::About about;
    const auto code = mounted().disk->about(on_disk(path), about);
    wsoa::test::fill(*to, about);
    return answer(code);
}

int __wrap_rename(const char* from, const char* to) {
    return is_ours(from) ? answer(mounted().disk->rename(on_disk(from), on_disk(to)))
                         : __real_rename(from, to);
}

int __wrap_link(const char* from, const char* to) {
    return is_ours(from) ? answer(mounted().disk->link(on_disk(from), on_disk(to)))
                         : __real_link(from, to);
}

int __wrap_unlink(const char* path) {
    return is_ours(path) ? answer(mounted().disk->remove(on_disk(path))) : __real_unlink(path);
}

int __wrap_rmdir(const char* path) {
    return is_ours(path) ? answer(mounted().disk->remove(on_disk(path))) : __real_rmdir(path);
}

int __wrap_mkdir(const char* path, mode_t mode) {
    return is_ours(path) ? answer(mounted().disk->make_folder(on_disk(path)))
                         : __real_mkdir(path, mode);
}

int __wrap_mkostemps(char* pattern, int suffix, int flags) {
    if (!is_ours(pattern)) {
        return __real_mkostemps(pattern, suffix, flags);
    }
    // Never the same name twice.
    auto number = mounted().temporaries++;
    auto* end = pattern + std::strlen(pattern) - suffix;
    for (auto* letter = end - 6; letter != end; ++letter) {
        *letter = static_cast<char>('a' + number % 26);
        number /= 26;
    }
    Disk::NodeId node = 0;
    auto& disk = *mounted().disk;
    const auto code = disk.open(on_disk(pattern), Disk::Creates::only_new, node);
    return code == 0 ? add(disk, node) : answer(code);
}

DIR* __wrap_opendir(const char* path) {
    if (!is_ours(path)) {
        return __real_opendir(path);
    }
    auto listing = std::make_unique<wsoa::test::Listing>();
    const auto code = mounted().disk->list(on_disk(path), listing->names);
    if (code != 0) {
        errno = code;
        return nullptr;
    }
    // The system's type is never looked into; it only names the listing.
    auto* key = reinterpret_cast<DIR*>(listing.get());
    const std::lock_guard lock(mounted().mutex);
    mounted().listings.emplace(key, std::move(listing));
    return key;
}

dirent* __wrap_readdir(DIR* folder) {
    std::unique_lock lock(mounted().mutex);
    const auto found = mounted().listings.find(folder);
    if (found == mounted().listings.end()) {
        lock.unlock();
        return __real_readdir(folder);
    }
    auto& listing = *found->second;
    if (listing.next == listing.names.size()) {
        return nullptr;
    }
    const auto& name = listing.names[listing.next++];
    CHECK(name.size() < sizeof(listing.entry.d_name));
    std::copy_n(name.c_str(), name.size() + 1, &listing.entry.d_name[0]);
    return &listing.entry;
}

int __wrap_closedir(DIR* folder) {
    std::unique_lock lock(mounted().mutex);
    if (mounted().listings.erase(folder) > 0) {
        return 0;
    }
    lock.unlock();
    return __real_closedir(folder);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
