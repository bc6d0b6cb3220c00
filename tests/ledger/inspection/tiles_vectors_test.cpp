// A log that another program wrote, as Tessera's POSIX driver leaves it.
#include "ledger/inspection/tile_check.h"
#include "tests/support/files.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace wsoa {
namespace {

constexpr std::string_view vkey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

// Its files at one of the sizes that it had.
LogFiles at_size(std::uint64_t size) {
    return [size](const std::string& path, std::size_t) -> Result<Bytes> {
        const auto name = path == "checkpoint" ? fmt::format("checkpoint.{}", size) : path;
        const auto file = "tessera-log/" + name;
        if (!std::filesystem::exists(std::filesystem::path(WSOA_VECTORS) / file)) {
            return Error{Fault::missing, name + " is not there"};
        }
        return copy_of(bytes_of(vector_file(file)));
    };
}

TEST(TesseraFiles, are_whole_at_every_size) {
    const auto policy = Policy::parse("log " + std::string(vkey) + "\nquorum none\n").value();
    for (std::uint64_t size = 0; size <= 7; ++size) {
        const auto verdict = verify_tiles(at_size(size), {.policy = &policy}).value();
        EXPECT_FALSE(verdict.has_breach()) << size;
        EXPECT_TRUE(verdict.is_vouched_for) << size;
        EXPECT_EQ(verdict.checkpoint.value().size.value, size);
    }
}

}  // namespace
}  // namespace wsoa
