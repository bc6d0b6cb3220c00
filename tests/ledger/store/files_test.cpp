#include "ledger/store/files.h"
#include "ledger/store/scratch_folder.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

Bytes read(const fs::path& path) { return read_file(path, 1'000'000).value(); }

unsigned mode_of(const fs::path& path) {
    struct stat about {};
    CHECK(::stat(path.c_str(), &about) == 0);
    return about.st_mode & 07777U;
}

Fault fault_of(const Result<void>& result) { return result.error().fault; }

TEST(Files, give_back_what_was_written) {
    const TempFolder folder;
    const Bytes bytes(200'000, 7);
    ASSERT_TRUE(write_durably(folder / "a", bytes, Access::everyone).ok());
    EXPECT_EQ(read(folder / "a"), bytes);
    ASSERT_TRUE(write_durably(folder / "a", {}, Access::everyone).ok());
    EXPECT_EQ(read(folder / "a"), Bytes());
}

TEST(Files, can_be_read_by_whom_they_are_for) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "secret", bytes_of("x"), Access::owner).ok());
    ASSERT_TRUE(write_durably(folder / "public", bytes_of("x"), Access::everyone).ok());
    ASSERT_TRUE(create_durably(folder / "created", bytes_of("x"), Access::owner).ok());
    EXPECT_EQ(mode_of(folder / "secret"), 0600U);
    EXPECT_EQ(mode_of(folder / "public"), 0644U);
    EXPECT_EQ(mode_of(folder / "created"), 0600U);
}

TEST(Files, leave_nothing_else_in_the_folder) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("1"), Access::owner).ok());
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("2"), Access::owner).ok());
    ASSERT_TRUE(create_durably(folder / "b", bytes_of("3"), Access::owner).ok());
    ASSERT_FALSE(create_durably(folder / "b", bytes_of("4"), Access::owner).ok());
    EXPECT_EQ(list_folder(folder.path()).value(), (std::vector<std::string>{"a", "b"}));
}

TEST(Files, that_exist_are_never_created_again) {
    const TempFolder folder;
    ASSERT_TRUE(create_durably(folder / "a", bytes_of("first"), Access::owner).ok());
    const auto again = create_durably(folder / "a", bytes_of("second"), Access::owner);
    EXPECT_EQ(fault_of(again), Fault::conflict);
    EXPECT_EQ(read(folder / "a"), copy_of(bytes_of("first")));
}

