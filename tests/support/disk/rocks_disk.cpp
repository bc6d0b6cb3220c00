#include "tests/support/disk/rocks_disk.h"

#include "tests/support/disk/mount.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/system_clock.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>

namespace wsoa::test {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;
using Node = DiskImage::Node;

// As RocksDB's own layer over POSIX words it (env/io_posix.cc).
IOStatus status_of(int code, const std::string& what) {
    const auto says = std::system_category().message(code);
    switch (code) {
        case 0: return IOStatus::OK();
        case ENOENT: return IOStatus::PathNotFound(what, says);
        case ENOSPC: {
            auto status = IOStatus::NoSpace(what, says);
            status.SetRetryable(true);
            return status;
        }
        default: return IOStatus::IOError(what, says);
    }
}

std::string_view on_disk(const std::string& path) {
    return std::string_view(path).substr(std::string_view(mount_point).size());
}

ByteView view_of(const Slice& slice) { return bytes_of({slice.data(), slice.size()}); }

IOStatus read_into(const Disk& disk, Disk::NodeId node, std::uint64_t offset, std::size_t count,
                   Slice* result, char* scratch) {
    Bytes bytes;
    const auto code = disk.read(node, offset, count, bytes);
    std::ranges::copy(bytes, scratch);
    *result = Slice(scratch, bytes.size());
    return status_of(code, "reading");
}

class SequentialFile final : public rocksdb::FSSequentialFile {
public:
    SequentialFile(const Disk& disk, Disk::NodeId node) : disk_(disk), node_(node) {}
    IOStatus Read(std::size_t n, const IOOptions&, Slice* result, char* scratch,
                  IODebugContext*) override {
        auto status = read_into(disk_, node_, offset_, n, result, scratch);
        offset_ += result->size();
        return status;
    }
    IOStatus Skip(std::uint64_t n) override {
        offset_ += n;
        return IOStatus::OK();
    }

private:
    const Disk& disk_;
    Disk::NodeId node_;
    std::uint64_t offset_ = 0;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFile {
public:
    RandomAccessFile(const Disk& disk, Disk::NodeId node) : disk_(disk), node_(node) {}
    IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions&, Slice* result,
                  char* scratch, IODebugContext*) const override {
        return read_into(disk_, node_, offset, n, result, scratch);
    }

private:
    const Disk& disk_;
    Disk::NodeId node_;
};

class WritableFile final : public rocksdb::FSWritableFile {
public:
    WritableFile(Disk& disk, Disk::NodeId node) : disk_(disk), node_(node) {}
    using FSWritableFile::Append;
    using FSWritableFile::PositionedAppend;
    IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.append(node_, view_of(data)), "writing");
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
        return Append(data, options, debug);
    }
    IOStatus Truncate(std::uint64_t size, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.truncate(node_, size), "truncating");
    }
    IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus Sync(const IOOptions&, IODebugContext*) override {
        return status_of(disk_.sync(node_), "syncing");
    }
    bool IsSyncThreadSafe() const override { return true; }
    std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
        Disk::About about;
        return disk_.about(node_, about) == 0 ? about.size : 0;
    }

private:
    Disk& disk_;
    Disk::NodeId node_;
};

class Folder final : public rocksdb::FSDirectory {
public:
    Folder(Disk& disk, Disk::NodeId node) : disk_(disk), node_(node) {}
    IOStatus Fsync(const IOOptions&, IODebugContext*) override {
        return status_of(disk_.sync(node_), "syncing a folder");
    }

private:
    Disk& disk_;
    Disk::NodeId node_;
};

class Lock final : public rocksdb::FileLock {
public:
    explicit Lock(Disk::NodeId locked) : node(locked) {}
    const Disk::NodeId node;
};

class RocksDisk final : public rocksdb::FileSystem {
public:
    explicit RocksDisk(Disk& disk) : disk_(disk) {}
    const char* Name() const override { return "wsoa test disk"; }

