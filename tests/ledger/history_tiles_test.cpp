#include "ledger/history_tiles.h"

#include "ledger/store/files.h"
#include "ledger/store/log_folder.h"
#include "ledger/store/system.h"
#include "tests/support/changes.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

using test::must;
using testing::HasSubstr;
using testing::IsEmpty;

class TileExports : public testing::Test {
protected:
    TileExports() {
        builder_.enrol("head-of-send");
        builder_.commit();
    }

    void grow_to(std::uint64_t size) {
        while (builder_.size().value < size) {
            builder_.append({.kind = Kind::ROLE_GRANTED,
                             .subject = "@head-of-send",
                             .fields = {{"role", "actionOwner"}}});
        }
        builder_.commit();
    }
    fs::path folder() const { return temporary_ / "log"; }
    Result<Exported> publish(Bundles bundles = Bundles::included) {
        return publish_up_to(builder_.size(), bundles);
    }
    Result<Exported> publish_up_to(TreeSize size, Bundles bundles = Bundles::included) {
        const auto history = builder_.history(size);
        return export_tiles(*history,
                            {.folder = folder(),
                             .bundles = bundles,
                             .checkpoint_note = must(history->checkpoint_note())},
                            *workers_);
    }
    LogVerdict verdict() const { return must(verify_tiles(log_files_in(folder()), {})); }
    std::set<std::string> files() const {
        std::set<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(folder())) {
            if (entry.is_regular_file()) {
                found.insert(fs::relative(entry.path(), folder()).string());
            }
        }
        return found;
    }
    std::map<std::string, Bytes> bytes_of_all(const std::set<std::string>& names) const {
        std::map<std::string, Bytes> all;
        for (const auto& name : names) {
            all[name] = must(read_file(folder() / name, 1U << 20));
        }
        return all;
    }
    std::set<std::string> files_of(TreeSize size) const {
        std::set<std::string> wanted{"checkpoint"};
        for (const auto& tile : tiles_between(TreeSize{0}, size)) {
            wanted.insert(path_of(tile));
        }
        for (const auto& bundle : bundles_between(TreeSize{0}, size)) {
            wanted.insert(path_of(bundle));
        }
        return wanted;
    }

    std::unique_ptr<Workers> workers_ = worker_threads(0);
    test::LedgerBuilder builder_;
    TempFolder temporary_;
};

TEST_F(TileExports, are_valid_logs_around_the_width_of_a_tile) {
    for (const std::uint64_t size : {3U, 255U, 256U, 257U, 300U}) {
        grow_to(size);
        const auto made = publish();
        ASSERT_TRUE(made.ok()) << made.error().message;
        EXPECT_EQ(made.value().size.value, size);
        const auto found = verdict();
        EXPECT_THAT(found.findings, IsEmpty()) << size;
        EXPECT_EQ(found.checkpoint.value().size.value, size);
    }
    // What is partial and has no full tile yet is kept for those who hold an older checkpoint.
    auto wanted = files_of(TreeSize{300});
    for (const auto* path : {"tile/0/001.p/1", "tile/entries/001.p/1"}) {
        wanted.insert(path);
    }
    EXPECT_EQ(files(), wanted);
}

TEST_F(TileExports, write_only_what_is_new) {
    grow_to(300);
    EXPECT_EQ(must(publish()).files, 5U);
    const auto before = fs::last_write_time(folder() / "tile/0/000");
    const auto again = must(publish());
    EXPECT_EQ(again.files, 0U);
    EXPECT_EQ(again.before.value, 300U);
    grow_to(301);
    EXPECT_EQ(must(publish()).files, 2U);
    EXPECT_EQ(fs::last_write_time(folder() / "tile/0/000"), before);
}

TEST_F(TileExports, bring_back_a_file_that_was_lost) {
    grow_to(300);
    must(publish());
    fs::remove(folder() / "tile/entries/000");
    EXPECT_TRUE(verdict().has_breach());
    EXPECT_EQ(must(publish()).files, 1U);
    EXPECT_THAT(verdict().findings, IsEmpty());
}

TEST_F(TileExports, for_the_public_hold_no_entries) {
    grow_to(300);
    must(publish(Bundles::left_out));
    EXPECT_FALSE(fs::exists(folder() / "tile/entries"));
    const auto found = verdict();
    EXPECT_THAT(found.findings, IsEmpty());
    EXPECT_THAT(found.not_checked, testing::Contains(HasSubstr("what the entries are")));
    // They can be added later, and are not mixed up the other way round.
    must(publish());
    EXPECT_THAT(verdict().checked, testing::Contains(HasSubstr("300 entries, each hashed")));
    EXPECT_EQ(publish(Bundles::left_out).error().fault, Fault::conflict);
}

