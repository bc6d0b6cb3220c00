#include "ledger/store/new_file.h"

#include <unistd.h>

namespace wsoa {
namespace {

Result<void> expect_none(const std::filesystem::path& path) {
    const auto is_one = TRY(is_there(path));
    if (is_one) {
        return error(Fault::conflict, "{} is there already", path.string())
            .advise("name another file, or remove that one");
    }
    return done();
}

}  // namespace

Result<std::unique_ptr<NewFile>> NewFile::create(const std::filesystem::path& path) {
    TRY(expect_none(path));
    const auto beside =
        path.parent_path() / fmt::format(".{}.{}.part", path.filename().string(), ::getpid());
    TRY(create_durably(beside, {}, Access::owner));
    std::unique_ptr<NewFile> file(new NewFile(path, beside));
    file->file_ = TRY(OpenFile::open(beside, OpenFile::Use::write));
    return file;
}

NewFile::~NewFile() {
    if (!unfinished_.empty()) {
        ::unlink(unfinished_.c_str());
    }
}

Result<void> NewFile::add(ByteView bytes) {
    TRY(file_->write_at(size_, bytes));
    size_ += bytes.size();
    return done();
}

Result<void> NewFile::finish() {
    TRY(file_->sync());
    TRY(expect_none(path_));
    TRY(move_durably(unfinished_, path_));
    unfinished_.clear();
    return done();
}

}  // namespace wsoa
