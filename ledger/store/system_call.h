#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/error.h"

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace wsoa {

// What a call of the system that failed means, by its errno, with the path and what the system
// said: files.h tells which fault stands for what.
Error call_failure(int code, std::string_view doing, const std::filesystem::path& path);

// Calls again whatever a signal interrupted.
template <typename Call>
auto uninterrupted(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

// All of the bytes, or an error after which any part of them may be there.
Result<void> write_all(int descriptor, std::uint64_t offset, ByteView bytes,
                       const std::filesystem::path& path);

// Waits until what was written to the file is on the disk.
Result<void> sync_all(int descriptor, const std::filesystem::path& path);

// The folder that the path lies in.
std::filesystem::path folder_of(const std::filesystem::path& path);

}  // namespace wsoa
