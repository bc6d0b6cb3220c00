#include "ledger/store/log_folder.h"

namespace wsoa {

LogFiles log_files_in(const std::filesystem::path& folder) {
    return [folder](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
        std::error_code ignored;  // of what cannot be looked at, reading tells
        const auto status = std::filesystem::status(folder / path, ignored);
        if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
            return error(Fault::invalid, "{} is no file", (folder / path).string());
        }
        return read_file(folder / path, bytes_max);
    };
}

}  // namespace wsoa
