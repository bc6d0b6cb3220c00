#include "ledger/store/system.h"
#include "ledger/store/files.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <regex>
#include <thread>

namespace wsoa {
namespace {

std::int64_t ms_of_the_library() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

TEST(SystemClock, shows_the_time_of_the_machine) {
    SystemClock clock;
    const auto before = ms_of_the_library();
    const auto now = clock.now().ms;
    const auto after = ms_of_the_library();
    EXPECT_LE(before, now);
    EXPECT_LE(now, after);
}

TEST(WorkerThreads, have_done_every_task_once_when_waited_for) {
    const auto workers = worker_threads(0);
    EXPECT_GE(workers->count(), 1U);
    std::vector<int> done(100, 0);
    for (int round = 0; round < 3; ++round) {
        std::vector<Workers::Task> tasks;
        for (auto& place : done) {
            tasks.emplace_back([&place] { ++place; });
        }
        workers->begin(std::move(tasks));
        workers->wait();
    }
    EXPECT_EQ(done, std::vector<int>(100, 3));
}

TEST(WorkerThreads, are_waited_for_in_the_order_in_which_work_was_begun) {
    const auto workers = worker_threads(0);
    workers->wait();  // for nothing
    std::array<std::atomic<int>, 20> done{};
    for (auto& place : done) {
        std::vector<Workers::Task> tasks;
        for (int i = 0; i < 50; ++i) {
            tasks.emplace_back([&place] { ++place; });
        }
        workers->begin(std::move(tasks));
    }
    for (auto& place : done) {
        workers->wait();
        EXPECT_EQ(place, 50);
    }
}

// Two tasks that wait for each other end only where two threads do them.
TEST(WorkerThreads, are_helped_by_whoever_waits_for_them) {
    const auto workers = worker_threads(1);
    std::barrier meeting(2);
    std::array<std::thread::id, 2> who;
    std::vector<Workers::Task> tasks;
    for (auto& place : who) {
        tasks.emplace_back([&] {
            place = std::this_thread::get_id();
            meeting.arrive_and_wait();
        });
    }
    workers->begin(std::move(tasks));
    workers->wait();
    EXPECT_EQ(std::ranges::count(who, std::this_thread::get_id()), 1);
}

TEST(SystemRandom, fills_every_byte_with_something_new) {
    SystemRandom random;
    Bytes first(1'000'000);
    Bytes second(1'000'000);
    random.fill(first);
    random.fill(second);
    EXPECT_NE(first, second);
    // Thirty-two zeros in a row do not come by chance.
    const Bytes zeros(32);
    EXPECT_EQ(std::search(first.begin(), first.end(), zeros.begin(), zeros.end()), first.end());
    random.fill({});
}

TEST(SystemLog, writes_a_line_of_key_and_value_an_entry) {
    const TempFolder folder;
    {
        const auto log = log_to_file(folder / "log", Log::Level::info).value();
        log->write(Log::Level::debug, "event=unseen");
        log->write(Log::Level::info, "event=opened size=7 braces={}");
        log->write(Log::Level::warning, "event=two\nlines\x1b[0m");
    }
    const auto bytes = read_file(folder / "log", 10'000).value();
    const std::regex expected(
        "time=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z level=info "
        "event=opened size=7 braces=\\{\\}\n"
        "time=\\S+Z level=warning event=two lines \\[0m\n");
    EXPECT_TRUE(std::regex_match(std::string(text_of(bytes)), expected)) << text_of(bytes);
}

TEST(SystemLog, appends_to_what_is_there) {
    const TempFolder folder;
    for (int i = 0; i < 2; ++i) {
        const auto log = log_to_file(folder / "log", Log::Level::error).value();
        log->write(Log::Level::error, "event=failed");
    }
    const auto bytes = read_file(folder / "log", 10'000).value();
    EXPECT_EQ(std::ranges::count(bytes, '\n'), 2);
}

TEST(SystemLog, that_cannot_be_opened_is_unavailable) {
    const TempFolder folder;
    const auto log = log_to_file(folder.path(), Log::Level::info);
    ASSERT_FALSE(log.ok());
    EXPECT_EQ(log.error().fault, Fault::unavailable);
}

TEST(SystemLog, writes_to_the_error_stream) {
    testing::internal::CaptureStderr();
    log_to_stderr(Log::Level::warning)->write(Log::Level::error, "event=failed");
    const auto said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find("level=error event=failed\n"), std::string::npos) << said;
}

TEST(SeededRandom, gives_the_same_bytes_for_the_same_seed) {
    Bytes first(100);
    Bytes second(100);
    Bytes other(100);
    SeededRandom(5).fill(first);
    SeededRandom(5).fill(second);
    SeededRandom(6).fill(other);
    EXPECT_EQ(first, second);
    EXPECT_NE(first, other);
}

TEST(ManualClock, shows_what_it_was_told) {
    ManualClock clock(Instant{5});
    clock.advance(10);
    EXPECT_EQ(clock.now(), Instant{15});
    clock.set(Instant{1});
    EXPECT_EQ(clock.now(), Instant{1});
}

}  // namespace
}  // namespace wsoa
