#include "cli/pages/page.h"

#include "ledger/base/sha256.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace wsoa {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(ReleasedPage, has_the_hash_that_is_told_of_it) {
    EXPECT_EQ(to_hex(sha256(released_page()).view()), released_page_sha256());
}

TEST(ReleasedPage, is_the_file_that_the_build_made) {
    std::ifstream file(WSOA_PAGE, std::ios::binary);
    const std::string built{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(text_of(released_page()), built);
}

TEST(ReleasedPage, ends_with_its_mark_line_which_stands_nowhere_else) {
    const std::string page(text_of(released_page()));
    const std::string mark = "<!-- wsoa: the released page ends here -->\n";
    EXPECT_THAT(page, EndsWith(mark));
    EXPECT_EQ(page.find(mark), page.size() - mark.size());
}

TEST(ReleasedPage, names_the_one_script_and_style_that_may_run) {
    const std::string page(text_of(released_page()));
    for (const auto* tag : {"script", "style"}) {
        const auto begin = page.find(fmt::format("<{}>", tag)) + std::string(tag).size() + 2;
        const auto end = page.find(fmt::format("</{}>", tag));
        const auto hash = sha256(bytes_of(std::string_view(page).substr(begin, end - begin)));
        EXPECT_THAT(page,
                    HasSubstr(fmt::format("{}-src 'sha256-{}'", tag, to_base64(hash.view()))));
    }
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, Not(HasSubstr("unsafe")));
    EXPECT_THAT(page, Not(HasSubstr("src=\"")));
}

}  // namespace
}  // namespace wsoa
