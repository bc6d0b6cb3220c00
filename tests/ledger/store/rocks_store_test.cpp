#include "ledger/store/rocks_store.h"
#include "tests/ledger/store/rocks_rows.h"
#include "tests/support/file_size_limit.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

class RocksStoreTest : public testing::Test {
protected:
    std::unique_ptr<RocksStore> create() { return RocksStore::create(path_).value(); }
    std::unique_ptr<RocksStore> open() {
        auto opened = RocksStore::open_writer(path_);
        CHECK(opened.ok());
        return std::move(opened).value();
    }
    std::unique_ptr<RocksReader> open_reader() {
        return RocksReader::open(path_, folder_ / "scratch").value();
    }

    TempFolder folder_;
    fs::path path_ = folder_ / "store";
};

TEST_F(RocksStoreTest, keeps_everything_over_a_restart) {
    auto store = create();
    put_rows(*store, 0, 100);
    store.reset();
    store = open();
    put_rows(*store, 100, 200);
    store.reset();
    EXPECT_EQ(count_rows(*open()).value(), 200U);
}

TEST_F(RocksStoreTest, is_made_only_in_an_empty_folder) {
    create();
    EXPECT_EQ(RocksStore::create(path_).error().fault, Fault::conflict);
    const auto other = folder_ / "other";
    ASSERT_TRUE(create_folder(other, Access::owner).ok());
    ASSERT_TRUE(write_durably(other / "a", {}, Access::owner).ok());
    EXPECT_EQ(RocksStore::create(other).error().fault, Fault::conflict);
}

TEST_F(RocksStoreTest, that_is_not_there_is_missing) {
    EXPECT_EQ(RocksStore::open_writer(path_).error().fault, Fault::missing);
    EXPECT_EQ(RocksReader::open(path_, folder_ / "scratch").error().fault, Fault::missing);
    EXPECT_FALSE(is_there(path_).value());
    EXPECT_FALSE(is_there(folder_ / "scratch").value());
}

// The engine would make a new store there and delete the old one's files.
TEST_F(RocksStoreTest, that_has_lost_its_entry_file_is_corrupt) {
    put_rows(*create(), 0, 10);
    ASSERT_TRUE(remove_durably(path_ / "CURRENT").ok());
    const auto before = list_folder(path_).value();
    EXPECT_EQ(RocksStore::open_writer(path_).error().fault, Fault::corrupt);
    EXPECT_EQ(RocksReader::open(path_, folder_ / "scratch").error().fault, Fault::corrupt);
    EXPECT_EQ(RocksStore::create(path_).error().fault, Fault::conflict);
    EXPECT_EQ(list_folder(path_).value(), before);
}

TEST_F(RocksStoreTest, that_has_lost_a_file_of_rows_is_corrupt) {
    put_rows(*create(), 0, 10);
    ASSERT_TRUE(remove_durably(files_ending(path_, ".sst").at(0)).ok());
    EXPECT_EQ(RocksStore::open_writer(path_).error().fault, Fault::corrupt);
}

TEST_F(RocksStoreTest, has_one_writer) {
    auto first = create();
    const auto second = RocksStore::open_writer(path_);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().fault, Fault::busy);
    first.reset();
    EXPECT_TRUE(RocksStore::open_writer(path_).ok());
}

