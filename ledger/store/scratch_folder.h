#pragma once

#include "ledger/store/files.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// A folder of one's own that holds nothing anybody misses: it goes with the object, and everything
// in it.
class ScratchFolder {
public:
    // `conflict` if anything stands at the path.
    static Result<std::unique_ptr<ScratchFolder>> create(const std::filesystem::path& path);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace wsoa
