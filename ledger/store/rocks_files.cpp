#include "ledger/store/rocks_files.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <string>
#include <utility>

namespace wsoa {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class UnsyncedFile final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    using FSWritableFileOwnerWrapper::FSWritableFileOwnerWrapper;

    IOStatus Sync(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus Fsync(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override {
        return IOStatus::OK();
    }
};

class UnsyncedDirectory final : public rocksdb::FSDirectoryWrapper {
public:
    using FSDirectoryWrapper::FSDirectoryWrapper;

    IOStatus Fsync(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
    IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*,
                                 const rocksdb::DirFsyncOptions&) override {
        return IOStatus::OK();
    }
};

class UnsyncedFiles final : public rocksdb::FileSystemWrapper {
public:
    using File = std::unique_ptr<rocksdb::FSWritableFile>;
    using FileSystemWrapper::FileSystemWrapper;

    const char* Name() const override { return "UnsyncedFiles"; }

    IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                             File* file, IODebugContext* debug) override {
        return wrapped(FileSystemWrapper::NewWritableFile(name, options, file, debug), file);
    }
    IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                File* file, IODebugContext* debug) override {
        return wrapped(FileSystemWrapper::ReopenWritableFile(name, options, file, debug), file);
    }
    IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                               const rocksdb::FileOptions& options, File* file,
                               IODebugContext* debug) override {
        return wrapped(FileSystemWrapper::ReuseWritableFile(name, old_name, options, file, debug),
                       file);
    }
    IOStatus NewDirectory(const std::string& name, const IOOptions& options,
                          std::unique_ptr<rocksdb::FSDirectory>* directory,
                          IODebugContext* debug) override {
        auto status = FileSystemWrapper::NewDirectory(name, options, directory, debug);
        if (status.ok()) {
            *directory = std::make_unique<UnsyncedDirectory>(std::move(*directory));
        }
        return status;
    }

private:
    static IOStatus wrapped(IOStatus status, File* file) {
        if (status.ok()) {
            *file = std::make_unique<UnsyncedFile>(std::move(*file));
        }
        return status;
    }
};

class SilentLogger final : public rocksdb::Logger {
public:
    SilentLogger() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
    using rocksdb::Logger::Logv;
    void Logv(const char*, std::va_list) override {}
};

}  // namespace

std::unique_ptr<rocksdb::Env> unsynced_files() {
    return rocksdb::NewCompositeEnv(
        std::make_unique<UnsyncedFiles>(rocksdb::FileSystem::Default()));
}

std::unique_ptr<rocksdb::Logger> silent_logger() { return std::make_unique<SilentLogger>(); }

std::size_t sorted_runs(rocksdb::DB& db) {
    rocksdb::ColumnFamilyMetaData about;
    db.GetColumnFamilyMetaData(&about);
    std::size_t runs = 0;
    for (const auto& level : about.levels) {
        const auto files = level.files.size();
        runs += level.level == 0 ? files : std::min<std::size_t>(files, 1);
    }
    return runs;
}

}  // namespace wsoa
