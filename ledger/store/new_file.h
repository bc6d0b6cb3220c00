#pragma once

#include "ledger/store/files.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// A file that is written from its beginning to its end and only then stands under its name. What
// was written is removed again unless it was finished. It is its owner's alone.
class NewFile {
public:
    // `conflict` if there is anything under that name.
    static Result<std::unique_ptr<NewFile>> create(const std::filesystem::path& path);
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    Result<void> add(ByteView bytes);
    // On return the whole of it is durable under its name.
    Result<void> finish();

private:
    NewFile(std::filesystem::path path, std::filesystem::path unfinished)
        : path_(std::move(path)), unfinished_(std::move(unfinished)) {}

    std::filesystem::path path_;
    std::filesystem::path unfinished_;  // empty once it is finished
    std::unique_ptr<OpenFile> file_;
    std::uint64_t size_ = 0;
};

}  // namespace wsoa
