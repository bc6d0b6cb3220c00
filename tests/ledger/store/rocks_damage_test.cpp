#include "ledger/store/rocks_store.h"
#include "tests/ledger/store/rocks_rows.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr RocksSizes small{
    .buffer_bytes = 64 << 10, .file_bytes = 64 << 10, .cache_bytes = 1 << 20};

// Stores that are copied and then damaged. A copy of an open store is what a crash leaves.
class DamagedStoreTest : public testing::Test {
protected:
    void copy_store() {
        fs::remove_all(copy_);
        fs::copy(path_, copy_, fs::copy_options::recursive);
    }
    Result<std::uint64_t> rows_in_copy() const {
        const auto store = TRY(RocksStore::open_writer(copy_, small));
        return count_rows(*store);
    }
    Result<std::uint64_t> rows_in_copy_by_reader() const {
        const auto reader = TRY(RocksReader::open(copy_, folder_ / "scratch"));
        return count_rows(*reader);
    }
    fs::path log_of_copy() const { return files_ending(copy_, ".log").back(); }

    TempFolder folder_;
    fs::path path_ = folder_ / "store";
    fs::path copy_ = folder_ / "copy";
};

// RocksDB 7.8.3 by itself takes such a block for the end of the data, in every file but the first.
TEST_F(DamagedStoreTest, reports_a_damaged_first_block_in_whichever_file) {
    constexpr std::uint64_t rows = 6'000;
    {
        const auto store = RocksStore::create(path_, small).value();
        for (std::uint64_t row = 0; row < rows; row += 500) {
            put_rows(*store, row, row + 500);
        }
        ASSERT_TRUE(store->settle().ok());
    }
    ASSERT_GE(files_ending(path_, ".sst").size(), 5U);
    copy_store();
    ASSERT_EQ(rows_in_copy().value(), rows);
    copy_store();
    for (const auto& file : files_ending(copy_, ".sst")) {
        flip_bit(file, 100, 6);
        const auto by_writer = rows_in_copy();
        ASSERT_FALSE(by_writer.ok()) << file << ": " << by_writer.value() << " rows, and no error";
        EXPECT_EQ(by_writer.error().fault, Fault::corrupt);
        const auto by_reader = rows_in_copy_by_reader();
        ASSERT_FALSE(by_reader.ok()) << file << ": " << by_reader.value() << " rows, and no error";
        EXPECT_EQ(by_reader.error().fault, Fault::corrupt);
        flip_bit(file, 100, 6);
    }
    EXPECT_EQ(rows_in_copy().value(), rows);
}

TEST_F(DamagedStoreTest, names_a_damaged_file_when_all_are_checked) {
    {
        const auto store = RocksStore::create(path_, small).value();
        put_rows(*store, 0, 1'000);
    }
    copy_store();
    const auto file = files_ending(copy_, ".sst").at(0);
    EXPECT_TRUE(RocksReader::open(copy_, folder_ / "scratch").value()->check_files().ok());
    flip_bit(file, fs::file_size(file) / 2, 0);
    const auto checked = RocksReader::open(copy_, folder_ / "scratch").value()->check_files();
    ASSERT_FALSE(checked.ok());
    EXPECT_EQ(checked.error().fault, Fault::corrupt);
    EXPECT_NE(checked.error().message.find(file.filename().string()), std::string::npos)
        << checked.error().message;
}

TEST_F(DamagedStoreTest, comes_back_whole_after_a_crash) {
    const auto store = RocksStore::create(path_).value();
    for (std::uint64_t row = 0; row < 100; ++row) {
        put_rows(*store, row, row + 1);
    }
    copy_store();
    EXPECT_EQ(rows_in_copy_by_reader().value(), 100U);
    EXPECT_EQ(rows_in_copy().value(), 100U);
}

TEST_F(DamagedStoreTest, refuses_to_open_over_a_flipped_byte_in_the_middle_of_its_log) {
    const auto store = RocksStore::create(path_).value();
    for (std::uint64_t row = 0; row < 200; ++row) {
        put_rows(*store, row, row + 1);
    }
    copy_store();
    flip_bit(log_of_copy(), fs::file_size(log_of_copy()) / 2, 0);
    for (int tries = 0; tries < 2; ++tries) {
        const auto rows = rows_in_copy();
        ASSERT_FALSE(rows.ok()) << rows.value();
        EXPECT_EQ(rows.error().fault, Fault::corrupt) << rows.error().message;
    }
}

// A write that the crash cut was never acknowledged; all that were synced before it are there.
TEST_F(DamagedStoreTest, opens_without_the_torn_end_of_its_log) {
    const auto store = RocksStore::create(path_).value();
    put_rows(*store, 0, 50);
    const auto whole = fs::file_size(files_ending(path_, ".log").back());
    put_rows(*store, 50, 51);
    copy_store();
    const auto log = log_of_copy().filename();
    for (auto length = fs::file_size(copy_ / log) - 1; length > whole; length -= 7) {
        copy_store();
        fs::resize_file(copy_ / log, length);
        EXPECT_EQ(rows_in_copy().value(), 50U) << length;
    }
}

// Damage to any byte: refused, or what is left is all rows up to some batch, without a hole. That
// nothing is missing at the end only the guard can tell.
TEST_F(DamagedStoreTest, never_shows_a_wrong_row_or_a_hole) {
    {
        const auto store = RocksStore::create(path_).value();
        put_rows(*store, 0, 10);
    }
    const auto store = RocksStore::open_writer(path_).value();
    for (std::uint64_t row = 10; row < 20; ++row) {
        put_rows(*store, row, row + 1);
    }
    copy_store();
    int refused = 0;
    for (const auto& file : files_ending(path_, "")) {
        const auto size = fs::file_size(file);
        for (std::uint64_t place = 0; place < size; place += size / 24 + 1) {
            copy_store();
            flip_bit(copy_ / file.filename(), place, place % 8);
            const auto rows = rows_in_copy();
            refused += rows.ok() ? 0 : 1;
            EXPECT_LE(rows.ok() ? rows.value() : 0, 20U);
        }
    }
    EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace wsoa
