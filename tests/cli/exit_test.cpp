#include "cli/exit.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace wsoa {
namespace {

TEST(ExitCodes, follow_from_the_fault) {
    const std::map<Fault, int> expected{
        {Fault::invalid, 2},    {Fault::refused, 4}, {Fault::missing, 1},     {Fault::conflict, 5},
        {Fault::distrusted, 3}, {Fault::corrupt, 1}, {Fault::unavailable, 1}, {Fault::busy, 6},
    };
    for (const auto& [fault, code] : expected) {
        EXPECT_EQ(code_of(exit_of(fault)), code) << name_of(fault);
    }
}

TEST(ExitCodes, are_each_explained_once_in_ascending_order) {
    std::vector<int> codes;
    for (const auto& meaning : exit_meanings()) {
        codes.push_back(code_of(meaning.exit));
        EXPECT_FALSE(meaning.name.empty());
        EXPECT_TRUE(meaning.sentence.ends_with('.')) << meaning.sentence;
    }
    EXPECT_EQ(codes, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 130}));
}

}  // namespace
}  // namespace wsoa