    IOStatus NewSequentialFile(const std::string& path, const FileOptions&,
                               std::unique_ptr<rocksdb::FSSequentialFile>* file,
                               IODebugContext*) override {
        return open(path, Disk::Creates::nothing, [&](Disk::NodeId node) {
            *file = std::make_unique<SequentialFile>(disk_, node);
        });
    }
    IOStatus NewRandomAccessFile(const std::string& path, const FileOptions&,
                                 std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                 IODebugContext*) override {
        return open(path, Disk::Creates::nothing, [&](Disk::NodeId node) {
            *file = std::make_unique<RandomAccessFile>(disk_, node);
        });
    }
    IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                             std::unique_ptr<rocksdb::FSWritableFile>* file,
                             IODebugContext*) override {
        return open(path, Disk::Creates::empty, [&](Disk::NodeId node) {
            *file = std::make_unique<WritableFile>(disk_, node);
        });
    }
    IOStatus ReopenWritableFile(const std::string& path, const FileOptions&,
                                std::unique_ptr<rocksdb::FSWritableFile>* file,
                                IODebugContext*) override {
        return open(path, Disk::Creates::if_missing, [&](Disk::NodeId node) {
            *file = std::make_unique<WritableFile>(disk_, node);
        });
    }
    IOStatus NewDirectory(const std::string& path, const IOOptions&,
                          std::unique_ptr<rocksdb::FSDirectory>* folder, IODebugContext*) override {
        Disk::NodeId node = 0;
        const auto code = disk_.find_folder(on_disk(path), node);
        if (code == 0) {
            *folder = std::make_unique<Folder>(disk_, node);
        }
        return status_of(code, path);
    }
    IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
        Disk::About about;
        const auto code = disk_.about(on_disk(path), about);
        return code == ENOENT ? IOStatus::NotFound(path) : status_of(code, path);
    }
    IOStatus GetChildren(const std::string& path, const IOOptions&, std::vector<std::string>* names,
                         IODebugContext*) override {
        const auto code = disk_.list(on_disk(path), *names);
        return code == ENOENT ? IOStatus::NotFound(path) : status_of(code, path);
    }
    IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.remove(on_disk(path)), path);
    }
    IOStatus Truncate(const std::string& path, std::size_t size, const IOOptions&,
                      IODebugContext*) override {
        IOStatus truncated;
        auto opened = open(path, Disk::Creates::nothing, [&](Disk::NodeId node) {
            truncated = status_of(disk_.truncate(node, size), path);
        });
        return opened.ok() ? truncated : opened;
    }
    IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.make_folder(on_disk(path)), path);
    }
    IOStatus CreateDirIfMissing(const std::string& path, const IOOptions&,
                                IODebugContext*) override {
        const auto code = disk_.make_folder(on_disk(path));
        return status_of(code == EEXIST ? 0 : code, path);
    }
    IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
        return status_of(disk_.remove(on_disk(path)), path);
    }
    IOStatus GetFileSize(const std::string& path, const IOOptions&, std::uint64_t* size,
                         IODebugContext*) override {
        Disk::About about;
        const auto code = disk_.about(on_disk(path), about);
        *size = about.size;
        return status_of(code, path);
    }
    IOStatus GetFileModificationTime(const std::string&, const IOOptions&, std::uint64_t* time,
                                     IODebugContext*) override {
        *time = 0;
        return IOStatus::OK();
    }
    IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                        IODebugContext*) override {
        return status_of(disk_.rename(on_disk(from), on_disk(to)), to);
    }
    IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
        return status_of(disk_.link(on_disk(from), on_disk(to)), to);
    }
    IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                      IODebugContext*) override {
        Disk::NodeId held = 0;
        auto opened =
            open(path, Disk::Creates::if_missing, [&](Disk::NodeId node) { held = node; });
        if (!opened.ok()) {
            return opened;
        }
        if (!disk_.try_lock(held)) {
            return IOStatus::IOError("While lock file: " + path, "held");
        }
        *lock = std::make_unique<Lock>(held).release();
        return IOStatus::OK();
    }
    IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
        const std::unique_ptr<Lock> held(static_cast<Lock*>(lock));
        disk_.unlock(held->node);
        return IOStatus::OK();
    }
    IOStatus GetTestDirectory(const IOOptions&, std::string*, IODebugContext*) override {
        return IOStatus::NotSupported("nobody asks for it");
    }
    IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* absolute,
                             IODebugContext*) override {
        *absolute = path;
        return IOStatus::OK();
    }
    IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* is_folder,
                         IODebugContext*) override {
        Disk::About about;
        const auto code = disk_.about(on_disk(path), about);
        *is_folder = about.is == Node::Is::folder;
        return status_of(code, path);
    }

private:
    template <typename Then>
    IOStatus open(const std::string& path, Disk::Creates creates, Then then) {
        Disk::NodeId node = 0;
        const auto code = disk_.open(on_disk(path), creates, node);
        if (code == 0) {
            then(node);
        }
        return status_of(code, path);
    }

    Disk& disk_;
};

// After a failed flush the engine rests for a second, lest it fill a log with failures.
class HastyClock final : public rocksdb::SystemClockWrapper {
public:
    using rocksdb::SystemClockWrapper::SystemClockWrapper;
    const char* Name() const override { return "wsoa test clock"; }
    void SleepForMicroseconds(int) override { std::this_thread::yield(); }
};

class DiskEnv final : public rocksdb::EnvWrapper {
public:
    explicit DiskEnv(const std::shared_ptr<rocksdb::FileSystem>& files)
        : rocksdb::EnvWrapper(rocksdb::NewCompositeEnv(files)) {
        file_system_ = files;
        system_clock_ = std::make_shared<HastyClock>(rocksdb::SystemClock::Default());
    }
    const char* Name() const override { return "wsoa test machine"; }
};

}  // namespace

std::unique_ptr<rocksdb::Env> rocks_env_on(Disk& disk) {
    return std::make_unique<DiskEnv>(std::make_shared<RocksDisk>(disk));
}

}  // namespace wsoa::test
