#pragma once

#include "ledger/base/bytes.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace wsoa::test {

// What the targets begin with, a file an input in the folder of its target.
class Seeds {
public:
    explicit Seeds(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void add(const std::string& target, ByteView bytes) {
        std::filesystem::create_directories(folder_ / target);
        const auto name = fmt::format("{:03}", count_++);
        std::ofstream(folder_ / target / name, std::ios::binary)
            .write(text_of(bytes).data(), static_cast<std::streamsize>(bytes.size()));
    }
    void add(const std::string& target, std::string_view text) { add(target, bytes_of(text)); }
    // After a byte that tells the target which of its readers the rest is for.
    void add(const std::string& target, std::uint8_t which, ByteView bytes) {
        Bytes all{which};
        append(all, bytes);
        add(target, ByteView(all));
    }

private:
    std::filesystem::path folder_;
    int count_ = 0;
};

void add_packs(Seeds& seeds);

}  // namespace wsoa::test
