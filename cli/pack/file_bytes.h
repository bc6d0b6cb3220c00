#pragma once

#include "ledger/inspection/archive.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// A file as a pack is read from it: where it is asked for, never as a whole. For any thread.
class FileBytes final : public ByteSource {
public:
    // `missing` if there is no such file, `invalid` if it is a folder or no file at all.
    static Result<std::unique_ptr<FileBytes>> open(const std::filesystem::path& path);
    ~FileBytes() override;
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    using ByteSource::read;
    std::uint64_t size() const override { return size_; }
    Result<void> read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    FileBytes(int file, std::uint64_t size) : file_(file), size_(size) {}

    int file_;
    std::uint64_t size_;
};

}  // namespace wsoa
