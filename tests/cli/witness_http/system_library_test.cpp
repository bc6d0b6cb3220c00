#include "cli/witness_http/system_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

TEST(SystemLibrary, gives_the_functions_of_its_library) {
    const auto library = SystemLibrary::load("libm.so.6");
    ASSERT_TRUE(library.ok());
    double (*function)(double) = nullptr;
    ASSERT_TRUE(library.value().find(function, "fabs").ok());
    EXPECT_EQ(function(-27.0), 27.0);
}

TEST(SystemLibrary, says_what_to_install_where_library_or_function_is_missing) {
    const auto none = SystemLibrary::load("libwsoa-no-such.so.1");
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().fault, Fault::unavailable);
    EXPECT_THAT(none.error().message, HasSubstr("libwsoa-no-such.so.1 cannot be loaded"));
    EXPECT_THAT(none.error().advice, HasSubstr("libcurl4"));

    const auto library = SystemLibrary::load("libm.so.6");
    ASSERT_TRUE(library.ok());
    double (*function)(double) = nullptr;
    const auto found = library.value().find(function, "no_such_function");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().message, "libm.so.6 has no no_such_function");
    EXPECT_EQ(function, nullptr);
}

}  // namespace
}  // namespace wsoa
