#include "ledger/store/file_batch.h"

#include "tests/support/changes.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace wsoa {
namespace {

using test::must;

TEST(FileBatch, puts_every_file_in_place_and_nothing_beside_them) {
    const TempFolder folder;
    must(create_folder(folder / "below", Access::everyone));
    const auto batch = must(FileBatch::open(folder.path()));
    batch->add(must(FileBatch::write(folder / "a", bytes_of("first"), Access::everyone)));
    batch->add(must(FileBatch::write(folder / "below/b", bytes_of(""), Access::owner)));
    EXPECT_FALSE(must(is_there(folder / "a")));
    must(batch->commit());
    EXPECT_EQ(must(list_folder(folder.path())), (std::vector<std::string>{"a", "below"}));
    EXPECT_EQ(must(list_folder(folder / "below")), std::vector<std::string>{"b"});
    EXPECT_EQ(text_of(must(read_file(folder / "a", 10))), "first");
    struct stat about {};
    ASSERT_EQ(::stat((folder / "a").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0644U);
    ASSERT_EQ(::stat((folder / "below/b").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST(FileBatch, replaces_what_stood_there) {
    const TempFolder folder;
    must(write_durably(folder / "a", bytes_of("old and long"), Access::everyone));
    const auto batch = must(FileBatch::open(folder.path()));
    batch->add(must(FileBatch::write(folder / "a", bytes_of("new"), Access::everyone)));
    EXPECT_EQ(text_of(must(read_file(folder / "a", 100))), "old and long");
    must(batch->commit());
    EXPECT_EQ(text_of(must(read_file(folder / "a", 100))), "new");
}

TEST(FileBatch, leaves_nothing_when_it_is_given_up) {
    const TempFolder folder;
    {
        const auto batch = must(FileBatch::open(folder.path()));
        batch->add(must(FileBatch::write(folder / "a", bytes_of("first"), Access::everyone)));
    }
    EXPECT_TRUE(must(list_folder(folder.path())).empty());
}

TEST(FileBatch, holds_so_many_files_and_can_be_used_again) {
    const TempFolder folder;
    const auto batch = must(FileBatch::open(folder.path()));
    for (std::size_t i = 0; i < FileBatch::files_max + 10; ++i) {
        if (batch->is_full()) {
            EXPECT_EQ(i, FileBatch::files_max);
            must(batch->commit());
        }
        batch->add(
            must(FileBatch::write(folder / std::to_string(i), bytes_of("x"), Access::everyone)));
    }
    must(batch->commit());
    EXPECT_EQ(must(list_folder(folder.path())).size(), FileBatch::files_max + 10);
}

TEST(FileBatch, names_the_file_that_cannot_be_written) {
    const TempFolder folder;
    const auto failed = FileBatch::write(folder / "none/a", bytes_of("x"), Access::everyone);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::missing);
    EXPECT_EQ(FileBatch::open(folder / "none").error().fault, Fault::missing);
}

}  // namespace
}  // namespace wsoa
