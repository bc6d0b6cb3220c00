#pragma once

#include "ledger/store/blobs.h"

#include <filesystem>
#include <set>
#include <string>

namespace wsoa {

// Blobs as files in a folder: <first two digits>/<whole name in hex>, so that `sha256sum` of a file
// gives its name. What else stands in the folder is passed over.
class FileBlobs final : public Blobs {
public:
    // The folder is there.
    explicit FileBlobs(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::unique_ptr<BlobBatch> batch() override;
    Result<Bytes> get(const Hash& name, std::size_t bytes_max) const override;
    Result<bool> exists(const Hash& name) const override;
    Result<void> remove(const Hash& name) override;
    Result<void> each(const Visit& visit) const override;
    Result<void> remove_unfinished() override;

private:
    class Batch;
    std::filesystem::path folder_of(const Hash& name) const;
    std::filesystem::path path_of(const Hash& name) const;
    // Those that there are, in order.
    Result<std::vector<std::string>> folders() const;

    std::filesystem::path folder_;
    std::set<std::uint8_t> durable_folders_;  // by the first byte of the names in them
};

}  // namespace wsoa
