#pragma once

#include "ledger/base/time.h"
#include "ledger/store/files.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace wsoa {

// Who writes a ledger, as the lock's file says it to others.
struct LockHolder {
    std::int64_t process = 0;
    std::string user;
    std::string host;
    Instant since;
    std::string command;  // the command's word, such as "record"

    // This process.
    static LockHolder here(std::string_view command, Instant since);
    // Five lines of "name value". `corrupt` for anything else: another process wrote it, and it may
    // have been cut short.
    static Result<LockHolder> parse(std::string_view text);
    std::string str() const;
    // "record (process 123 of user x on host y, since 2022-03-08T09:11:33Z)"
    std::string in_words() const;

    bool operator==(const LockHolder&) const = default;
};

// Takes the file's lock, tries again while another has it until the wait is over or needless, and
// gives whether it was had.
Result<bool> lock_within(OpenFile& file, std::chrono::milliseconds at_most,
                         const std::function<bool()>& is_needless = {});

// The right to write a ledger, which one process has at a time.
//
// It is a lock on an open file (flock(2)), so that it ends with the process, however that ends, and
// there is nothing to be unlocked by hand. The file stays; what is in it only tells others whom
// they are waiting for. A child that inherits the open file holds the lock too: fork only to exec.
class WriterLock {
public:
    // How long a second writer waits unless it says otherwise.
    static constexpr std::chrono::milliseconds patience{5'000};

    struct Waiting {
        std::chrono::milliseconds at_most = patience;
        // Asked after each try that failed: whether what the lock is for can be had without it.
        std::function<bool()> is_needless = {};
    };
    // Tries again until the wait is over or needless, then `busy`, naming the holder.
    static Result<std::unique_ptr<WriterLock>> acquire(const std::filesystem::path& path,
                                                       const LockHolder& holder,
                                                       const Waiting& waiting);
    static Result<std::unique_ptr<WriterLock>> acquire(const std::filesystem::path& path,
                                                       const LockHolder& holder,
                                                       std::chrono::milliseconds wait = patience) {
        return acquire(path, holder, Waiting{.at_most = wait});
    }

private:
    explicit WriterLock(std::unique_ptr<OpenFile> file) : file_(std::move(file)) {}

    std::unique_ptr<OpenFile> file_;
};

}  // namespace wsoa