TEST(Files, are_created_by_one_of_many_at_once) {
    const TempFolder folder;
    std::atomic<int> winners = 0;
    {
        std::vector<std::jthread> creators;
        for (int i = 0; i < 8; ++i) {
            creators.emplace_back([&folder, &winners, i] {
                const Bytes bytes(1'000, static_cast<std::uint8_t>(i));
                winners += create_durably(folder / "a", bytes, Access::owner).ok() ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(winners, 1);
    const auto bytes = read(folder / "a");
    EXPECT_EQ(bytes, Bytes(1'000, bytes.at(0)));
}

TEST(Files, that_are_not_there_are_missing) {
    const TempFolder folder;
    const auto gone = folder / "gone";
    EXPECT_EQ(read_file(gone, 10).error().fault, Fault::missing);
    EXPECT_EQ(fault_of(remove_durably(gone)), Fault::missing);
    EXPECT_EQ(fault_of(destroy(gone)), Fault::missing);
    EXPECT_EQ(fault_of(write_durably(gone / "x", {}, Access::owner)), Fault::missing);
    EXPECT_EQ(list_folder(gone).error().fault, Fault::missing);
    EXPECT_EQ(OpenFile::open(gone, OpenFile::Use::write).error().fault, Fault::missing);
    EXPECT_NE(read_file(gone, 10).error().message.find(gone.string()), std::string::npos);
    EXPECT_FALSE(is_there(gone).value());
}

TEST(Files, larger_than_the_bound_are_not_read) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("12345"), Access::owner).ok());
    EXPECT_EQ(read_file(folder / "a", 5).value().size(), 5U);
    EXPECT_EQ(read_file(folder / "a", 4).error().fault, Fault::invalid);
    EXPECT_EQ(read_file("/dev/zero", 100'000).error().fault, Fault::invalid);
}

TEST(Files, that_are_folders_cannot_be_read_or_destroyed) {
    const TempFolder folder;
    EXPECT_EQ(read_file(folder.path(), 10).error().fault, Fault::unavailable);
    EXPECT_EQ(fault_of(destroy(folder.path())), Fault::unavailable);
    EXPECT_TRUE(is_there(folder.path()).value());
}

TEST(Files, stay_as_they_were_when_a_write_fails) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("old"), Access::owner).ok());
    {
        const FileSizeLimit limit(1'000);
        const auto written = write_durably(folder / "a", Bytes(5'000), Access::owner);
        EXPECT_EQ(fault_of(written), Fault::unavailable);
    }
    EXPECT_EQ(read(folder / "a"), copy_of(bytes_of("old")));
    EXPECT_EQ(list_folder(folder.path()).value(), (std::vector<std::string>{"a"}));
}

TEST(Files, on_a_full_disk_say_what_to_do) {
    const auto file = OpenFile::open("/dev/full", OpenFile::Use::write).value();
    const auto written = file->write_at(0, bytes_of("x"));
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().fault, Fault::unavailable);
    EXPECT_EQ(written.error().message, "writing /dev/full failed: No space left on device");
    EXPECT_EQ(written.error().advice, "make room on that disk, then try again");
}

TEST(Files, are_gone_once_removed) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("x"), Access::owner).ok());
    ASSERT_TRUE(remove_durably(folder / "a").ok());
    EXPECT_FALSE(is_there(folder / "a").value());
}

TEST(Files, bear_another_name_once_they_are_moved) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("new"), Access::owner).ok());
    ASSERT_TRUE(write_durably(folder / "b", bytes_of("old"), Access::owner).ok());
    ASSERT_TRUE(create_folder(folder / "c", Access::owner).ok());
    ASSERT_TRUE(move_durably(folder / "a", folder / "b").ok());
    EXPECT_FALSE(is_there(folder / "a").value());
    EXPECT_EQ(read(folder / "b"), copy_of(bytes_of("new")));
    ASSERT_TRUE(move_durably(folder / "b", folder / "c" / "d").ok());
    EXPECT_EQ(read(folder / "c" / "d"), copy_of(bytes_of("new")));
    EXPECT_EQ(fault_of(move_durably(folder / "a", folder / "b")), Fault::missing);
}

// A second name for the same blocks shows what became of them.
TEST(Files, are_overwritten_before_they_are_destroyed) {
    const TempFolder folder;
    const Bytes secret(150'000, 0xa5);
    ASSERT_TRUE(write_durably(folder / "a", secret, Access::owner).ok());
    fs::create_hard_link(folder / "a", folder / "second name");
    ASSERT_TRUE(destroy(folder / "a").ok());
    EXPECT_FALSE(is_there(folder / "a").value());
    EXPECT_EQ(read(folder / "second name"), Bytes(secret.size(), 0));
}

TEST(Files, behind_a_symbolic_link_are_not_destroyed) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("kept"), Access::owner).ok());
    fs::create_symlink(folder / "a", folder / "link");
    EXPECT_EQ(fault_of(destroy(folder / "link")), Fault::unavailable);
    EXPECT_EQ(read(folder / "a"), copy_of(bytes_of("kept")));
}

TEST(Files, survive_the_sweep_of_a_second_name_that_a_crash_left_them) {
    const TempFolder folder;
    const Bytes bytes(64, 7);
    ASSERT_TRUE(create_durably(folder / "key", bytes, Access::owner).ok());
    ASSERT_EQ(::link((folder / "key").c_str(), (folder / ".key.abc123.tmp").c_str()), 0);
    ASSERT_TRUE(destroy_leftovers(folder.path()).ok());
    EXPECT_EQ(read(folder / "key"), bytes);
    EXPECT_FALSE(is_there(folder / ".key.abc123.tmp").value());
}

