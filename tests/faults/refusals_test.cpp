// What must not go on: a store older than its guard, one ledger run twice, a clock that is wrong, a
// disk that is full. The right sentence each time, and no second history.

#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

class Refusal : public testing::Test {
protected:
    Result<std::unique_ptr<OpenLedger>> open(Machine& machine,
                                             const LedgerFolder& folder = ledger_folder()) {
        auto place = machine.place();
        place.folder = folder;
        return OpenLedger::open(place, trials_.life().people());
    }
    static void expect_rolled_back(const Error& error) {
        EXPECT_EQ(error.fault, Fault::corrupt) << error.message;
        EXPECT_NE(error.message.find("the store holds"), std::string::npos) << error.message;
        EXPECT_NE(error.advice.find("rolled back"), std::string::npos) << error.advice;
    }
    void expect_whole(Machine& machine, const Books& books) {
        const auto opened = open(machine);
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        const auto checked = trials_.life().check(*opened.value(), books);
        EXPECT_TRUE(checked.ok()) << checked.error().message;
    }

    Trials trials_;
};

TEST_F(Refusal, of_every_store_that_is_older_than_its_guard) {
    for (std::size_t older = 1; older < 4; ++older) {
        auto image = trials_.start_of(4).image;
        image.put_folder("/ledger/truth", trials_.start_of(older).image, "/ledger/truth");
        for (int tries = 0; tries < 2; ++tries) {
            Machine machine(image);
            const auto opened = open(machine);
            ASSERT_FALSE(opened.ok());
            expect_rolled_back(opened.error());
            image = machine.disk().cut_power();
        }
        // What is put back in its place is the ledger again: nothing was changed for good.
        image.put_folder("/ledger/truth", trials_.start_of(4).image, "/ledger/truth");
        Machine machine(image);
        expect_whole(machine, trials_.start_of(4).books);
    }
}

class CopiedLedger : public Refusal {
protected:
    CopiedLedger() {
        auto image = trials_.start_of(2).image;
        image.put_folder("/copy", image, "/ledger");
        machine_.emplace(std::move(image));
        books_ = trials_.start_of(2).books;
    }

    std::optional<Machine> machine_;
    Books books_;
    const LedgerFolder copy_{std::filesystem::path(mount_point) / "copy"};
};

TEST_F(CopiedLedger, is_refused_by_the_guard_while_the_first_is_open) {
    const auto first = open(*machine_);
    ASSERT_TRUE(first.ok()) << first.error().message;
    const auto second = open(*machine_, copy_);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().fault, Fault::busy);
    EXPECT_NE(second.error().advice.find("two copies of one ledger"), std::string::npos)
        << second.error().advice;
}

TEST_F(CopiedLedger, is_refused_once_the_first_has_gone_on) {
    auto first = must(open(*machine_));
    must(trials_.life().commit_next(*first, books_));
    first.reset();
    const auto second = open(*machine_, copy_);
    ASSERT_FALSE(second.ok());
    expect_rolled_back(second.error());
    expect_whole(*machine_, books_);
}

// Whichever of the two goes on first is the ledger from then on: there is one history.
TEST_F(CopiedLedger, that_goes_on_first_leaves_the_other_behind) {
    auto copy = must(open(*machine_, copy_));
    must(trials_.life().commit_next(*copy, books_));
    copy.reset();
    const auto first = open(*machine_);
    ASSERT_FALSE(first.ok());
    expect_rolled_back(first.error());
}

// The lengths agree, the histories do not: a copy that went on beside its ledger, by a guard of its
// own, and came home.
TEST_F(CopiedLedger, that_went_on_apart_is_not_taken_for_the_ledger) {
    auto away = machine_->disk().cut_power();
    machine_.reset();
    DiskImage home = away;
    {
        Machine machine(away);
        machine.clock().advance(1);  // so that its next event is another one
        auto books = books_;
        auto open_away = must(open(machine));
        must(trials_.life().commit_next(*open_away, books));
        open_away.reset();
        away = machine.disk().cut_power();
    }
    {
        Machine machine(home);
        auto open_home = must(open(machine));
        must(trials_.life().commit_next(*open_home, books_));
        open_home.reset();
        home = machine.disk().cut_power();
    }
    home.put_folder("/ledger", away, "/ledger");
    Machine machine(home);
    const auto opened = open(machine);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::distrusted) << opened.error().message;
    EXPECT_NE(opened.error().message.find("not those that were signed"), std::string::npos);
}

// Without cosignatures or timestamps nothing here knows the true time: a clock far ahead is
// believed once, and what it has recorded then stands. From there on no earlier instant is taken.
TEST_F(Refusal, of_a_clock_that_was_set_back_until_it_is_right_again) {
    Machine machine(trials_.start_of(2).image);
    auto books = trials_.start_of(2).books;
    const auto ledger = must(open(machine));
    const auto right = machine.clock().now();
    machine.clock().set(Instant{right.ms + 3'600'000});
    must(trials_.life().commit_next(*ledger, books));
    machine.clock().set(right);
    const auto refused = trials_.life().commit_next(*ledger, books);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    EXPECT_NE(refused.error().message.find("is before the last event"), std::string::npos);
    EXPECT_NE(refused.error().advice.find("clock"), std::string::npos);
    machine.clock().set(Instant{right.ms + 3'600'001});
    const auto taken = trials_.life().commit_next(*ledger, books);
    EXPECT_TRUE(taken.ok()) << taken.error().message;
    EXPECT_TRUE(trials_.life().check(*ledger, books).ok());
}

// From so many bytes on the disk is full. What was acknowledged stays; the sentence says what to
// do; once there is room, it goes on.
class FullDisk : public Refusal, public testing::WithParamInterface<std::size_t> {
protected:
    static constexpr std::uint64_t step = 113;

    // Whether the disk was full.
    bool fill_up(std::uint64_t room) {
        auto books = trials_.start_of(GetParam()).books;
        DiskImage left;
        bool was_full = false;
        {
            Machine machine(trials_.start_of(GetParam()).image);
            machine.disk().set_room(room);
            std::unique_ptr<OpenLedger> ledger;
            const auto lived = trials_.life().session(GetParam(), machine, books, ledger);
            was_full = !lived.ok();
            if (was_full) {
                EXPECT_EQ(lived.error().fault, Fault::unavailable) << lived.error().message;
                EXPECT_NE(lived.error().message.find("No space left"), std::string::npos)
                    << lived.error().message;
                EXPECT_NE(lived.error().advice.find("make room"), std::string::npos)
                    << lived.error().message << ": " << lived.error().advice;
                ++counts_.hits;
            }
            // Nobody cuts the power here: the program ends as programs do.
            ledger.reset();
            machine.disk().set_room(std::nullopt);
            left = machine.disk().image();
        }
        ++counts_.runs;
        const auto gone_on = trials_.go_on(left, books, std::nullopt, counts_);
        EXPECT_TRUE(gone_on.ok()) << "room for " << room << ": " << gone_on.error().message;
        counts_.lost += gone_on.ok() ? 0U : 1U;
        return was_full;
    }

    Counts counts_{.trial = "full disk", .fault = fmt::format("in session {}", GetParam())};
};

TEST_P(FullDisk, loses_nothing_says_what_to_do_and_goes_on_when_there_is_room) {
    std::uint64_t room = 0;
    while (fill_up(room)) {
        room += step;
    }
    EXPECT_GT(counts_.hits, 20U);
    counts_.write();
}

INSTANTIATE_TEST_SUITE_P(EverySession, FullDisk, testing::Range<std::size_t>(1, Life::sessions));

}  // namespace
}  // namespace wsoa::test
