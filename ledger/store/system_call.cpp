#include "ledger/store/system_call.h"

#include <cerrno>
#include <system_error>

namespace wsoa {

Error call_failure(int code, std::string_view doing, const std::filesystem::path& path) {
    const auto fault = code == ENOENT   ? Fault::missing
                       : code == EEXIST ? Fault::conflict
                                        : Fault::unavailable;
    auto failed = error(fault, "{} {} failed: {}", doing, path.string(),
                        std::system_category().message(code));
    if (code == ENOSPC || code == EDQUOT) {
        failed.advice = "make room on that disk, then try again";
    } else if (code == EACCES || code == EPERM || code == EROFS) {
        failed.advice = "see that you may write and read there";
    }
    return failed;
}

}  // namespace wsoa
