#include "ledger/recorder.h"

#include "tests/support/changes.h"
#include "tests/support/gated_store.h"
#include "tests/support/office.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace wsoa {
namespace {

// Answers as they come in, by number.
class Answers {
public:
    Recorder::Answer answer(unsigned number) {
        return [this, number](Result<Committed> outcome) {
            const std::lock_guard lock(mutex_);
            EXPECT_TRUE(outcomes_.emplace(number, std::move(outcome)).second);
            changed_.notify_all();
        };
    }
    const Result<Committed>& of(unsigned number) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return outcomes_.contains(number); });
        return outcomes_.at(number);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<unsigned, Result<Committed>> outcomes_;
};

class RecorderTest : public testing::Test {
protected:
    RecorderTest() : gated_(office_.builder().store()) { office_.open(gated_); }
    // Plan 0 is being written, and stands at the gate until it is opened.
    void hold_first_write(Recorder& recorder, Answers& answers) {
        gated_.close_gate();
        recorder.submit(office_.checked(office_.draft(0)), answers.answer(0));
        gated_.wait_for_writes(1);
    }
    // The plans after it, up to that one, come in meanwhile.
    void submit_up_to(unsigned last, Recorder& recorder, Answers& answers) {
        for (unsigned i = 1; i <= last; ++i) {
            recorder.submit(office_.checked(office_.draft(i)), answers.answer(i));
        }
    }
    test::Office office_;
    test::GatedStore gated_;
};

TEST_F(RecorderTest, gives_each_of_many_callers_a_receipt_that_proves_their_own_change) {
    constexpr unsigned callers = 8;
    constexpr unsigned each = 12;
    std::vector<std::vector<Submission>> work(callers);
    for (unsigned i = 0; i < callers * each; ++i) {
        work[i % callers].push_back(office_.draft(i));
    }
    Recorder recorder(office_.ledger(), gated_);
    std::mutex mutex;
    std::map<EventIndex, std::pair<Submission, Committed>> committed;
    {
        std::vector<std::jthread> threads;
        for (auto& mine : work) {
            threads.emplace_back([&] {
                for (const auto& submission : mine) {
                    auto outcome = recorder.record(submission);
                    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
                    const std::lock_guard lock(mutex);
                    const auto index = outcome.value().index;
                    committed.emplace(index, std::pair(submission, std::move(outcome).value()));
                }
            });
        }
    }
    EXPECT_EQ(committed.size(), callers * each);
    const auto history = recorder.history().value();
    for (const auto& [index, pair] : committed) {
        const auto event = history->event(index).value();
        EXPECT_TRUE(equal(event.change().bytes(), pair.first.signed_change.change));
        EXPECT_TRUE(office_.prove(pair.second, *history).ok());
    }
}

TEST_F(RecorderTest, writes_all_that_came_in_meanwhile_as_one_group) {
    Recorder recorder(office_.ledger(), gated_);
    Answers answers;
    hold_first_write(recorder, answers);
    submit_up_to(40, recorder, answers);
    gated_.open_gate();
    for (unsigned i = 0; i <= 40; ++i) {
        EXPECT_TRUE(answers.of(i).ok());
    }
    EXPECT_EQ(gated_.writes(), 2);
    EXPECT_EQ(recorder.counts().largest_group, 40U);
    EXPECT_EQ(answers.of(7).value().receipt.checkpoint_note,
              answers.of(31).value().receipt.checkpoint_note);
}

TEST_F(RecorderTest, closes_a_group_at_its_bounds) {
    for (const auto& limits :
         {RecorderLimits{.group_changes_max = 10}, RecorderLimits{.group_bytes_max = 1}}) {
        office_.open(gated_);
        Recorder recorder(office_.ledger(), gated_, limits);
        Answers answers;
        gated_.close_gate();
        const auto before = gated_.writes();
        const unsigned first = limits.group_changes_max == 10 ? 0 : 100;
        recorder.submit(office_.checked(office_.draft(first)), answers.answer(first));
        gated_.wait_for_writes(before + 1);
        for (unsigned i = 1; i <= 20; ++i) {
            recorder.submit(office_.checked(office_.draft(first + i)), answers.answer(first + i));
        }
        gated_.open_gate();
        for (unsigned i = 0; i <= 20; ++i) {
            EXPECT_TRUE(answers.of(first + i).ok());
        }
        EXPECT_EQ(gated_.writes() - before, limits.group_changes_max == 10 ? 3 : 21);
    }
}

TEST_F(RecorderTest, lets_a_refused_change_take_no_other_of_its_group_with_it) {
    Recorder recorder(office_.ledger(), gated_);
    Answers answers;
    hold_first_write(recorder, answers);
    for (unsigned i = 1; i <= 9; ++i) {
        const auto role = i == 5 ? schema::Role::AUDITOR : schema::Role::PROGRAMME_OFFICE;
        recorder.submit(office_.checked(office_.draft(i, role)), answers.answer(i));
    }
    gated_.open_gate();
    for (unsigned i = 0; i <= 9; ++i) {
        EXPECT_EQ(answers.of(i).ok(), i != 5) << i;
    }
    EXPECT_EQ(answers.of(5).error().rule, "R03");
}

