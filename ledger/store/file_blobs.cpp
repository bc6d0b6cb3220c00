#include "ledger/store/file_blobs.h"

#include "ledger/store/files.h"

#include <algorithm>

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

Result<void> FileBlobs::make_folder_of(const Hash& name) {
    if (durable_folders_.contains(name.bytes[0])) {
        return done();
    }
    const auto made = create_folder(folder_of(name), Access::owner);
    if (!made.ok() && made.error().fault != Fault::conflict) {
        return made;
    }
    // One that was found may be in the machine's memory only, if an earlier sync failed.
    TRY(sync_folder(folder_));
    durable_folders_.insert(name.bytes[0]);
    return done();
}

Result<void> FileBlobs::put(const Hash& name, ByteView bytes) {
    TRY(make_folder_of(name));
    auto created = create_durably(path_of(name), bytes, Access::owner);
    if (created.ok() || created.error().fault != Fault::conflict) {
        return created;
    }
    const auto there = TRY(get(name, bytes.size()));
    if (!equal(there, bytes)) {
        return error(Fault::conflict, "{} holds something else already", path_of(name).string())
            .advise("it is damaged: `wsoa evidence check` says to which document it belongs");
    }
    return sync_folder(folder_of(name));
}

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
