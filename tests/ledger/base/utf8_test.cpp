#include "ledger/base/text.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

TEST(Utf8, is_taken_whatever_it_spells) {
    for (const std::string_view text :
         {std::string_view(""), std::string_view("a\n\t"), std::string_view("\0", 1),
          std::string_view("\xc2\x80"), std::string_view("\xe2\x80\x94"),
          std::string_view("\xef\xbf\xbd"), std::string_view("\xf4\x8f\xbf\xbf")}) {
        EXPECT_TRUE(is_utf8(text)) << text;
    }
}

TEST(Utf8, is_refused_when_cut_off_overlong_or_out_of_range) {
    for (const std::string_view text :
         {"\x80", "\xc2", "\xe2\x80", "\xf0\x9f\x98", "\xc2\x20", "\xe2\x80\x20", "\xc0\x80",
          "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
          "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff", "good \xff"}) {
        EXPECT_FALSE(is_utf8(text)) << text;
    }
}

}  // namespace
}  // namespace wsoa
