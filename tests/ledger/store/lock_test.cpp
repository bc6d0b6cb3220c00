#include "ledger/store/lock.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace wsoa {
namespace {

constexpr std::chrono::milliseconds at_once{0};

LockHolder sample() {
    return {.process = 123,
            .user = "clerk",
            .host = "office-7",
            .since = Instant{1'646'730'000'000},
            .command = "import"};
}

TEST(LockHolder, is_read_as_it_was_written) {
    EXPECT_EQ(sample().str(),
              "process 123\nuser clerk\nhost office-7\nsince 2022-03-08T09:00:00Z\n"
              "command import\n");
    EXPECT_EQ(LockHolder::parse(sample().str()).value(), sample());
}

TEST(LockHolder, of_this_process_can_be_written_and_read) {
    const auto here = LockHolder::here("record", Instant{1'000});
    EXPECT_EQ(here.process, ::getpid());
    EXPECT_EQ(LockHolder::parse(here.str()).value(), here);
}

TEST(LockHolder, hides_a_command_that_would_change_the_file_or_the_terminal) {
    EXPECT_EQ(LockHolder::here("record\nuser x", Instant{}).command, "unknown");
    EXPECT_EQ(LockHolder::here("", Instant{}).command, "unknown");
}

TEST(LockHolder, that_was_cut_short_is_corrupt) {
    const auto whole = sample().str();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto parsed = LockHolder::parse(whole.substr(0, length));
        ASSERT_FALSE(parsed.ok()) << length;
        EXPECT_EQ(parsed.error().fault, Fault::corrupt) << length;
    }
}

TEST(LockHolder, survives_any_bytes_and_takes_only_its_own_form) {
    SeededRandom random(3);
    const auto whole = sample().str();
    for (int round = 0; round < 100'000; ++round) {
        auto mutant = whole;
        for (auto changes = random.below(3) + 1; changes > 0; --changes) {
            const auto place = random.below(mutant.size());
            if (random.below(4) == 0) {
                mutant.erase(place, random.below(6));
                mutant += 'x';
            } else {
                mutant[place] = static_cast<char>(random.below(256));
            }
        }
        const auto parsed = LockHolder::parse(mutant);
        if (parsed.ok()) {
            EXPECT_EQ(LockHolder::parse(parsed.value().str()).value(), parsed.value()) << mutant;
        } else {
            EXPECT_EQ(parsed.error().fault, Fault::corrupt) << mutant;
        }
    }
}

TEST(WriterLock, is_had_by_one_at_a_time) {
    const TempFolder folder;
    auto first = WriterLock::acquire(folder / "lock", sample(), at_once).value();
    const auto second = WriterLock::acquire(folder / "lock", sample(), at_once);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().fault, Fault::busy);
    EXPECT_EQ(second.error().message,
              "the ledger is being written by import (process 123 of user clerk on host office-7, "
              "since 2022-03-08T09:00:00Z)");
    EXPECT_EQ(second.error().advice, "try again, or wait for it to end");
    first.reset();
    EXPECT_TRUE(WriterLock::acquire(folder / "lock", sample(), at_once).ok());
}

TEST(WriterLock, waits_and_then_gives_up) {
    const TempFolder folder;
    const auto first = WriterLock::acquire(folder / "lock", sample(), at_once).value();
    const auto second =
        WriterLock::acquire(folder / "lock", sample(), std::chrono::milliseconds{50});
    EXPECT_EQ(second.error().fault, Fault::busy);
}

TEST(WriterLock, is_waited_for_no_longer_once_that_is_needless) {
    const TempFolder folder;
    const auto first = WriterLock::acquire(folder / "lock", sample(), at_once).value();
    int asked = 0;
    const auto second = WriterLock::acquire(
        folder / "lock", sample(),
        {.at_most = std::chrono::hours{24}, .is_needless = [&asked] { return ++asked == 3; }});
    EXPECT_EQ(second.error().fault, Fault::busy);
    EXPECT_EQ(asked, 3);
}

TEST(WriterLock, of_a_file_is_had_once_the_other_has_let_it_go) {
    const TempFolder folder;
    auto first = OpenFile::open(folder / "lock", OpenFile::Use::create_write).value();
    auto second = OpenFile::open(folder / "lock", OpenFile::Use::create_write).value();
    ASSERT_TRUE(first->try_lock().value());
    EXPECT_FALSE(lock_within(*second, at_once).value());
    const auto let_go = [&first] {
        first.reset();
        return false;
    };
    EXPECT_TRUE(lock_within(*second, std::chrono::hours{24}, let_go).value());
}

TEST(WriterLock, names_a_shorter_holder_after_a_longer_one) {
    const TempFolder folder;
    auto longer = sample();
    longer.command = "a-command-with-a-long-word";
    ASSERT_TRUE(WriterLock::acquire(folder / "lock", longer, at_once).ok());
    const auto held = WriterLock::acquire(folder / "lock", sample(), at_once).value();
    const auto bytes = read_file(folder / "lock", 1'000).value();
    EXPECT_EQ(text_of(bytes), sample().str());
}

TEST(WriterLock, says_so_when_the_holder_cannot_be_read) {
    const TempFolder folder;
    const auto held = WriterLock::acquire(folder / "lock", sample(), at_once).value();
    const auto file = OpenFile::open(folder / "lock", OpenFile::Use::write).value();
    ASSERT_TRUE(file->write_at(0, bytes_of("\x1b[31m")).ok());
    const auto second = WriterLock::acquire(folder / "lock", sample(), at_once);
    EXPECT_EQ(second.error().message, "the ledger is being written by another process");
}

// A process that holds the lock until it is killed.
class HoldingChild {
public:
    explicit HoldingChild(const std::filesystem::path& path) {
        std::array<int, 2> ready{};
        CHECK(::pipe(ready.data()) == 0);
        process_ = ::fork();
        CHECK(process_ >= 0);
        if (process_ == 0) {
            const auto lock = WriterLock::acquire(path, LockHolder::here("child", {}), at_once);
            const char answer = lock.ok() ? 'y' : 'n';
            if (::write(ready[1], &answer, 1) == 1) {
                ::pause();
            }
            ::_exit(1);
        }
        ::close(ready[1]);
        char answer = 'n';
        CHECK(::read(ready[0], &answer, 1) == 1 && answer == 'y');
        ::close(ready[0]);
    }
    ~HoldingChild() { kill(); }
    HoldingChild(const HoldingChild&) = delete;
    HoldingChild& operator=(const HoldingChild&) = delete;

    pid_t process() const { return process_; }
    void kill() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
            process_ = 0;
        }
    }

private:
    pid_t process_ = 0;
};

TEST(WriterLock, of_another_process_ends_when_that_is_killed) {
    const TempFolder folder;
    HoldingChild child(folder / "lock");
    const auto name = fmt::format("by child (process {} of", child.process());
    const auto refused = WriterLock::acquire(folder / "lock", sample(), at_once);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find(name), std::string::npos) << refused.error().message;
    child.kill();
    EXPECT_TRUE(WriterLock::acquire(folder / "lock", sample(), at_once).ok());
}

}  // namespace
}  // namespace wsoa
