#include "ledger/store/file_blobs.h"

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

const Bytes report = copy_of(bytes_of("a sealed piece"));
const Bytes survey = copy_of(bytes_of("another sealed piece"));

class FileBlobsTest : public testing::Test {
protected:
    fs::path path_of(const Bytes& bytes) const {
        const auto name = to_hex(sha256(bytes).view());
        return folder_.path() / name.substr(0, 2) / name;
    }
    std::vector<Hash> names() const {
        std::vector<Hash> found;
        EXPECT_TRUE(blobs_
                        .each([&](const Hash& name) {
                            found.push_back(name);
                            return done();
                        })
                        .ok());
        return found;
    }
    void put(const Bytes& bytes) {
        const auto batch = blobs_.batch();
        const auto result = batch->put(sha256(bytes), bytes);
        ASSERT_TRUE(result.ok()) << result.error().message;
        ASSERT_TRUE(batch->settle().ok());
    }
    Error refusal_of(const Bytes& bytes) {
        return blobs_.batch()->put(sha256(bytes), bytes).error();
    }

    TempFolder folder_;
    FileBlobs blobs_{folder_.path()};
};

TEST_F(FileBlobsTest, give_what_was_put) {
    put(report);
    put(survey);
    EXPECT_EQ(blobs_.get(sha256(report), 100).value(), report);
    EXPECT_EQ(blobs_.get(sha256(survey), survey.size()).value(), survey);
    EXPECT_TRUE(blobs_.exists(sha256(report)).value());
}

TEST_F(FileBlobsTest, stand_under_the_hash_of_what_they_hold_and_are_their_owners_alone) {
    put(report);
    EXPECT_EQ(read_file(path_of(report), 100).value(), report);
    EXPECT_EQ(fs::status(path_of(report)).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(path_of(report).parent_path()).permissions(), fs::perms::owner_all);
}

TEST_F(FileBlobsTest, are_missing_where_there_are_none) {
    const Hash none = sha256(bytes_of("none"));
    EXPECT_EQ(blobs_.get(none, 100).error().fault, Fault::missing);
    EXPECT_EQ(blobs_.remove(none).error().fault, Fault::missing);
    EXPECT_FALSE(blobs_.exists(none).value());
    EXPECT_TRUE(names().empty());
}

TEST_F(FileBlobsTest, may_be_put_again_and_are_never_overwritten) {
    put(report);
    put(report);
    ASSERT_TRUE(write_durably(path_of(report), survey, Access::owner).ok());
    EXPECT_EQ(refusal_of(report).fault, Fault::corrupt) << "it is larger";
    const auto damaged = copy_of(bytes_of("a sealed peace"));
    ASSERT_TRUE(write_durably(path_of(report), damaged, Access::owner).ok());
    EXPECT_EQ(refusal_of(report).fault, Fault::conflict);
    EXPECT_EQ(read_file(path_of(report), 100).value(), damaged);
}

TEST_F(FileBlobsTest, of_one_batch_are_read_as_soon_as_they_are_put) {
    const auto batch = blobs_.batch();
    std::vector<Hash> put;
    for (std::uint8_t i = 0; i < 40; ++i) {
        const Bytes bytes{i, 1, 2};
        put.push_back(sha256(bytes));
        ASSERT_TRUE(batch->put(put.back(), bytes).ok());
        EXPECT_EQ(blobs_.get(put.back(), 3).value(), bytes);
    }
    ASSERT_TRUE(batch->settle().ok());
    std::ranges::sort(put);
    EXPECT_EQ(names(), put);
}

TEST_F(FileBlobsTest, of_two_batches_do_not_wait_for_each_other) {
    const auto first = blobs_.batch();
    const auto second = blobs_.batch();
    ASSERT_TRUE(first->put(sha256(report), report).ok());
    ASSERT_TRUE(second->put(sha256(report), report).ok());
    ASSERT_TRUE(second->put(sha256(survey), survey).ok());
    ASSERT_TRUE(second->settle().ok());
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(FileBlobsTest, that_are_larger_than_asked_for_are_corrupt) {
    put(report);
    EXPECT_EQ(blobs_.get(sha256(report), report.size() - 1).error().fault, Fault::corrupt);
}

TEST_F(FileBlobsTest, are_listed_in_order_and_gone_once_removed) {
    std::vector<Hash> expected;
    for (char c = 'a'; c <= 'p'; ++c) {
        const Bytes bytes{static_cast<std::uint8_t>(c)};
        put(bytes);
        expected.push_back(sha256(bytes));
    }
    std::ranges::sort(expected);
    EXPECT_EQ(names(), expected);
    ASSERT_TRUE(blobs_.remove(expected[3]).ok());
    expected.erase(expected.begin() + 3);
    EXPECT_EQ(names(), expected);
}

TEST_F(FileBlobsTest, list_nothing_that_is_not_theirs) {
    put(report);
    const auto folder = path_of(report).parent_path();
    const auto strange = to_hex(sha256(survey).view());
    fs::create_directories(folder_ / "notes");
    for (const auto& path : {folder_ / "notes" / strange, folder / "README", folder / strange}) {
        ASSERT_TRUE(write_durably(path, survey, Access::owner).ok());
    }
    ASSERT_NE(strange.substr(0, 2), folder.filename().string());
    EXPECT_EQ(names(), std::vector{sha256(report)});
}

TEST_F(FileBlobsTest, lose_what_a_put_that_was_cut_short_has_left) {
    put(report);
    const auto left = path_of(report).parent_path() / ".0123.x1y2z3.tmp";
    ASSERT_TRUE(write_durably(left, survey, Access::owner).ok());
    ASSERT_TRUE(blobs_.remove_unfinished().ok());
    EXPECT_FALSE(fs::exists(left));
    EXPECT_EQ(names(), std::vector{sha256(report)});
}

}  // namespace
}  // namespace wsoa
