#include "ledger/store/file_blobs.h"

#include "ledger/store/files.h"

#include <algorithm>
#include <deque>
#include <map>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fan_digits = 2;

}  // namespace

fs::path FileBlobs::folder_of(const Hash& name) const {
    return folder_ / to_hex(name.view().first(1));
}

fs::path FileBlobs::path_of(const Hash& name) const {
    return folder_of(name) / to_hex(name.view());
}

// Syncs while more is put: each file that was written is on its way to the disk while the next ones
// are, and once several are, the oldest is waited for. Folders are synced at the end, once each.
class FileBlobs::Batch final : public BlobBatch {
public:
    explicit Batch(FileBlobs& blobs) : blobs_(blobs) {}

    Result<void> put(const Hash& name, ByteView bytes) override {
        TRY(make_folder_of(name));
        auto created = create_unsynced(blobs_.path_of(name), bytes, Access::owner);
        if (created.ok()) {
            under_way_.push_back(std::move(created).value());
        } else if (created.error().fault == Fault::conflict) {
            auto file = TRY(same_there(name, bytes));
            under_way_.push_back(std::move(file));
        } else {
            return std::move(created).error();
        }
        return sync_all_but(under_way_max);
    }

    Result<void> settle() override {
        TRY(sync_all_but(0));
        for (const auto& [first, folder] : folders_) {
            TRY(sync_folder(folder));
        }
        if (has_new_folders_) {
            TRY(sync_folder(blobs_.folder_));
        }
        for (const auto& [first, folder] : folders_) {
            blobs_.durable_folders_.insert(first);
        }
        folders_.clear();
        has_new_folders_ = false;
        return done();
    }

private:
    // Bounds the open files, and the bytes that the machine holds back.
    static constexpr std::size_t under_way_max = 16;

    Result<void> make_folder_of(const Hash& name) {
        const auto first = name.bytes[0];
        if (folders_.contains(first)) {
            return done();
        }
        const auto folder = blobs_.folder_of(name);
        if (!blobs_.durable_folders_.contains(first)) {
            const auto made = create_folder_unsynced(folder, Access::owner);
            if (!made.ok() && made.error().fault != Fault::conflict) {
                return made;
            }
            // One that was found may be in the machine's memory only, if a sync failed.
            has_new_folders_ = true;
        }
        folders_.emplace(first, folder);
        return done();
    }
    // What is there already may be in the machine's memory only.
    Result<std::unique_ptr<OpenFile>> same_there(const Hash& name, ByteView bytes) const {
        const auto path = blobs_.path_of(name);
        const auto there = TRY(blobs_.get(name, bytes.size()));
        if (!equal(there, bytes)) {
            return error(Fault::conflict, "{} holds something else already", path.string())
                .advise("it is damaged: `wsoa evidence check` says to which document it belongs");
        }
        return OpenFile::open(path, OpenFile::Use::read);
    }
    Result<void> sync_all_but(std::size_t count) {
        while (under_way_.size() > count) {
            const auto oldest = std::move(under_way_.front());
            under_way_.pop_front();
            TRY(oldest->sync());
        }
        return done();
    }

    FileBlobs& blobs_;
    std::deque<std::unique_ptr<OpenFile>> under_way_;
    std::map<std::uint8_t, fs::path> folders_;  // that names were put into, by their first byte
    bool has_new_folders_ = false;              // among these, or may have
};

std::unique_ptr<BlobBatch> FileBlobs::batch() { return std::make_unique<Batch>(*this); }

Result<Bytes> FileBlobs::get(const Hash& name, std::size_t bytes_max) const {
    auto bytes = read_file(path_of(name), bytes_max);
    if (!bytes.ok() && bytes.error().fault == Fault::invalid) {
        auto failed = std::move(bytes).error();
        failed.fault = Fault::corrupt;
        return failed;
    }
    return bytes;
}

Result<bool> FileBlobs::exists(const Hash& name) const { return is_there(path_of(name)); }

Result<void> FileBlobs::remove(const Hash& name) { return remove_durably(path_of(name)); }

Result<std::vector<std::string>> FileBlobs::folders() const {
    auto names = TRY(list_folder(folder_));
    std::erase_if(names, [](const std::string& name) {
        return name.size() != fan_digits || !from_hex(name).ok();
    });
    return names;
}

Result<void> FileBlobs::each(const Visit& visit) const {
    const auto all = TRY(folders());
    for (const auto& folder : all) {
        const auto files = TRY(list_folder(folder_ / folder));
        for (const auto& file : files) {
            const auto name = hash_from_hex(file);
            if (name.ok() && file.starts_with(folder)) {
                TRY(visit(name.value()));
            }
        }
    }
    return done();
}

Result<void> FileBlobs::remove_unfinished() {
    const auto all = TRY(folders());
    for (const auto& folder : all) {
        TRY(destroy_leftovers(folder_ / folder));
    }
    return done();
}

}  // namespace wsoa
