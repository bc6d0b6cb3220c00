#include "ledger/store/new_file.h"

#include "tests/support/changes.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using test::must;

std::vector<std::string> names_in(const TempFolder& folder) {
    return must(list_folder(folder.path()));
}

TEST(NewFile, stands_under_its_name_once_it_is_finished) {
    const TempFolder folder;
    const auto file = must(NewFile::create(folder / "report.pdf"));
    must(file->add(bytes_of("first, ")));
    must(file->add(bytes_of("second")));
    EXPECT_FALSE(fs::exists(folder / "report.pdf"));
    must(file->finish());
    EXPECT_EQ(text_of(must(read_file(folder / "report.pdf", 100))), "first, second");
    EXPECT_EQ(fs::status(folder / "report.pdf").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(names_in(folder).size(), 1U);
}

TEST(NewFile, leaves_nothing_where_it_was_not_finished) {
    const TempFolder folder;
    {
        const auto file = must(NewFile::create(folder / "report.pdf"));
        must(file->add(bytes_of("half")));
    }
    EXPECT_TRUE(names_in(folder).empty());
}

TEST(NewFile, takes_no_others_place) {
    const TempFolder folder;
    must(write_durably(folder / "there", bytes_of("mine"), Access::owner));
    EXPECT_EQ(NewFile::create(folder / "there").error().fault, Fault::conflict);
    const auto file = must(NewFile::create(folder / "later"));
    must(file->add(bytes_of("half")));
    must(write_durably(folder / "later", bytes_of("mine"), Access::owner));
    EXPECT_EQ(file->finish().error().fault, Fault::conflict);
    EXPECT_EQ(text_of(must(read_file(folder / "later", 100))), "mine");
}

}  // namespace
}  // namespace wsoa
