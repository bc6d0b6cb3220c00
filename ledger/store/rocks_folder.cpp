#include "ledger/store/rocks_folder.h"

#include <system_error>

namespace wsoa {

Result<void> expect_store(const std::filesystem::path& folder) {
    const auto has_current = TRY(is_there(folder / "CURRENT"));
    if (has_current) {
        return done();
    }
    const auto names = list_folder(folder);
    if (!names.ok() || names.value().empty()) {
        return error(Fault::missing, "there is no store in {}", folder.string());
    }
    return error(Fault::corrupt, "the store {} has lost its file CURRENT", folder.string())
        .advise("leave the folder as it is and work from a backup or a mirror");
}

void remove_empty_logs(const std::filesystem::path& folder, std::string_view current) {
    const auto names = list_folder(folder);
    if (!names.ok()) {
        return;
    }
    for (const auto& name : names.value()) {
        std::error_code failed;
        if (name.ends_with(".log") && name != current &&
            std::filesystem::file_size(folder / name, failed) == 0 && !failed) {
            std::filesystem::remove(folder / name, failed);
        }
    }
}

}  // namespace wsoa
