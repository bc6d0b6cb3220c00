#include "cli/render/rating.h"

#include "ledger/base/names.h"
#include "ledger/base/text.h"

#include <gtest/gtest.h>

#include <set>

namespace wsoa {
namespace {

TEST(Rating, is_a_shape_and_a_word) {
    EXPECT_EQ(rating_cell("A", {}).text, "◆ At risk");
    EXPECT_EQ(rating_cell("G", {}).text, "● On track");
    EXPECT_EQ(rating_cell("GY", {}).text, "○ Not started");
    EXPECT_EQ(rating_cell("A", {.is_ascii = true}).text, "<> At risk");
    EXPECT_EQ(rating_cell("GY", {.is_ascii = true}).text, "- Not started");
}

TEST(Rating, differs_from_every_other_in_word_and_shape) {
    std::set<std::string_view> words;
    std::set<std::string_view> shapes;
    std::set<std::string_view> ascii_shapes;
    for (const auto& look : rating_looks()) {
        EXPECT_TRUE(check_rating_code(look.code).ok());
        EXPECT_EQ(width_of(look.shape), 1U) << look.word;
        words.insert(look.word);
        shapes.insert(look.shape);
        ascii_shapes.insert(look.ascii_shape);
    }
    EXPECT_EQ(words.size(), rating_looks().size());
    EXPECT_EQ(shapes.size(), rating_looks().size());
    EXPECT_EQ(ascii_shapes.size(), rating_looks().size());
}

TEST(Rating, of_another_scale_stands_for_itself) {
    EXPECT_EQ(rating_cell("XY", {}).text, "? XY");
    EXPECT_EQ(rating_word("XY"), "XY");
    EXPECT_EQ(rating_word("NM"), "Not yet measurable");
}

}  // namespace
}  // namespace wsoa
