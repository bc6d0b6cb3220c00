#include "ledger/store/scratch_folder.h"

#include <system_error>

namespace wsoa {

Result<std::unique_ptr<ScratchFolder>> ScratchFolder::create(const std::filesystem::path& path) {
    TRY(create_folder(path, Access::owner));
    return std::unique_ptr<ScratchFolder>(new ScratchFolder(path));
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace wsoa