TEST_F(RocksStoreTest, takes_no_more_after_a_write_has_failed) {
    auto store = create();
    put_rows(*store, 0, 100);
    {
        const FileSizeLimit limit(8'192);
        const auto failed = store->write(batch_of(100, 200));
        ASSERT_FALSE(failed.ok());
        EXPECT_EQ(failed.error().fault, Fault::unavailable);
    }
    const auto refused = store->write(batch_of(100, 101));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    EXPECT_NE(refused.error().advice.find("open the ledger again"), std::string::npos);
    EXPECT_EQ(store->settle().error().fault, Fault::unavailable);
    EXPECT_EQ(count_rows(*store).value(), 100U);
}

TEST_F(RocksStoreTest, opens_with_all_that_was_acknowledged_after_a_failed_write) {
    auto store = create();
    put_rows(*store, 0, 100);
    {
        const FileSizeLimit limit(8'192);
        ASSERT_FALSE(store->write(batch_of(100, 200)).ok());
    }
    store.reset();
    store = open();
    const auto rows = count_rows(*store).value();
    EXPECT_TRUE(rows == 100U || rows == 200U) << rows;
    EXPECT_TRUE(store->write(batch_of(rows, rows + 1)).ok());
}

TEST_F(RocksStoreTest, leaves_few_files_after_many_short_commands) {
    create();
    for (std::uint64_t command = 0; command < 40; ++command) {
        put_rows(*open(), command, command + 1);
        ASSERT_LE(list_folder(path_).value().size(), 24U) << "after " << command;
    }
    EXPECT_EQ(count_rows(*open()).value(), 40U);
}

TEST_F(RocksStoreTest, leaves_no_more_files_by_commands_that_only_open_it) {
    put_rows(*create(), 0, 10);
    const auto before = list_folder(path_).value().size();
    for (int command = 0; command < 10; ++command) {
        open();
    }
    EXPECT_LE(list_folder(path_).value().size(), before + 2);
}

TEST_F(RocksStoreTest, holds_nothing_in_its_log_once_it_is_closed) {
    put_rows(*create(), 0, 100);
    for (const auto& log : files_ending(path_, ".log")) {
        EXPECT_EQ(fs::file_size(log), 0U) << log;
    }
}

TEST_F(RocksStoreTest, settles_into_files) {
    const auto store = create();
    put_rows(*store, 0, 100);
    EXPECT_TRUE(files_ending(path_, ".sst").empty());
    ASSERT_TRUE(store->settle().ok());
    EXPECT_FALSE(files_ending(path_, ".sst").empty());
    EXPECT_EQ(count_rows(*store).value(), 100U);
}

// With just as many runs as compaction starts at, each far larger than the next, the engine says
// that one is pending and finds nothing to merge.
TEST_F(RocksStoreTest, settles_where_no_runs_are_worth_merging) {
    std::uint64_t rows = 0;
    create();
    for (const std::uint64_t run : {8'192U, 2'048U, 512U, 128U, 32U}) {
        put_rows(*open(), rows, rows + run);
        rows += run;
    }
    const auto store = open();
    put_rows(*store, rows, rows + 8);
    ASSERT_TRUE(store->settle().ok());
    EXPECT_EQ(files_ending(path_, ".sst").size(), 6U);
    EXPECT_EQ(count_rows(*store).value(), rows + 8);
}

TEST_F(RocksStoreTest, is_read_beside_its_writer) {
    const auto store = create();
    put_rows(*store, 0, 100);
    const auto reader = open_reader();
    EXPECT_EQ(count_rows(*reader).value(), 100U);
    put_rows(*store, 100, 200);
    EXPECT_EQ(count_rows(*reader).value(), 100U);
    ASSERT_TRUE(reader->catch_up().ok());
    EXPECT_EQ(count_rows(*reader).value(), 200U);
}

TEST_F(RocksStoreTest, shows_its_reader_what_went_from_the_log_into_files) {
    const auto store = create();
    put_rows(*store, 0, 100);
    const auto reader = open_reader();
    ASSERT_TRUE(store->settle().ok());
    put_rows(*store, 100, 200);
    ASSERT_TRUE(store->settle().ok());
    EXPECT_EQ(count_rows(*reader).value(), 100U);
    ASSERT_TRUE(reader->catch_up().ok());
    EXPECT_EQ(count_rows(*reader).value(), 200U);
}

TEST_F(RocksStoreTest, is_read_when_nobody_writes) {
    put_rows(*create(), 0, 100);
    EXPECT_EQ(count_rows(*open_reader()).value(), 100U);
}

TEST_F(RocksStoreTest, answers_its_reader_point_by_point_too) {
    put_rows(*create(), 0, 100);
    const auto reader = open_reader();
    const auto snapshot = reader->snapshot().value();
    EXPECT_EQ(snapshot->get(row_key(7)).value(), row_value(7));
    EXPECT_EQ(snapshot->get(row_key(100)).value(), std::nullopt);
    EXPECT_EQ(snapshot->last(row_key(0), row_key(50)).value()->first, row_key(49));
}

TEST_F(RocksStoreTest, stays_as_it_is_under_a_reader) {
    put_rows(*create(), 0, 100);
    const auto before = list_folder(path_).value();
    {
        const auto reader = open_reader();
        EXPECT_EQ(count_rows(*reader).value(), 100U);
        EXPECT_EQ(reader->write(batch_of(100, 101)).error().fault, Fault::refused);
    }
    EXPECT_EQ(list_folder(path_).value(), before);
    EXPECT_FALSE(is_there(folder_ / "scratch").value());
}

TEST_F(RocksStoreTest, gives_a_reader_no_scratch_folder_that_is_in_use) {
    put_rows(*create(), 0, 1);
    const auto first = open_reader();
    EXPECT_EQ(RocksReader::open(path_, folder_ / "scratch").error().fault, Fault::conflict);
    EXPECT_EQ(count_rows(*first).value(), 1U);
}

using RocksStoreDeathTest = RocksStoreTest;

TEST_F(RocksStoreDeathTest, outlives_its_snapshots) {
    EXPECT_DEATH(
        {
            auto store = create();
            const auto snapshot = store->snapshot();
            store.reset();
        },
        "contradiction");
}

TEST_F(RocksStoreDeathTest, lets_no_reader_catch_up_under_a_snapshot) {
    put_rows(*create(), 0, 1);
    EXPECT_DEATH(
        {
            const auto reader = open_reader();
            const auto snapshot = reader->snapshot();
            static_cast<void>(reader->catch_up());
        },
        "contradiction");
}

}  // namespace
}  // namespace wsoa