TEST(Files, left_over_from_writes_that_were_cut_short_are_destroyed) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "vault", bytes_of("x"), Access::owner).ok());
    ASSERT_TRUE(write_durably(folder / ".vault.a1b2c3.tmp", bytes_of("y"), Access::owner).ok());
    ASSERT_TRUE(destroy_leftovers(folder.path()).ok());
    EXPECT_EQ(list_folder(folder.path()).value(), (std::vector<std::string>{"vault"}));
}

TEST(Folders, are_listed_in_the_order_of_bytes) {
    const TempFolder folder;
    for (const auto* name : {"b", "B", "a", ".x", "\xc3\xa4"}) {
        ASSERT_TRUE(write_durably(folder / name, {}, Access::owner).ok());
    }
    EXPECT_EQ(list_folder(folder.path()).value(),
              (std::vector<std::string>{".x", "B", "a", "b", "\xc3\xa4"}));
}

TEST(Folders, are_claimed_only_when_empty) {
    const TempFolder folder;
    const auto path = folder / "new";
    EXPECT_TRUE(claim_folder(path, Access::owner).ok());
    EXPECT_EQ(mode_of(path), 0700U);
    EXPECT_TRUE(claim_folder(path, Access::owner).ok());
    EXPECT_EQ(fault_of(create_folder(path, Access::owner)), Fault::conflict);
    ASSERT_TRUE(write_durably(path / "a", {}, Access::owner).ok());
    EXPECT_EQ(fault_of(claim_folder(path, Access::owner)), Fault::conflict);
}

TEST(ScratchFolder, goes_with_all_that_is_in_it) {
    const TempFolder folder;
    const auto path = folder / "scratch";
    {
        const auto scratch = ScratchFolder::create(path).value();
        ASSERT_TRUE(create_folder(path / "inner", Access::owner).ok());
        ASSERT_TRUE(write_durably(path / "inner" / "a", {}, Access::owner).ok());
    }
    EXPECT_FALSE(is_there(path).value());
}

TEST(ScratchFolder, takes_no_folder_that_is_there_already) {
    const TempFolder folder;
    ASSERT_TRUE(write_durably(folder / "a", bytes_of("kept"), Access::owner).ok());
    EXPECT_EQ(ScratchFolder::create(folder.path()).error().fault, Fault::conflict);
    EXPECT_TRUE(is_there(folder / "a").value());
}

TEST(OpenFile, reads_and_writes_at_any_place) {
    const TempFolder folder;
    const auto file = OpenFile::open(folder / "a", OpenFile::Use::create_write).value();
    ASSERT_TRUE(file->write_at(3, bytes_of("def")).ok());
    ASSERT_TRUE(file->write_at(0, bytes_of("abc")).ok());
    ASSERT_TRUE(file->sync().ok());
    EXPECT_EQ(file->read_at(2, 2).value(), copy_of(bytes_of("cd")));
    EXPECT_EQ(file->read_at(4, 100).value(), copy_of(bytes_of("ef")));
    EXPECT_EQ(file->read_at(100, 100).value(), Bytes());
    ASSERT_TRUE(file->resize(2).ok());
    EXPECT_EQ(read(folder / "a"), copy_of(bytes_of("ab")));
}

TEST(OpenFile, is_locked_by_one_at_a_time) {
    const TempFolder folder;
    auto first = OpenFile::open(folder / "a", OpenFile::Use::create_write).value();
    const auto second = OpenFile::open(folder / "a", OpenFile::Use::write).value();
    EXPECT_TRUE(first->try_lock().value());
    EXPECT_FALSE(second->try_lock().value());
    first.reset();
    EXPECT_TRUE(second->try_lock().value());
}

}  // namespace
}  // namespace wsoa
