#pragma once

#include "ledger/base/bytes.h"
#include "ledger/store/files.h"

#include <filesystem>
#include <memory>
#include <string>

namespace wsoa {

// Where a document is read from, at any place and more than once.
class DocumentSource {
public:
    virtual ~DocumentSource() = default;

    // As a message names it.
    virtual const std::string& name() const = 0;
    // What differs once somebody has written to it.
    struct State {
        std::uint64_t size = 0;
        std::int64_t modified_ns = 0;  // since an epoch of the machine's own

        bool operator==(const State&) const = default;
    };
    virtual Result<State> state() const = 0;
    // Fewer than `bytes_max` bytes only where it ends.
    virtual Result<Bytes> read_at(std::uint64_t offset, std::size_t bytes_max) const = 0;
};

// A file by its path, so that one that was replaced by another while it was read is noticed too.
class FileSource final : public DocumentSource {
public:
    // `missing` if there is none; `invalid` if it is a folder or something else that is no file.
    static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);

    const std::string& name() const override { return name_; }
    Result<State> state() const override;
    Result<Bytes> read_at(std::uint64_t offset, std::size_t bytes_max) const override {
        return file_->read_at(offset, bytes_max);
    }

private:
    FileSource(std::filesystem::path path, std::unique_ptr<OpenFile> file)
        : path_(std::move(path)), name_(path_.string()), file_(std::move(file)) {}

    std::filesystem::path path_;
    std::string name_;
    std::unique_ptr<OpenFile> file_;
};

// The SHA-256 of a whole source, read in pieces.
Result<Hash> digest_of(const DocumentSource& source);

}  // namespace wsoa
