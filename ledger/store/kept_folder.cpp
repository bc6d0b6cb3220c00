#include "ledger/store/kept_folder.h"

#include "ledger/store/lock.h"

namespace wsoa {

namespace fs = std::filesystem;

Result<std::vector<std::string>> names_kept_in(const fs::path& folder) {
    auto names = list_folder(folder);
    if (!names.ok() && names.error().fault == Fault::missing) {
        return std::vector<std::string>{};
    }
    return names;
}

Result<std::unique_ptr<OpenFile>> lock_kept(const fs::path& folder,
                                            std::chrono::milliseconds wait) {
    const auto created = create_folder(folder, Access::owner);
    if (!created.ok() && created.error().fault != Fault::conflict) {
        return created.error();
    }
    auto lock = TRY(OpenFile::open(folder, OpenFile::Use::read));
    const auto is_ours = TRY(lock_within(*lock, wait));
    if (!is_ours) {
        return error(Fault::busy, "another process writes into {}", folder.string())
            .advise("try again, or wait for it to end");
    }
    TRY(destroy_leftovers(folder));
    return lock;
}

}  // namespace wsoa
