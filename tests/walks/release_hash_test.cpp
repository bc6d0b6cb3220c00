// The list of released pages, as whoever releases one works it.

#include "tests/support/shell.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

class ReleaseHash : public testing::Test {
protected:
    test::Ran run(const std::string& script) const {
        return test::run_script(folder_.path(),
                                "release() { " + std::string(WSOA_SOURCE) +
                                    "/scripts/release-hash \"$@\" page list 1.2.0; }\n"
                                    "printf '<p>page</p>\\n' > page\n"
                                    "printf '# pages\\n1.1.0 00\\n1.2.0 unreleased\\n' > list\n" +
                                    script);
    }
    const TempFolder folder_;
};

TEST_F(ReleaseHash, is_written_as_that_of_its_version_and_then_holds) {
    const auto ran = run("release --check; release; cat list; release --check; sha256sum page");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("The page of 1.2.0 is not released yet"));
    const auto hash = ran.said.substr(ran.said.rfind("  page") - 64, 64);
    EXPECT_THAT(ran.said, HasSubstr("# pages\n1.1.0 00\n1.2.0 " + hash + "\n"));
    EXPECT_THAT(ran.said, HasSubstr("is the released one: " + hash));
}

TEST_F(ReleaseHash, is_not_that_of_a_page_with_a_byte_changed) {
    for (const std::string how : {"--check", ""}) {
        const auto ran =
            run("release; printf x | dd of=page bs=1 seek=3 conv=notrunc status=none\n"
                "release " +
                how);
        EXPECT_EQ(ran.exit, 1) << ran.said;
        EXPECT_THAT(ran.said, HasSubstr("give it another version"));
    }
}

TEST_F(ReleaseHash, is_asked_for_where_the_list_does_not_name_the_version) {
    const auto ran = run("sed -i '/^1.2/d' list; release --check");
    EXPECT_EQ(ran.exit, 1) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("does not name 1.2.0"));
}

}  // namespace
}  // namespace wsoa
