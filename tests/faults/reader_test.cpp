// A reader opened beside a busy writer: RocksDB's secondary was seen to miss rows in the middle
// with status OK. What a reader answers here is dense, and under the root that the guard vouches
// for; or it is an error.

#include "ledger/tree/hasher.h"
#include "ledger/tree/tree.h"
#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace wsoa::test {
namespace {

class BusyWriter : public testing::Test {
protected:
    static constexpr std::size_t groups = 220;

    // A group of areas with long words, so that what is buffered becomes a file every few of them.
    static std::vector<NewEvent> long_group(std::size_t number) {
        std::vector<NewEvent> group;
        for (std::size_t i = 0; i < 4; ++i) {
            auto area = area_added(fmt::format("TH-{}", 100 + 4 * number + i));
            area.words.back().second.assign(3'000, static_cast<char>('a' + number % 26));
            group.push_back(std::move(area));
        }
        return group;
    }

    void write_all() {
        for (std::size_t number = 0; number < groups; ++number) {
            const auto submissions = submissions_for(writer_->ledger(), trials_.life().people(),
                                                     30 + number, long_group(number));
            const auto outcomes = writer_->ledger().commit_all(submissions);
            EXPECT_TRUE(outcomes.ok()) << outcomes.error().message;
            if (!outcomes.ok()) {
                break;
            }
        }
        is_writing_ = false;
    }

    // As the commands read: the guard first, then a reader, which catches up if it finds rows
    // missing. Gives how often it had to.
    Result<std::uint64_t> read_once(std::uint64_t round) {
        const auto head = TRY(Guard::read(guard_path(), trials_.life().people().ledger()));
        const auto scratch = std::filesystem::path(mount_point) / fmt::format("scratch-{}", round);
        const auto reader =
            TRY(RocksReader::open(ledger_folder().truth(), scratch, machine_->sizes()));
        for (std::uint64_t catches = 0;; ++catches) {
            auto snapshot = TRY(reader->snapshot());
            const auto history = History::open(std::move(snapshot), head.size);
            if (!history.ok() && history.error().fault == Fault::corrupt && catches < 10) {
                TRY(reader->catch_up());
                continue;
            }
            if (!history.ok()) {
                return history.error();
            }
            EXPECT_EQ(history.value()->root(), head.root);
            TRY(expect_dense(*history.value()));
            return catches;
        }
    }

    // Every event, in the log's order and plan by plan: an error, or all of them and each the right
    // one.
    Result<void> expect_dense(const History& history) {
        Frontier tree;
        TRY(history.each_entry(EventIndex{0},
                               [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
                                   EXPECT_EQ(index.value, tree.size().value);
                                   tree.append(hash_leaf(entry));
                                   return Snapshot::Step::next;
                               }));
        EXPECT_EQ(tree.size(), history.size());
        EXPECT_EQ(tree.root(), history.root());
        std::uint64_t by_plan = 0;
        const History::VisitEntry visit = [&](EventIndex, ByteView) -> Result<Snapshot::Step> {
            ++by_plan;
            return Snapshot::Step::next;
        };
        TRY(history.each_entry_of(std::nullopt, visit));
        TRY(history.each_entry_of(must(PlanRef::parse("TH")), visit));
        EXPECT_EQ(by_plan, history.size().value);
        return done();
    }

    Trials trials_;
    std::optional<Machine> machine_;
    std::unique_ptr<OpenLedger> writer_;
    std::atomic<bool> is_writing_ = true;
};

TEST_F(BusyWriter, never_makes_a_reader_answer_with_holes) {
    machine_.emplace(trials_.start_of(4).image);
    writer_ = must(OpenLedger::open(machine_->place(), trials_.life().people()));
    std::uint64_t answered = 0;
    std::uint64_t refused = 0;
    std::uint64_t mended = 0;
    {
        const std::jthread writing([this] { write_all(); });
        for (std::uint64_t round = 0; is_writing_ || round == 0; ++round) {
            const auto read = read_once(round);
            if (read.ok()) {
                ++answered;
                mended += read.value();
                continue;
            }
            ++refused;
            const auto fault = read.error().fault;
            EXPECT_TRUE(fault == Fault::busy || fault == Fault::corrupt) << read.error().message;
        }
    }
    EXPECT_GT(answered, refused);
    Counts{.trial = "reader beside a busy writer",
           .fault = fmt::format("{} mended by catching up", mended),
           .runs = answered + refused,
           .refused = refused}
        .write();
    const auto last = read_once(1'000'000);
    EXPECT_TRUE(last.ok()) << last.error().message;
    writer_.reset();
}

}  // namespace
}  // namespace wsoa::test
