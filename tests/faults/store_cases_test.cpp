// What storage.md, section 7 reproduced of RocksDB, on the real engine, under a ledger.

#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa::test {
namespace {

std::vector<std::string> files_ending(const DiskImage& image, std::string_view end) {
    auto files = image.files();
    std::erase_if(files, [&](const std::string& file) { return !file.ends_with(end); });
    return files;
}

// The log that holds something; empty logs of earlier openings may stand beside it.
std::string log_of(const DiskImage& image) {
    const auto logs = files_ending(image, ".log");
    const auto largest = std::ranges::max_element(
        logs, {}, [&](const std::string& log) { return image.bytes_of_file(log).size(); });
    CHECK(largest != logs.end());
    return *largest;
}

class StoreCase : public testing::Test {
protected:
    Result<std::unique_ptr<OpenLedger>> open(Machine& machine) {
        return OpenLedger::open(machine.place(), trials_.life().people());
    }
    // How many events a scan from the first one on gives; the error it ends with.
    Result<std::uint64_t> scanned(const DiskImage& image) {
        Machine machine(image);
        const auto opened = TRY(open(machine));
        const auto history = TRY(opened->ledger().history());
        std::uint64_t count = 0;
        TRY(history->each_entry(EventIndex{0}, [&](EventIndex, ByteView) -> Result<Snapshot::Step> {
            ++count;
            return Snapshot::Step::next;
        }));
        return count;
    }
    // A machine on which three groups stand in the log alone, all acknowledged.
    void fill_log(Machine& machine, Books& books) {
        const auto opened = must(open(machine));
        for (int group = 0; group < 3; ++group) {
            must(trials_.life().commit_next(*opened, books));
        }
        image_ = machine.disk().cut_power();
    }

