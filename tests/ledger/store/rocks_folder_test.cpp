#include "ledger/store/rocks_folder.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

class RocksFolderTest : public testing::Test {
protected:
    void put(const std::string& name, std::string_view text) {
        ASSERT_TRUE(write_durably(folder_ / name, bytes_of(text), Access::owner).ok());
    }
    std::vector<std::string> names() const { return list_folder(folder_.path()).value(); }

    TempFolder folder_;
};

TEST_F(RocksFolderTest, without_anything_in_it_has_no_store) {
    EXPECT_EQ(expect_store(folder_.path()).error().fault, Fault::missing);
    EXPECT_EQ(expect_store(folder_ / "gone").error().fault, Fault::missing);
}

TEST_F(RocksFolderTest, without_its_entry_file_is_corrupt) {
    put("000004.sst", "x");
    EXPECT_EQ(expect_store(folder_.path()).error().fault, Fault::corrupt);
}

TEST_F(RocksFolderTest, loses_only_the_empty_logs_that_nobody_writes) {
    put("000001.log", "");
    put("000002.log", "rows");
    put("000003.log", "");
    put("000004.sst", "");
    remove_empty_logs(folder_.path(), "000003.log");
    EXPECT_EQ(names(), (std::vector<std::string>{"000002.log", "000003.log", "000004.sst"}));
}

// The list of files grows during the first rounds, as it does while a writer flushes.
TEST_F(RocksFolderTest, is_read_again_until_nothing_changed_meanwhile) {
    put("CURRENT", "MANIFEST-000001\n");
    put("MANIFEST-000001", "");
    int rounds = 0;
    const auto read = read_undisturbed(folder_.path(), [&] {
        if (++rounds < 4) {
            put("MANIFEST-000001", std::string(static_cast<std::size_t>(rounds), 'x'));
        }
        return done();
    });
    EXPECT_TRUE(read.ok());
    EXPECT_EQ(rounds, 4);
}

TEST_F(RocksFolderTest, is_read_again_when_its_list_was_replaced_by_one_of_the_same_length) {
    put("CURRENT", "MANIFEST-000001\n");
    put("MANIFEST-000001", "list");
    put("MANIFEST-000002", "list");
    int rounds = 0;
    const auto read = read_undisturbed(folder_.path(), [&] {
        ++rounds;
        put("CURRENT", "MANIFEST-000002\n");
        return done();
    });
    EXPECT_TRUE(read.ok());
    EXPECT_EQ(rounds, 2);
}

TEST_F(RocksFolderTest, that_never_stands_still_is_busy) {
    put("CURRENT", "MANIFEST-000001\n");
    std::string list;
    const auto read = read_undisturbed(folder_.path(), [&] {
        list += 'x';
        put("MANIFEST-000001", list);
        return done();
    });
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().fault, Fault::busy);
}

TEST_F(RocksFolderTest, hands_on_the_error_of_a_read) {
    put("CURRENT", "MANIFEST-000001\n");
    put("MANIFEST-000001", "list");
    const auto read = read_undisturbed(folder_.path(), []() -> Result<void> {
        return Error{Fault::corrupt, "no"};
    });
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().message, "no");
}

}  // namespace
}  // namespace wsoa