TEST_F(RecorderTest, gives_the_first_receipt_to_whoever_hands_the_same_in_again) {
    Recorder recorder(office_.ledger(), gated_);
    const auto submission = office_.draft(1);
    const auto first = recorder.record(submission);
    const auto again = recorder.record(submission);
    ASSERT_TRUE(first.ok() && again.ok());
    EXPECT_EQ(first.value().index, again.value().index);
    EXPECT_EQ(again.value().was, Committed::Was::there_already);
}

TEST_F(RecorderTest, checks_the_signature_before_anything_is_queued) {
    Recorder recorder(office_.ledger(), gated_);
    auto forged = office_.draft(1);
    forged.signed_change.signature.bytes[3] ^= 1;
    EXPECT_EQ(recorder.record(forged).error().fault, Fault::refused);
    EXPECT_EQ(recorder.counts().groups, 0U);
}

TEST_F(RecorderTest, answers_busy_at_once_where_too_many_wait) {
    Recorder recorder(office_.ledger(), gated_, {.waiting_max = 3});
    Answers answers;
    hold_first_write(recorder, answers);
    submit_up_to(4, recorder, answers);
    EXPECT_EQ(answers.of(4).error().fault, Fault::busy);
    gated_.open_gate();
    for (unsigned i = 0; i <= 3; ++i) {
        EXPECT_TRUE(answers.of(i).ok());
    }
}

TEST_F(RecorderTest, tells_all_who_wait_when_a_write_fails_and_records_nothing_more) {
    auto recorder = std::make_unique<Recorder>(office_.ledger(), gated_);
    Answers answers;
    gated_.close_gate();
    gated_.fail();
    recorder->submit(office_.checked(office_.draft(0)), answers.answer(0));
    gated_.wait_for_writes(1);
    for (unsigned i = 1; i <= 5; ++i) {
        recorder->submit(office_.checked(office_.draft(i)), answers.answer(i));
    }
    gated_.open_gate();
    for (unsigned i = 0; i <= 5; ++i) {
        EXPECT_EQ(answers.of(i).error().fault, Fault::unavailable) << i;
    }
    EXPECT_TRUE(recorder->has_failed());
    EXPECT_EQ(recorder->record(office_.draft(6)).error().fault, Fault::unavailable);
    EXPECT_EQ(recorder->with_ledger([](Ledger&) {}).error().fault, Fault::unavailable);
    recorder.reset();
    // Opened again it takes the same change.
    office_.open_guard_again();
    office_.open(office_.builder().store());
    Recorder next(office_.ledger(), office_.store());
    EXPECT_TRUE(next.record(office_.draft(0)).ok());
}

TEST_F(RecorderTest, turns_away_all_who_wait_when_it_ends) {
    Answers answers;
    {
        Recorder recorder(office_.ledger(), gated_, {.group_changes_max = 1});
        gated_.close_gate();
        recorder.submit(office_.checked(office_.draft(0)), answers.answer(0));
        gated_.wait_for_writes(1);
        for (unsigned i = 1; i <= 5; ++i) {
            recorder.submit(office_.checked(office_.draft(i)), answers.answer(i));
        }
        // Its end waits for the write at hand.
        std::jthread opener([&] { gated_.open_gate(); });
    }
    EXPECT_TRUE(answers.of(0).ok());
    for (unsigned i = 1; i <= 5; ++i) {
        const auto& outcome = answers.of(i);
        EXPECT_TRUE(outcome.ok() || outcome.error().fault == Fault::unavailable);
    }
}

TEST_F(RecorderTest, runs_a_task_between_two_groups) {
    Recorder recorder(office_.ledger(), gated_);
    EXPECT_TRUE(recorder.record(office_.draft(0)).ok());
    TreeSize seen;
    ASSERT_TRUE(
        recorder.with_ledger([&](Ledger& ledger) { seen = ledger.checkpoint().checkpoint.size; })
            .ok());
    EXPECT_EQ(seen.value, office_.builder().size().value + 1);
    EXPECT_EQ(recorder.checkpoint().checkpoint.size, seen);
}

TEST_F(RecorderTest, shows_readers_nothing_of_a_group_before_it_is_durable) {
    Recorder recorder(office_.ledger(), gated_);
    Answers answers;
    hold_first_write(recorder, answers);
    EXPECT_EQ(recorder.history().value()->size(), office_.builder().size());
    gated_.open_gate();
    EXPECT_TRUE(answers.of(0).ok());
    EXPECT_EQ(recorder.history().value()->size().value, office_.builder().size().value + 1);
}

}  // namespace
}  // namespace wsoa
