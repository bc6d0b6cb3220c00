#pragma once

#include "cli/output.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace wsoa {

// How long something has been going on.
using Elapsed = std::function<std::chrono::milliseconds()>;
// Counts from now on, whatever happens to the machine's time of day.
Elapsed elapsed_from_now();

// How far a long command has come, on standard error: nothing in the first second, then a bar that
// is redrawn on a terminal, or with --progress lines a line each 10 %, as JSON under --json. The
// bar is gone when the object is; nothing else may be said meanwhile. For one thread.
class Progress {
public:
    // `what` begins the line: "Verifying events". The output is borrowed.
    Progress(Output& output, std::string what, std::uint64_t total,
             Elapsed elapsed = elapsed_from_now());
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // So many of the total are done. Cheap when nothing is to be shown.
    void reached(std::uint64_t count);

private:
    void draw(std::uint64_t count, std::uint64_t percent);
    void say(std::uint64_t count, std::uint64_t percent);

    Output& output_;
    std::string what_;
    std::uint64_t total_;
    Elapsed elapsed_;
    ProgressForm form_;
    std::chrono::milliseconds next_;  // when to show something again
    std::uint64_t tenth_ = 0;         // of the last line
    bool is_drawn_ = false;
};

}  // namespace wsoa
