#include "ledger/store/file_batch.h"

#include "ledger/store/system_call.h"

#include <fcntl.h>
#include <unistd.h>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

}  // namespace

Result<std::unique_ptr<FileBatch>> FileBatch::open(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return call_failure(errno, "opening", folder);
    }
    return std::unique_ptr<FileBatch>(new FileBatch(descriptor, folder));
}

Result<std::unique_ptr<Temporary>> FileBatch::write(const fs::path& path, ByteView bytes,
                                                    Access access) {
    auto file = std::make_unique<Temporary>();
    TRY(file->write(path, bytes, access));
    TRY(file->begin_sync());
    TRY(file->close());
    return file;
}

void FileBatch::add(std::unique_ptr<Temporary> file) {
    CHECK(!is_full());
    files_.push_back(std::move(file));
}

Result<void> FileBatch::sync() const {
    if (::syncfs(folder_open_.get()) != 0) {
        return call_failure(errno, "syncing the disk of", folder_);
    }
    return done();
}

Result<void> FileBatch::commit() {
    if (files_.empty()) {
        return done();
    }
    TRY(sync());
    for (const auto& file : files_) {
        TRY(file->rename_into_place());
    }
    TRY(sync());
    files_.clear();
    return done();
}

}  // namespace wsoa
