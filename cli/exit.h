#pragma once

#include "ledger/base/error.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace wsoa {

// What the program answers its caller with: one code for each thing that a script would do next.
enum class Exit : std::uint8_t {
    done = 0,
    could_not = 1,
    usage = 2,
    findings = 3,
    refused = 4,
    conflict = 5,
    busy = 6,
    interrupted = 130,
};

// One code as the manual explains it.
struct ExitMeaning {
    Exit exit = Exit::done;
    std::string_view name;
    std::string_view sentence;
};

// Every code, in ascending order. `wsoa help exit-codes` prints this table and no other.
std::span<const ExitMeaning> exit_meanings();

// The code for a command that failed.
Exit exit_of(Fault fault);

// The number that the process ends with.
inline int code_of(Exit exit) { return static_cast<int>(exit); }

}  // namespace wsoa