    Trials trials_;
    DiskImage image_;
};

// RocksDB 7.8.3 by itself takes a damaged first block for the end, in every file but the first.
TEST_F(StoreCase, a_flipped_byte_in_whichever_table_file_is_reported_and_shortens_no_scan) {
    const auto& start = trials_.start_of(4);
    const auto tables = files_ending(start.image, ".sst");
    ASSERT_GE(tables.size(), 4U);
    ASSERT_EQ(scanned(start.image).value(), start.books.events.size());
    for (const auto& table : tables) {
        auto damaged = start.image;
        damaged.flip(table, 100, 6);
        const auto count = scanned(damaged);
        ASSERT_FALSE(count.ok()) << table << ": " << count.value() << " events, and no error";
        EXPECT_EQ(count.error().fault, Fault::corrupt) << count.error().message;
    }
}

TEST_F(StoreCase, a_flipped_byte_inside_the_log_refuses_to_open_each_time) {
    auto books = trials_.start_of(1).books;
    {
        Machine machine(trials_.start_of(1).image);
        fill_log(machine, books);
    }
    const auto log = log_of(image_);
    const auto size = image_.bytes_of_file(log).size();
    for (const auto place : {size / 4, size / 2, size * 3 / 4}) {
        auto damaged = image_;
        damaged.flip(log, place, 3);
        for (int tries = 0; tries < 2; ++tries) {
            Machine machine(damaged);
            const auto opened = open(machine);
            ASSERT_FALSE(opened.ok()) << place;
            EXPECT_EQ(opened.error().fault, Fault::corrupt) << opened.error().message;
            damaged = machine.disk().cut_power();
        }
    }
}

// At every length that the log's last, unanswered write can have reached: what was acknowledged is
// there, and the write as a whole or not at all.
TEST_F(StoreCase, a_torn_tail_opens_with_everything_that_was_acknowledged) {
    auto books = trials_.start_of(1).books;
    DiskImage whole;
    {
        Machine machine(trials_.start_of(1).image);
        const auto opened = must(open(machine));
        must(trials_.life().commit_next(*opened, books));
        // The log's write is done, its sync fails, and then the power does.
        machine.disk().start(Disk::Fault{.at = 1, .kind = DiskFaultKind::from_then_on});
        ASSERT_FALSE(trials_.life().commit_next(*opened, books).ok());
        ASSERT_TRUE(machine.disk().hit().ends_with(".log")) << machine.disk().hit();
        image_ = machine.disk().cut_power();
        whole = machine.disk().cut_power(Disk::Keeps::all);
    }
    const auto log = log_of(image_);
    const auto& all = whole.bytes_of_file(log);
    const auto synced = image_.bytes_of_file(log).size();
    ASSERT_GT(all.size(), synced + 500);
    Counts counts{.trial = "torn tail of the log", .fault = "cut at every fifth byte"};
    for (auto length = synced; length <= all.size(); length += 5) {
        auto torn = image_;
        torn.put_file(log, copy_of(ByteView(all).first(length)));
        const auto gone_on = trials_.go_on(torn, books, std::nullopt, counts);
        EXPECT_TRUE(gone_on.ok()) << length << " bytes: " << gone_on.error().message;
        counts.lost += gone_on.ok() ? 0U : 1U;
        ++counts.runs;
    }
    EXPECT_LE(counts.completed, 1U);
    counts.write();
}

// What a dead program wrote to the log may still be in the machine's memory only. An opening that
// builds on it, and that a power cut then ends, must not leave a log of which a part is missing.
TEST_F(StoreCase, a_log_that_its_writer_never_synced_opens_after_an_opening_that_was_cut_short) {
    Counts counts{.trial = "unsynced log", .fault = "power cut amid the opening after a restart"};
    auto books = trials_.start_of(1).books;
    DiskImage found;
    {
        Machine machine(trials_.start_of(1).image);
        const auto opened = must(open(machine));
        must(trials_.life().commit_next(*opened, books));
        machine.disk().start(Disk::Fault{.at = 0, .kind = DiskFaultKind::done_but_failed});
        ASSERT_FALSE(trials_.life().commit_next(*opened, books).ok());
        found = machine.disk().cut_power(Disk::Keeps::all);
    }
    constexpr std::uint64_t operations = 24;
    constexpr std::uint64_t seeds = 12;
    for (std::uint64_t run = 0; run < operations * seeds; ++run) {
        DiskImage left;
        {
            Machine machine(found);
            machine.disk().start(
                Disk::Fault{.at = run % operations, .kind = DiskFaultKind::from_then_on});
            const auto cut_short = open(machine);
            left = machine.disk().cut_power(Disk::Keeps::parts, run);
        }
        ++counts.runs;
        Machine machine(left);
        const auto opened = open(machine);
        ASSERT_TRUE(opened.ok()) << "run " << run << ": " << opened.error().message;
        const auto checked = trials_.life().check(*opened.value(), books);
        EXPECT_TRUE(checked.ok()) << "run " << run << ": " << checked.error().message;
        counts.acknowledged += books.events.size();
    }
    counts.write();
}

// Some drives write the sectors of one write in any order: a hole in the log's end looks like a
// flipped byte, and cannot be told from one. Then opening may refuse, and says which file it is; it
// never goes on without an acknowledged event.
TEST_F(StoreCase, a_log_whose_last_sectors_came_out_of_order_opens_whole_or_is_named) {
    Counts counts{.trial = "sectors out of order", .fault = "power cut amid a commit"};
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        auto books = trials_.start_of(1).books;
        DiskImage left;
        {
            Machine machine(trials_.start_of(1).image);
            const auto opened = must(open(machine));
            must(trials_.life().commit_next(*opened, books));
            machine.disk().start(Disk::Fault{.at = 1, .kind = DiskFaultKind::from_then_on});
            ASSERT_FALSE(trials_.life().commit_next(*opened, books).ok());
            left = machine.disk().cut_power(Disk::Keeps::parts_anywhere, seed);
        }
        ++counts.runs;
        Machine machine(left);
        const auto opened = open(machine);
        if (opened.ok()) {
            const auto checked = trials_.life().check(*opened.value(), books);
            EXPECT_TRUE(checked.ok()) << "seed " << seed << ": " << checked.error().message;
            counts.acknowledged += books.events.size();
            continue;
        }
        ++counts.refused;
        EXPECT_EQ(opened.error().fault, Fault::corrupt) << opened.error().message;
        EXPECT_NE(opened.error().message.find("/truth"), std::string::npos)
            << opened.error().message;
    }
    EXPECT_LT(counts.refused, counts.runs);
    counts.write();
}

}  // namespace
}  // namespace wsoa::test
