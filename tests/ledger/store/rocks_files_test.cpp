#include "ledger/store/rocks_store.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

Bytes text_bytes(std::string_view text) { return copy_of(bytes_of(text)); }

// Writes a row with a store that is opened for it.
void put(RocksStore& store, std::string_view key, std::string_view value) {
    Batch batch;
    batch.put(text_bytes(key), text_bytes(value));
    ASSERT_TRUE(store.write(batch).ok());
}

std::optional<Bytes> read(const Store& store, std::string_view key) {
    const auto snapshot = store.snapshot();
    return snapshot.value()->get(text_bytes(key)).value();
}

TEST(UnsyncedStore, keeps_what_was_written_from_one_process_to_the_next) {
    const TempFolder folder;
    put(*RocksStore::create(folder / "store", {}, Syncing::never).value(), "a", "1");
    put(*RocksStore::open_writer(folder / "store", {}, Syncing::never).value(), "b", "2");
    const auto synced = RocksStore::open_writer(folder / "store").value();
    EXPECT_EQ(read(*synced, "a"), text_bytes("1"));
    EXPECT_EQ(read(*synced, "b"), text_bytes("2"));
}

TEST(UnsyncedStore, is_read_beside_its_writer) {
    const TempFolder folder;
    const auto writer = RocksStore::create(folder / "store", {}, Syncing::never).value();
    put(*writer, "a", "1");
    const auto reader = RocksReader::open(folder / "store", folder / "scratch").value();
    EXPECT_EQ(read(*reader, "a"), text_bytes("1"));
}

TEST(UnsyncedStore, leaves_few_files_after_a_hundred_short_lives) {
    const TempFolder folder;
    put(*RocksStore::create(folder / "store", {}, Syncing::never).value(), "a", "0");
    for (int life = 1; life <= 100; ++life) {
        put(*RocksStore::open_writer(folder / "store", {}, Syncing::never).value(), "a",
            std::to_string(life));
    }
    const auto names = list_folder(folder / "store");
    EXPECT_LE(names.value().size(), 25U);
    const auto last = RocksStore::open_writer(folder / "store").value();
    EXPECT_EQ(read(*last, "a"), text_bytes("100"));
}

}  // namespace
}  // namespace wsoa
