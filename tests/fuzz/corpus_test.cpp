// Every input of every corpus, once, through the target that it was found for.

#include "tests/fuzz/targets.h"
#include "tests/support/files.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace wsoa::test {
namespace {

const std::filesystem::path& corpora() {
    static const auto path = std::filesystem::path(WSOA_SOURCE) / "tests/fuzz/corpus";
    return path;
}

std::vector<std::filesystem::path> inputs_of(const std::string& target) {
    std::vector<std::filesystem::path> inputs;
    if (std::filesystem::is_directory(corpora() / target)) {
        for (const auto& file : std::filesystem::directory_iterator(corpora() / target)) {
            inputs.push_back(file.path());
        }
    }
    std::ranges::sort(inputs);
    return inputs;
}

class Corpus : public testing::TestWithParam<FuzzTarget> {};

TEST_P(Corpus, keeps_what_its_target_promises) {
    const auto inputs = inputs_of(GetParam().name);
    EXPECT_FALSE(inputs.empty()) << "tests/fuzz/corpus/" << GetParam().name << " holds no input";
    for (const auto& input : inputs) {
        // A broken promise ends the program: the last line says by which input.
        fmt::print("{}\n", input.string());
        const auto bytes = read_whole(input);
        EXPECT_EQ(GetParam().run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()),
                  0);
    }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(fuzz_targets),
                         [](const auto& target) { return target.param.name; });

TEST(Corpora, belong_to_a_target_each) {
    std::set<std::string> targets;
    for (const auto& target : fuzz_targets) {
        targets.insert(target.name);
    }
    std::set<std::string> folders;
    for (const auto& folder : std::filesystem::directory_iterator(corpora())) {
        folders.insert(folder.path().filename());
    }
    EXPECT_EQ(folders, targets);
}

TEST(Corpora, are_small) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpora())) {
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    }
    EXPECT_LT(bytes, 1'000'000U);
}

}  // namespace
}  // namespace wsoa::test
