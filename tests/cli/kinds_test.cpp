#include "cli/render/kinds.h"

#include "ledger/event/kinds.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

TEST(Kinds, are_read_as_words) {
    EXPECT_EQ(kind_in_words(Kind::PROGRESS_RECORDED), "Progress recorded");
    EXPECT_EQ(name_in_words("nextSteps"), "next steps");
}

TEST(Kinds, of_every_sort_begin_with_a_capital_and_hold_no_other) {
    for (const auto& info : all_kinds()) {
        const auto words = kind_in_words(info.kind);
        ASSERT_FALSE(words.empty());
        EXPECT_TRUE(words.front() >= 'A' && words.front() <= 'Z') << words;
        EXPECT_EQ(words.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1), std::string::npos) << words;
    }
}

}  // namespace
}  // namespace wsoa
