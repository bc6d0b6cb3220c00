// The disk that the other tests of this folder stand on.

#include "ledger/store/files.h"
#include "ledger/store/guard.h"
#include "ledger/store/rocks_store.h"
#include "tests/ledger/store/rocks_rows.h"
#include "tests/support/changes.h"
#include "tests/support/disk/mount.h"
#include "tests/support/disk/rocks_disk.h"

#include <rocksdb/env.h>

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

namespace fs = std::filesystem;

const fs::path root = mount_point;

TEST(FaultyDisk, loses_what_was_not_synced_when_the_power_is_cut) {
    Disk disk;
    const Mount mount(disk);
    const auto file = OpenFile::open(root / "file", OpenFile::Use::create_write).value();
    ASSERT_TRUE(sync_folder(root).ok());
    ASSERT_TRUE(file->write_at(0, bytes_of("synced")).ok());
    ASSERT_TRUE(file->sync().ok());
    ASSERT_TRUE(file->write_at(0, bytes_of("not yet")).ok());
    EXPECT_EQ(text_of(read_file(root / "file", 99).value()), "not yet");
    auto left = disk.cut_power();
    EXPECT_EQ(text_of(left.bytes_of_file("/file")), "synced");
    EXPECT_EQ(file->sync().error().fault, Fault::unavailable);
}

TEST(FaultyDisk, loses_a_name_whose_folder_was_not_synced) {
    Disk disk;
    const Mount mount(disk);
    const auto file = OpenFile::open(root / "file", OpenFile::Use::create_write).value();
    ASSERT_TRUE(file->write_at(0, bytes_of("synced")).ok());
    ASSERT_TRUE(file->sync().ok());
    EXPECT_EQ(disk.cut_power().files().size(), 0U);
}

TEST(FaultyDisk, keeps_what_was_written_durably) {
    Disk disk;
    const Mount mount(disk);
    ASSERT_TRUE(write_durably(root / "file", bytes_of("first"), Access::owner).ok());
    ASSERT_TRUE(write_durably(root / "file", bytes_of("second"), Access::owner).ok());
    auto left = disk.cut_power();
    EXPECT_EQ(left.files(), std::vector<std::string>{"/file"});
    EXPECT_EQ(text_of(left.bytes_of_file("/file")), "second");
}

// Each operation of one durable rewriting of a file fails once, in every way.
TEST(FaultyDisk, shows_the_old_file_or_the_new_one_whatever_operation_fails) {
    for (const auto kind : {DiskFaultKind::io_error, DiskFaultKind::no_space, DiskFaultKind::torn,
                            DiskFaultKind::done_but_failed, DiskFaultKind::from_then_on}) {
        std::uint64_t hits = 0;
        for (std::uint64_t at = 0;; ++at) {
            Disk disk;
            const Mount mount(disk);
            must(write_durably(root / "file", bytes_of("first"), Access::owner));
            disk.start(Disk::Fault{.at = at, .kind = kind, .seed = at});
            const auto written = write_durably(root / "file", bytes_of("second"), Access::owner);
            if (disk.hit().empty()) {
                EXPECT_TRUE(written.ok());
                break;
            }
            ++hits;
            EXPECT_FALSE(written.ok()) << disk.hit();
            const auto left = disk.cut_power(Disk::Keeps::parts, at).files();
            EXPECT_NE(std::ranges::find(left, "/file"), left.end());
        }
        EXPECT_EQ(hits, 5U) << name_of(kind);  // create, write, sync, rename, sync of the folder
    }
}

TEST(FaultyDisk, forgets_for_every_later_sync_what_a_failed_one_was_to_save) {
    Disk disk;
    const Mount mount(disk);
    const auto file = OpenFile::open(root / "file", OpenFile::Use::create_write).value();
    must(sync_folder(root));
    must(file->write_at(0, bytes_of("lost")));
    disk.start(Disk::Fault{.at = 0, .kind = DiskFaultKind::io_error});
    ASSERT_FALSE(file->sync().ok());
    ASSERT_TRUE(file->sync().ok());
    auto left = disk.cut_power();
    EXPECT_TRUE(left.bytes_of_file("/file").empty());
}

TEST(FaultyDisk, is_full_when_its_room_is_used_up) {
    Disk disk;
    const Mount mount(disk);
    disk.set_room(4);
    const auto file = OpenFile::open(root / "file", OpenFile::Use::create_write).value();
    const auto written = file->write_at(0, bytes_of("more than four"));
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().message.find("No space left"), std::string::npos);
    disk.set_room(100);
    EXPECT_TRUE(file->write_at(0, bytes_of("more than four")).ok());
}

TEST(FaultyDisk, carries_a_store_of_the_real_engine_through_a_power_cut) {
    DiskImage left;
    {
        Disk disk;
        const Mount mount(disk);
        const auto machine = rocks_env_on(disk);
        const auto store = RocksStore::create(root / "store", {.machine = machine.get()}).value();
        put_rows(*store, 0, 10);
        left = disk.cut_power();
        EXPECT_FALSE(store->write(batch_of(10, 11)).ok());
    }
    Disk disk(left);
    const Mount mount(disk);
    const auto machine = rocks_env_on(disk);
    const auto store = RocksStore::open_writer(root / "store", {.machine = machine.get()});
    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_EQ(count_rows(*store.value()).value(), 10U);
}

}  // namespace
}  // namespace wsoa::test
