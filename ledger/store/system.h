#pragma once

#include "ledger/base/environment.h"
#include "ledger/base/result.h"
#include "ledger/base/workers.h"

#include <filesystem>
#include <memory>

namespace wsoa {

// The machine's time of day, as it is set: it may be wrong, and it may go back.
class SystemClock final : public Clock {
public:
    Instant now() override;
};

// The operating system's random bytes. A machine that has none ends the program: a salt or a key
// that could be guessed is worse than none.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

// As many threads as asked for, and no more than the machine runs at once; 0 asks for all of those.
// The caller's own is one of them: it does tasks while it waits.
std::unique_ptr<Workers> worker_threads(unsigned count);

// Logs with a line an entry: "time=2022-03-08T09:11:33.250Z level=info " and what was written, in
// which every control character becomes a space. Entries below the level are left out. Any number
// of threads may write; an entry that cannot be written is lost, never an error.
std::unique_ptr<Log> log_to_stderr(Log::Level level);
// Appends. `unavailable` if the file cannot be opened.
Result<std::unique_ptr<Log>> log_to_file(const std::filesystem::path& path, Log::Level level);

}  // namespace wsoa
