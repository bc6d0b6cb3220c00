#include "ledger/store/system.h"

#include "ledger/base/check.h"
#include "ledger/store/task_pool.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <limits>
#include <mutex>
#include <string>
#include <thread>

namespace wsoa {
namespace {

// Threads that stay: what is begun comes in many small lots, of which several are under way so that
// no thread waits for the slowest of one.
class WorkerThreads final : public Workers {
public:
    explicit WorkerThreads(unsigned count)
        : count_(count), pool_(std::max(1U, count - 1), std::numeric_limits<std::size_t>::max()) {}

    unsigned count() const override { return count_; }
    void begin(std::vector<Task> tasks) override {
        std::uint64_t lot = 0;
        {
            const std::lock_guard lock(mutex_);
            lot = first_ + left_.size();
            left_.push_back(tasks.size());
        }
        for (auto& task : tasks) {
            const bool is_taken = pool_.post([this, lot, task = std::move(task)] {
                task();
                end_one_of(lot);
            });
            CHECK(is_taken);
        }
    }
    void wait() override {
        std::unique_lock lock(mutex_);
        if (left_.empty()) {
            return;
        }
        // With a thread for each core besides, two would often share one for milliseconds once the
        // caller slept, and another core stand idle.
        for (bool has_next = true; has_next && left_.front() != 0;) {
            lock.unlock();
            has_next = pool_.do_next();
            lock.lock();
        }
        is_done_.wait(lock, [&] { return left_.front() == 0; });
        left_.pop_front();
        ++first_;
    }

private:
    void end_one_of(std::uint64_t lot) {
        const std::lock_guard lock(mutex_);
        if (--left_[lot - first_] == 0) {
            is_done_.notify_all();
        }
    }

    unsigned count_;
    std::mutex mutex_;
    std::condition_variable is_done_;
    std::uint64_t first_ = 0;       // the number of the lot that is waited for next
    std::deque<std::size_t> left_;  // how many tasks of it, and of each one after it
    TaskPool pool_;                 // last, since its threads use all of the above
};

spdlog::level::level_enum level_of(Log::Level level) {
    switch (level) {
        case Log::Level::debug: return spdlog::level::debug;
        case Log::Level::info: return spdlog::level::info;
        case Log::Level::warning: return spdlog::level::warn;
        case Log::Level::error: return spdlog::level::err;
    }
    CHECK(false);
}

class SpdLog final : public Log {
public:
    SpdLog(spdlog::sink_ptr sink, Level level) : logger_("wsoa", std::move(sink)) {
        logger_.set_formatter(std::make_unique<spdlog::pattern_formatter>(
            "time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc));
        logger_.set_level(level_of(level));
        logger_.flush_on(spdlog::level::debug);
        logger_.set_error_handler([](const std::string&) {});
    }

    void write(Level level, std::string_view line) override {
        std::string clean(line);
        std::ranges::replace_if(
            clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
        logger_.log(level_of(level), spdlog::string_view_t(clean.data(), clean.size()));
    }

private:
    spdlog::logger logger_;
};

}  // namespace

Instant SystemClock::now() {
    timespec now{};
    CHECK(::clock_gettime(CLOCK_REALTIME, &now) == 0);
    return Instant{static_cast<std::int64_t>(now.tv_sec) * 1'000 + now.tv_nsec / 1'000'000};
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto count = ::getrandom(bytes.data(), bytes.size(), 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        CHECK(count > 0);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

std::unique_ptr<Workers> worker_threads(unsigned count) {
    const auto cores = std::max(1U, std::thread::hardware_concurrency());
    return std::make_unique<WorkerThreads>(count == 0 ? cores : std::min(count, cores));
}

std::unique_ptr<Log> log_to_stderr(Log::Level level) {
    return std::make_unique<SpdLog>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), level);
}

Result<std::unique_ptr<Log>> log_to_file(const std::filesystem::path& path, Log::Level level) {
    try {
        auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path.string());
        return std::unique_ptr<Log>(std::make_unique<SpdLog>(std::move(sink), level));
    } catch (const spdlog::spdlog_ex& failed) {
        return error(Fault::unavailable, "the log {} cannot be opened: {}", path.string(),
                     failed.what());
    }
}

}  // namespace wsoa