TEST_F(TileExports, never_go_back) {
    const auto early = builder_.size();
    grow_to(20);
    must(publish());
    const auto refused = publish_up_to(early);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::conflict);
    EXPECT_THAT(refused.error().message, HasSubstr("holds 20 events already"));
    EXPECT_EQ(verdict().checkpoint.value().size.value, 20U);
}

TEST_F(TileExports, hold_nothing_beyond_the_moment_that_was_read) {
    const auto early = builder_.size();
    grow_to(300);
    const auto made = must(publish_up_to(early));
    EXPECT_EQ(made.size, early);
    EXPECT_EQ(files(), files_of(early));
}

TEST_F(TileExports, do_not_continue_another_history) {
    grow_to(20);
    must(publish());
    test::LedgerBuilder other;
    other.enrol("programme-officer");
    other.advance_days(1);
    while (other.size().value < 30) {
        other.grant("programme-officer", "actionOwner");
    }
    other.commit();
    const auto history = other.history();
    const auto refused = export_tiles(
        *history, {.folder = folder(), .checkpoint_note = must(history->checkpoint_note())},
        *workers_);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::distrusted);
    EXPECT_THAT(refused.error().message, HasSubstr("another history"));
    EXPECT_THAT(verdict().findings, IsEmpty());
}

TEST_F(TileExports, leave_a_folder_of_other_things_alone) {
    fs::create_directories(folder());
    must(write_durably(folder() / "letter.txt", bytes_of("dear all"), Access::everyone));
    EXPECT_EQ(publish().error().fault, Fault::conflict);
    EXPECT_EQ(files(), std::set<std::string>{"letter.txt"});
}

TEST_F(TileExports, do_not_publish_an_event_that_was_altered) {
    grow_to(20);
    Batch batch;
    auto entry = must(builder_.history()->entry(EventIndex{7}));
    entry.back() ^= 1;
    batch.put(layout::event_key(EventIndex{7}), entry);
    must(builder_.store().write(batch));
    const auto refused = publish();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::corrupt);
    EXPECT_THAT(refused.error().message, HasSubstr("event 7 is not what was recorded"));
    EXPECT_FALSE(fs::exists(folder() / "checkpoint"));
}

TEST_F(TileExports, name_the_event_that_was_altered_in_a_full_bundle) {
    grow_to(600);
    Batch batch;
    auto entry = must(builder_.history()->entry(EventIndex{300}));
    entry.back() ^= 1;
    batch.put(layout::event_key(EventIndex{300}), entry);
    must(builder_.store().write(batch));
    const auto refused = publish();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::corrupt);
    EXPECT_THAT(refused.error().message, HasSubstr("event 300 is not what was recorded"));
    EXPECT_FALSE(fs::exists(folder() / "checkpoint"));
}

TEST_F(TileExports, do_not_publish_entries_under_another_root) {
    grow_to(600);
    Batch batch;
    batch.put(layout::node_key({8, 1}), Hash{}.view());
    must(builder_.store().write(batch));
    const auto refused = publish();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::corrupt);
    EXPECT_THAT(refused.error().message, HasSubstr("the hashes of tile/0/001 do not have"));
    EXPECT_FALSE(fs::exists(folder() / "checkpoint"));
}

// More than is read and checked at a time, by threads or by one hand.
TEST_F(TileExports, of_many_tiles_are_the_same_whoever_does_the_work) {
    grow_to(9'000);
    EXPECT_EQ(must(publish()).files, 73U);
    EXPECT_THAT(verdict().findings, IsEmpty());
    EXPECT_EQ(files(), files_of(TreeSize{9'000}));
    const auto by_threads = bytes_of_all(files());
    fs::remove_all(folder());
    workers_ = std::make_unique<OwnHands>();
    must(publish());
    EXPECT_TRUE(bytes_of_all(files()) == by_threads);
}

TEST_F(TileExports, do_not_publish_a_hash_that_was_altered) {
    grow_to(300);
    Batch batch;
    batch.put(layout::node_key({0, 100}), Hash{}.view());
    must(builder_.store().write(batch));
    EXPECT_EQ(publish(Bundles::left_out).error().fault, Fault::corrupt);
    EXPECT_FALSE(fs::exists(folder() / "checkpoint"));
}

TEST_F(TileExports, are_written_by_one_at_a_time) {
    must(publish());
    const auto other = must(OpenFile::open(folder(), OpenFile::Use::read));
    ASSERT_TRUE(must(other->try_lock()));
    EXPECT_EQ(publish().error().fault, Fault::busy);
}

}  // namespace
}  // namespace wsoa
